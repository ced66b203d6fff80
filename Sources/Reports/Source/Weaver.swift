/// Takes scanned files apart into the prose and the cells of a report, in its order.
struct Weaver {
  var blocks: [SourceBlock] = []
  var frontMatter = FrontMatter()
  var diagnostics: [Diagnostic] = []

  let files: [ScannedFile]

  /// The functions that are woven where they are called, by name.
  var chapters: [String: SourceFunction] = [:]
  var woven: Set<SourceFunction> = []
  var labName = ""
  private var outsideLines: [Int: OutsideLines] = [:]

  // The block being read.
  var prose: [ProseLine] = []
  var options: [OptionLine] = []
  var code: [ScannedLine] = []
  var file = 0

  /// Whether it stands outside the functions that are woven.
  var isOutside = false

  init(files: [ScannedFile]) {
    self.files = files
  }

  mutating func weave() {
    guard let main = files.first else { return }
    // Without brackets that match, nothing else that could be said of a file would be right.
    for (index, file) in files.enumerated() {
      guard let (line, column, message) = file.imbalance else { continue }
      complain(file: index, line: line, column: column, message)
    }
    if !diagnostics.isEmpty { return }
    let type = main.types.first { $0.isMain } ?? main.types.first
    labName = type?.name ?? ""
    guard
      let report = main.functions.first(where: { $0.typeName == labName && $0.name == "report" })
    else {
      complain(
        file: 0, line: type?.line ?? 1, column: 1, "expected a function 'report()' in the lab")
      return
    }
    for file in files {
      for function in file.functions where function.typeName == labName && function != report {
        if isChapter(function) { chapters[function.name] = function }
      }
    }
    weave(report)
    for function in chapters.values where !woven.contains(function) {
      complain(
        file: function.file, line: function.line, column: function.column,
        "the prose of '\(function.name)()' appears nowhere: "
          + "call it as a statement of its own in report(), or in a chapter that is called there")
    }
    findStrayProse()
    putImportsBelowTitle()
    takeFrontMatter()
  }

  mutating func complain(file: Int, line: Int, column: Int, _ message: String) {
    let source = files[file]
    diagnostics.append(
      Diagnostic(
        path: source.file.path, line: line, column: column, message: message,
        sourceLine: line <= source.lines.count ? source.line(line).text : ""))
  }

  /// A function is a chapter when its body says something to the reader.
  func isChapter(_ function: SourceFunction) -> Bool {
    files[function.file].body(of: function).contains {
      $0.marker != nil && $0.depth == function.depth
    }
  }
}

// MARK: - Functions

extension Weaver {
  mutating func weave(_ function: SourceFunction) {
    woven.insert(function)
    let isReport = function.file == 0 && function.name == "report"
    file = function.file
    weaveSurroundings(leading(function, isReport: isReport))
    file = function.file
    weaveBody(function)
    flush()
    file = function.file
    weaveSurroundings(trailing(function, isReport: isReport))
  }

  mutating func weaveBody(_ function: SourceFunction) {
    let scanned = files[function.file]
    for line in [function.openLine, function.closeLine] where !isBare(scanned.line(line), function)
    {
      complain(
        file: function.file, line: line, column: scanned.line(line).column,
        "the braces of '\(function.name)()' stand on the same line as its code; "
          + "give the code lines of its own")
    }
    var skipDepth: Int?
    for line in scanned.body(of: function) {
      if let depth = skipDepth {
        // The rest of a call of a chapter.
        if line.endDepth <= depth { skipDepth = nil }
        continue
      }
      if line.marker == nil, line.depth == function.depth, !line.startsInsideLiteral,
        let chapter = calledChapter(line)
      {
        flush()
        if woven.contains(chapter) {
          complain(
            file: function.file, line: line.number, column: line.column,
            "'\(chapter.name)()' is woven once and called a second time here")
        } else {
          let caller = file
          weave(chapter)
          file = caller
        }
        if line.endDepth > function.depth { skipDepth = function.depth }
        continue
      }
      read(line, depth: function.depth)
    }
  }

