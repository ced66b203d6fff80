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
  func leading(_ function: SourceFunction, isReport: Bool) -> [ScannedLine] {
    let scanned = files[function.file]
    let before = scanned.functions.filter {
      $0.closeLine < function.line && woves($0)
    }.map(\.closeLine).max()
    let typeLine = scanned.types.first { $0.isMain }?.openLine ?? 0
    return outside(scanned).filter { line in
      if function.file == 0, line.number < typeLine { return isReport }
      return line.number < function.openLine && line.number > (before ?? 0)
    }
  }

  func trailing(_ function: SourceFunction, isReport: Bool) -> [ScannedLine] {
    let scanned = files[function.file]
    let last = scanned.functions.last(where: woves)
    guard let last, function.file == 0 ? isReport : last == function else { return [] }
    return outside(scanned).filter { $0.number > last.closeLine }
  }

  func woves(_ function: SourceFunction) -> Bool {
    (function.file == 0 && function.name == "report") || chapters[function.name] == function
  }

  /// The lines of a file that stand outside all functions of the lab's type and its extensions.
  func outside(_ scanned: ScannedFile) -> [ScannedLine] {
    let functions = scanned.functions.filter { woves($0) }
    return scanned.lines.filter { line in
      !functions.contains { ($0.line...$0.closeLine).contains(line.number) }
    }
  }
}
