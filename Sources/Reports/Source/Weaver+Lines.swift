/// The lines of one function, gathered into prose and cells.
extension Weaver {
  /// Reads a line of a function's body.
  mutating func read(_ line: ScannedLine, depth: Int) {
    guard let marker = line.marker else {
      if line.conditions > 0, line.code.hasPrefix("claim(") || line.code.hasPrefix("try claim(") {
        complain(
          file: file, line: line.number, column: line.column,
          "a claim stands under '#if': where the condition is not met it would be missing without a word"
        )
      }
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

  mutating func read(_ marker: ScannedLine.Marker, of line: ScannedLine) {
    if line.conditions > 0 {
      complain(
        file: file, line: line.number, column: line.column,
        "\(Self.name(marker)) stands under '#if', so whether it belongs to the report is not known; "
          + "move it out")
      return
    }
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

  static func name(_ marker: ScannedLine.Marker) -> String {
    switch marker {
    case .prose: "prose"
    case .option: "a cell option"
    case .cellBreak: "a cell break"
    }
  }

  mutating func readOption(_ text: String, of line: ScannedLine) {
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

  mutating func flushProse() {
    if !prose.isEmpty { blocks.append(.prose(SourceProse(lines: prose))) }
    prose = []
  }

  mutating func flush() {
    flushProse()
    flushCode()
  }

  /// Ends the cell being read.
  mutating func flushCode() {
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
    cell.ownOptions = seen
    blocks.append(.cell(cell))
    code = []
    options = []
  }

  /// The code of the cell being read, without hidden statements, dedented.
  func shownCode() -> [CodeLine] {
    var isShown = [Bool](repeating: true, count: code.count)
    for index in code.indices where code[index].isHidden {
      // The comment stands on the last line of its statement: back to where its brackets opened,
      // and over lines that only continue the one before.
      var start = index
      let depth = min(code[index].depth, code[index].endDepth)
      // What is hidden already was hidden down to the beginning of its statement.
      while start > 0, isShown[start],
        code[start].depth > depth || code[start].continues(code[start - 1])
      {
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
  func continues(_ previous: ScannedLine) -> Bool {
    if previous.isBlank || previous.marker != nil { return false }
    if startsInsideLiteral { return true }
    if code.hasPrefix(".") || code.hasPrefix("?") || code.hasPrefix(": ") { return true }
    let operators = ["=", "+", "-", "*", "/", "&&", "||", "??", "<", ">", "->", ",", "("]
    if operators.contains(where: { code.hasPrefix($0 + " ") }) { return true }
    return operators.contains { previous.code.hasSuffix(" " + $0) } || previous.code.hasSuffix(",")
  }
}
