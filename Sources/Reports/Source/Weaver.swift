/// Takes scanned files apart into the prose and the cells of a report, in its order.
struct Weaver {
  private(set) var blocks: [SourceBlock] = []
  private(set) var frontMatter = FrontMatter()
  var diagnostics: [Diagnostic] = []

  let files: [ScannedFile]

  /// The functions that are woven where they are called, by name.
  private var chapters: [String: SourceFunction] = [:]
  private var woven: Set<SourceFunction> = []
  private var labName = ""

  // The block being read.
  private var prose: [ProseLine] = []
  private var options: [OptionLine] = []
  private var code: [ScannedLine] = []
  private var file = 0

  /// Whether it stands outside the functions that are woven.
  private var isOutside = false

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
  private func isChapter(_ function: SourceFunction) -> Bool {
    files[function.file].body(of: function).contains {
      $0.marker != nil && $0.depth == function.depth
    }
  }
}

// MARK: - Functions

extension Weaver {
  private mutating func weave(_ function: SourceFunction) {
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

  private mutating func weaveBody(_ function: SourceFunction) {
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
  private func isBare(_ line: ScannedLine, _ function: SourceFunction) -> Bool {
    if function.openLine == function.closeLine { return line.code.hasSuffix("{}") }
    if line.number == function.openLine { return line.code.hasSuffix("{") }
    return line.code.hasPrefix("}")
  }

  /// The chapter that a line calls: `try padding()`, `let network = try training(images)`.
  private func calledChapter(_ line: ScannedLine) -> SourceFunction? {
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
  private func leading(_ function: SourceFunction, isReport: Bool) -> [ScannedLine] {
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

  private func trailing(_ function: SourceFunction, isReport: Bool) -> [ScannedLine] {
    let scanned = files[function.file]
    let last = scanned.functions.last(where: woves)
    guard let last, function.file == 0 ? isReport : last == function else { return [] }
    return outside(scanned).filter { $0.number > last.closeLine }
  }

  private func woves(_ function: SourceFunction) -> Bool {
    (function.file == 0 && function.name == "report") || chapters[function.name] == function
  }

  /// The lines of a file that stand outside all functions of the lab's type and its extensions.
  private func outside(_ scanned: ScannedFile) -> [ScannedLine] {
    let functions = scanned.functions.filter { woves($0) }
    return scanned.lines.filter { line in
      !functions.contains { ($0.line...$0.closeLine).contains(line.number) }
    }
  }
}

// MARK: - Lines

extension Weaver {
  /// Reads a line of a function's body.
  private mutating func read(_ line: ScannedLine, depth: Int) {
    guard let marker = line.marker else {
      if !line.isBlank || !code.isEmpty {
        flushProse()
        code.append(line)
      } else if !prose.isEmpty {
        flushProse()
      }
      return
    }
    guard line.depth == depth else {
      complain(
        file: file, line: line.number, column: line.column,
        "\(Self.name(marker)) stands inside a nested block or an unfinished statement; "
          + "move it out to the level of the function's body")
      return
    }
    read(marker, of: line)
  }

  private mutating func read(_ marker: ScannedLine.Marker, of line: ScannedLine) {
    switch marker {
    case .prose(let text):
      flushCode()
      let offset = line.text.utf8.count - text.utf8.count
      prose.append(ProseLine(text: text, file: file, line: line.number, column: offset + 1))
    case .option(let text):
      flushProse()
      if !code.isEmpty { flushCode() }
      readOption(text, of: line)
    case .cellBreak: flush()
    }
  }

  private static func name(_ marker: ScannedLine.Marker) -> String {
    switch marker {
    case .prose: "prose"
    case .option: "a cell option"
    case .cellBreak: "a cell break"
    }
  }

  private mutating func readOption(_ text: String, of line: ScannedLine) {
    let start = line.text.utf8.count - text.utf8.count
    let indent = text.prefix { $0 == " " }.count
    if indent > 1, !options.isEmpty, !text.trimmed.isEmpty {
      options[options.count - 1].value += " " + text.trimmed
      return
    }
    guard let colon = text.firstIndex(of: ":"), !text[..<colon].trimmed.isEmpty else {
      complain(
        file: file, line: line.number, column: start + indent + 1,
        "expected '//| key: value'")
      return
    }
    let rest = text[text.index(after: colon)...]
    options.append(
      OptionLine(
        key: text[..<colon].trimmed, value: rest.trimmed, line: line.number,
        keyColumn: start + indent + 1,
        valueColumn: start + text[...colon].utf8.count + rest.prefix { $0 == " " }.count + 1))
  }

  private mutating func flushProse() {
    if !prose.isEmpty { blocks.append(.prose(prose)) }
    prose = []
  }

  private mutating func flush() {
    flushProse()
    flushCode()
  }

  /// Ends the cell being read.
  private mutating func flushCode() {
    while code.last?.isBlank ?? false { code.removeLast() }
    guard let first = code.first, let last = code.last else {
      if let option = options.first {
        complain(
          file: file, line: option.line, column: option.keyColumn,
          "cell options stand right above the code that they describe; none follows here")
      }
      options = []
      return
    }
    var cell = SourceCell(lines: first.number...last.number)
    cell.file = file
    cell.isDeclaration = isOutside
    cell.code = shownCode()
    var seen: Set<String> = []
    for option in options {
      let complaint: (message: String, blamesKey: Bool)?
      if seen.insert(option.key).inserted {
        complaint = cell.options.set(option.key, to: Yaml.scalar(option.value))
      } else {
        complaint = ("the option '\(option.key)' is given twice for this cell", true)
      }
      if let complaint {
        complain(
          file: file, line: option.line,
          column: complaint.blamesKey ? option.keyColumn : option.valueColumn, complaint.message)
      }
      if option.key == "label" { cell.labelLine = option.line }
    }
    blocks.append(.cell(cell))
    code = []
    options = []
  }

  /// The code of the cell being read, without hidden statements, dedented.
  private func shownCode() -> [CodeLine] {
    var isShown = [Bool](repeating: true, count: code.count)
    for index in code.indices where code[index].isHidden {
      // The comment stands on the last line of its statement: back to where its brackets opened,
      // and over lines that only continue the one before.
      var start = index
      let depth = min(code[index].depth, code[index].endDepth)
      while start > 0, code[start].depth > depth || code[start].continues(code[start - 1]) {
        start -= 1
      }
      for hidden in start...index { isShown[hidden] = false }
    }
    var shown = zip(code, isShown).filter(\.1).map(\.0)
    while shown.first?.isBlank ?? false { shown.removeFirst() }
    while shown.last?.isBlank ?? false { shown.removeLast() }
    let indent = shown.filter { !$0.isBlank && !$0.startsInsideLiteral }.map(\.column).min() ?? 1
    var lines: [CodeLine] = []
    for line in shown {
      // What is left of a hidden paragraph is one blank line, not two.
      if line.isBlank, lines.last?.text.isEmpty ?? false { continue }
      let text = line.isBlank ? "" : String(line.text.dropFirst(min(indent, line.column) - 1))
      lines.append(CodeLine(text: text, line: line.number))
    }
    return lines
  }
}

extension ScannedLine {
  /// Whether this line goes on with the statement of the one before, without a bracket between.
  fileprivate func continues(_ previous: ScannedLine) -> Bool {
    if previous.isBlank || previous.marker != nil { return false }
    if startsInsideLiteral { return true }
    if code.hasPrefix(".") || code.hasPrefix("?") || code.hasPrefix(": ") { return true }
    let operators = ["=", "+", "-", "*", "/", "&&", "||", "??", "<", ">", "->", ",", "("]
    if operators.contains(where: { code.hasPrefix($0 + " ") }) { return true }
    return operators.contains { previous.code.hasSuffix(" " + $0) } || previous.code.hasSuffix(",")
  }
}

// MARK: - Outside functions

extension Weaver {
  /// Weaves what stands outside functions: prose, the imports of the main file, and code under
  /// `//|`. Everything else there is scaffolding.
  private mutating func weaveSurroundings(_ lines: [ScannedLine]) {
    var explicitDepth: Int?
    isOutside = true
    defer { isOutside = false }
    for line in lines {
      let previous = code.last?.number
      if let depth = explicitDepth,
        line.marker != nil || line.depth < depth || (line.isBlank && line.depth == depth)
          || previous.map({ $0 + 1 != line.number }) ?? false
      {
        flushCode()
        explicitDepth = nil
      }
      if let marker = line.marker {
        if line.depth > 1 { continue }
        read(marker, of: line)
        continue
      }
      if line.isBlank, code.isEmpty {
        flushProse()
        continue
      }
      let isImport = file == 0 && line.depth == 0 && line.isImport
      if !options.isEmpty, explicitDepth == nil, code.isEmpty, !isImport {
        if opensScaffolding(line) {
          flushCode()
          continue
        }
        explicitDepth = line.depth
      }
      if explicitDepth != nil || isImport {
        flushProse()
        code.append(line)
      } else {
        flush()
      }
    }
    if explicitDepth != nil { flushCode() }
    flush()
  }

  /// Whether a line begins the lab's type or an extension of it.
  private func opensScaffolding(_ line: ScannedLine) -> Bool {
    files[file].types.contains { type in
      type.name == labName && line.number <= type.openLine
        && (line.number >= type.line || (type.isMain && line.code.hasPrefix("@main")))
    }
  }

  /// Finds markers that no report shows: inside types and functions that are not woven, and in
  /// files without a chapter.
  private mutating func findStrayProse() {
    for (index, scanned) in files.enumerated() {
      let hasChapter = index == 0 || scanned.functions.contains(where: woves)
      for line in outside(scanned) {
        guard let marker = line.marker else { continue }
        let type = scanned.types.first { ($0.openLine...$0.closeLine).contains(line.number) }
        let isInType = line.depth == 1 && type?.name == labName
        if hasChapter, line.depth == 0 || isInType { continue }
        complain(
          file: index, line: line.number, column: line.column,
          hasChapter
            ? "\(Self.name(marker)) stands inside a nested block or a declaration that is not woven;"
              + " move it to the level of report()'s body"
            : "\(Self.name(marker)) stands in a file without a chapter, so no report shows it")
      }
    }
  }

  private mutating func takeFrontMatter() {
    guard case .prose(let lines)? = blocks.first, lines[0].text.trimmed == "---" else { return }
    guard let end = lines.dropFirst().firstIndex(where: { $0.text.trimmed == "---" }) else {
      complain(
        file: lines[0].file, line: lines[0].line, column: lines[0].column,
        "the front matter that begins here has no closing '---'")
      return
    }
    let parser = FrontMatterParser(lines[1..<end].map(\.text))
    frontMatter = parser.result
    frontMatter.location = SourceLocation(
      fileID: files[lines[0].file].file.fileID, line: lines[0].line)
    for (offset, column, message) in parser.complaints {
      let line = lines[1 + offset]
      complain(file: line.file, line: line.line, column: line.column + column, message)
    }
    let rest = lines[(end + 1)...].drop { $0.text.trimmed.isEmpty }
    if rest.isEmpty { blocks.removeFirst() } else { blocks[0] = .prose(Array(rest)) }
  }

  /// A formatter that sorts imports moves them above the title. The report begins with its title.
  private mutating func putImportsBelowTitle() {
    guard blocks.count > 1, case .cell(let cell) = blocks[0], cell.file == 0,
      cell.code.allSatisfy({ $0.text.isEmpty || $0.text.contains("import ") }),
      case .prose = blocks[1]
    else { return }
    blocks.swapAt(0, 1)
  }
}

extension ScannedLine {
  fileprivate var isImport: Bool {
    guard !startsInsideLiteral else { return false }
    return code.split(separator: " ").prefix { $0 != "import" }.allSatisfy { word in
      word.hasPrefix("@")
        || ["public", "internal", "private", "fileprivate", "package"].contains(word)
    } && code.split(separator: " ").contains("import")
  }
}