  /// Whether the lines of a function's braces hold no code of its body.
  func isBare(_ line: ScannedLine, _ function: SourceFunction) -> Bool {
    if function.openLine == function.closeLine { return line.code.hasSuffix("{}") }
    if line.number == function.openLine { return line.code.hasSuffix("{") }
    return line.code.hasPrefix("}")
  }

  /// The chapter that a line calls: `try padding()`, `let network = try training(images)`.
  func calledChapter(_ line: ScannedLine) -> SourceFunction? {
    guard !chapters.isEmpty, let parenthesis = line.code.firstIndex(of: "(") else { return nil }
    var head = line.code[..<parenthesis]
    if head.hasPrefix("let ") || head.hasPrefix("var ") {
      // A pattern may have parentheses of its own: `let (network, losses) = try training()`.
      guard let equals = line.code.firstIndex(of: "=") else { return nil }
      let call = line.code[line.code.index(after: equals)...]
      guard let open = call.firstIndex(of: "(") else { return nil }
      head = call[..<open]
    }
    var words = head.split(separator: " ")
    guard let last = words.popLast() else { return nil }
    let name = last.hasPrefix("self.") ? last.dropFirst(5) : last
    guard words.allSatisfy({ ["try", "await", "_", "="].contains($0) }) else { return nil }
    return chapters[String(name)]
  }

  /// The lines outside functions that belong before a function: between the function before it in
  /// its file and itself. What stands above the lab's type belongs to `report()`.
  mutating func leading(_ function: SourceFunction, isReport: Bool) -> [ScannedLine] {
    let outside = outside(function.file)
    let typeLine = files[function.file].types.first { $0.isMain }?.openLine ?? 0
    let before = outside.ends.last(below: function.line) ?? 0
    let main = function.file == 0 ? typeLine : 0
    let own = outside.lines(from: max(before + 1, main), upTo: function.openLine)
    return isReport ? outside.lines(from: 0, upTo: min(main, function.openLine)) + own : own
  }

  mutating func trailing(_ function: SourceFunction, isReport: Bool) -> [ScannedLine] {
    let outside = outside(function.file)
    guard let last = outside.last, function.file == 0 ? isReport : last == function else {
      return []
    }
    return outside.lines(from: last.closeLine + 1, upTo: Int.max)
  }

  func woves(_ function: SourceFunction) -> Bool {
    (function.file == 0 && function.name == "report") || chapters[function.name] == function
  }

  /// What stands outside all functions of a file that are woven, found once.
  mutating func outside(_ file: Int) -> OutsideLines {
    if let known = outsideLines[file] { return known }
    let result = OutsideLines(files[file], functions: files[file].functions.filter(woves))
    outsideLines[file] = result
    return result
  }
}

/// The lines of a file outside the functions that are woven.
struct OutsideLines {
  private(set) var lines: [ScannedLine] = []

  /// The lines on which those functions end, in order, and the last of them.
  let ends: [Int]
  let last: SourceFunction?

  /// - Parameter functions: In the order of the file; none lies in another.
  init(_ file: ScannedFile, functions: [SourceFunction]) {
    ends = functions.map(\.closeLine)
    last = functions.last
    var next = functions[...]
    for line in file.lines {
      while let function = next.first, function.closeLine < line.number { next.removeFirst() }
      if let function = next.first, function.line <= line.number { continue }
      lines.append(line)
    }
  }

  /// The lines with numbers from one up to another.
  func lines(from first: Int, upTo end: Int) -> [ScannedLine] {
    guard first < end else { return [] }
    return Array(lines[index(of: first)..<index(of: end)])
  }

  private func index(of number: Int) -> Int {
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension [Int] {
  /// The last of sorted numbers that is below another, by halving.
  func last(below limit: Int) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < limit { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? self[low - 1] : nil
  }
}
