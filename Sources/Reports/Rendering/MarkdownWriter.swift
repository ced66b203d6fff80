/// Gathers the lines of a document; blocks are set off by exactly one blank line.
struct MarkdownWriter {
  private(set) var lines: [DocumentLine] = []
  private(set) var figures: [RenderedReport.File] = []

  let style: MarkdownStyle
  let hasRun: Bool

  /// Whether what is added now differs from run to run.
  var isVolatile = false

  init(style: MarkdownStyle, hasRun: Bool) {
    self.style = style
    self.hasRun = hasRun
  }

  private var endsInBlankLine: Bool { lines.last?.text.isEmpty ?? true }

  /// Begins a new block.
  mutating func separate() {
    if let last = lines.last, !last.text.isEmpty { lines.append(DocumentLine("", last.outerKind)) }
  }

  mutating func add(_ line: DocumentLine) { lines.append(line) }

  mutating func add(
    _ text: String, _ kind: DocumentLine.Kind = .output, at location: SourceLocation? = nil
  ) {
    lines.append(DocumentLine(text, kind, at: location))
  }

  mutating func add(_ file: RenderedReport.File) {
    if !figures.contains(where: { $0.name == file.name }) { figures.append(file) }
  }

  /// The whole document; ends in one line end.
  var text: String {
    var end = lines.endIndex
    while end > 0, lines[end - 1].text.isEmpty { end -= 1 }
    return lines[..<end].map(\.text).joined(separator: "\n") + (end > 0 ? "\n" : "")
  }
}

extension DocumentLine {
  /// What a blank line after this one belongs to.
  fileprivate var outerKind: Kind {
    switch kind {
    case .source, .code, .slot: .source
    case .tableRow, .output: .output
    }
  }
}

/// What differs between the places where Markdown is read.
struct MarkdownStyle: Sendable {
  /// Whether GitHub reads it (alerts, hidden comments) or Jupyter.
  var isGitHub: Bool

  /// The folder of figures in links; `nil` embeds them.
  var figuresFolder: String?
}

// MARK: - Lines of prose

extension MarkdownWriter {
  /// A line of prose with its values.
  func line(
    _ pieces: [Report.Piece], prefix: String = "", suffix: String = "",
    kind: DocumentLine.Kind = .source, at location: SourceLocation? = nil
  ) -> DocumentLine {
    var text = prefix
    var result: [DocumentLine.Piece] = prefix.isEmpty ? [] : [.literal(prefix)]
    func literal(_ string: String) {
      text += string
      if case .literal(let before)? = result.last {
        result[result.count - 1] = .literal(before + string)
      } else if !string.isEmpty {
        result.append(.literal(string))
      }
    }
    for piece in pieces {
      switch piece {
      case .text(let string): literal(string)
      case .mathDelimiter(let isOpening):
        literal(style.isGitHub ? isOpening ? "$`" : "`$" : "$")
      case .value(let value):
        add(value, literal: literal) {
          text += $0; result.append($1)
        }
      case .missing:
        if hasRun {
          literal("*not run*")
        } else {
          result.append(.anything)
        }
      case .reference(let label, let number, let isNumberOnly):
        let word = isNumberOnly ? "" : label.hasPrefix("tbl-") ? "Table " : "Figure "
        literal("[\(word)")
        if let number {
          literal("\(number)")
        } else if hasRun {
          literal("?")
        } else {
          result.append(.anything)
        }
        literal("](#\(label))")
      }
    }
    literal(suffix)
    return DocumentLine(text: text, pieces: result, kind: kind, at: location)
  }

  private func add(
    _ value: Report.Value, literal: (String) -> Void, vary: (String, DocumentLine.Piece) -> Void
  ) {
    if value.published.isVolatile {
      // Comments have no place in math.
      let isMarked = style.isGitHub && !value.isInMath
      if isMarked { literal("<!-- volatile -->") }
      vary(value.text, .anything)
      if isMarked { literal("<!-- /volatile -->") }
    } else if value.published.tolerance != nil, value.published.value != nil {
      vary(value.text, .number(value.published))
    } else {
      literal(value.text)
    }
  }

  /// A paragraph of prose; callouts become alerts.
  mutating func prose(_ source: [Report.Line]) {
    separate()
    var isInFence = false
    var index = 0
    while index < source.count {
      let current = source[index]
      let start = current.leadingText
      if start.trimmed.hasPrefix("```") || start.trimmed.hasPrefix("~~~") { isInFence.toggle() }
      if !isInFence, let callout = Callout(start) {
        var end = index + 1
        while end < source.count, source[end].continuesListItem(in: source, at: end) { end += 1 }
        add(callout, source[index..<end])
        index = end
      } else if !isInFence, style.isGitHub, let end = displayMathEnd(source, from: index) {
        displayMath(source[index...end])
        index = end + 1
      } else {
        let rendered = line(current.pieces, at: current.location)
        // An alert ends in a blank line of its own.
        let isDoubled = rendered.text.isEmpty && rendered.pieces.isEmpty && endsInBlankLine
        if !isDoubled || isInFence { add(rendered) }
        index += 1
      }
    }
  }

  /// The last line of display math that has its lines to itself.
  private func displayMathEnd(_ source: [Report.Line], from start: Int) -> Int? {
    guard source[start].leadingText.hasPrefix("$$") else { return nil }
    for index in start..<source.count {
      guard case .text(let last)? = source[index].pieces.last else { continue }
      let isAlone = index > start || source[index].pieces.count > 1 || last.trimmed.count > 3
      if last.trimmed.hasSuffix("$$"), isAlone { return index }
    }
    return nil
  }

  /// GitHub reads Markdown before math and would drop the backslash of `\,` and `\\`; only a fence
  /// keeps TeX as it is.
  private mutating func displayMath(_ source: ArraySlice<Report.Line>) {
    add("```math", .source, at: source.first?.location)
    for (offset, current) in source.enumerated() {
      var pieces = current.pieces
      if offset == 0, case .text(let text)? = pieces.first {
        pieces[0] = .text(String(text.dropFirst(2).drop { $0 == " " }))
      }
      if offset == source.count - 1, case .text(let text)? = pieces.last {
        pieces[pieces.count - 1] = .text(String(text.trimmedEnd.dropLast(2)).trimmedEnd)
      }
      let rendered = line(pieces, at: current.location)
      if !rendered.text.trimmed.isEmpty || rendered.pieces.contains(.anything) { add(rendered) }
    }
    add("```", .source, at: source.last?.location)
  }

  /// Markdown that a lab made, with its math in the notation of the place.
  func markdown(_ text: String) -> String {
    guard style.isGitHub, text.utf8.contains(UInt8(ascii: "$")) else { return text }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    return InlineText(lines).lines.map { $0.map(Self.gitHub).joined() }.joined(separator: "\n")
  }

  private static func gitHub(_ piece: InlinePiece) -> String {
    switch piece {
    case .text(let text): text
    case .mathDelimiter(let isOpening): isOpening ? "$`" : "`$"
    // A lab's own strings hold values already; what looks like a name or reference is text.
    case .name(let name, _, _): "\\(\(name))"
    case .reference(let label, _, let isNumberOnly): (isNumberOnly ? "-@" : "@") + label
    }
  }

  private mutating func add(_ callout: Callout, _ source: ArraySlice<Report.Line>) {
    separate()
    var isFirst = true
    if style.isGitHub { add("> [!\(callout.alert)]", .source, at: source.first?.location) }
    for current in source {
      var pieces = current.pieces
      var prefix = "> "
      if case .text(let text)? = pieces.first {
        if isFirst {
          pieces[0] = .text(String(text.dropFirst(callout.prefixLength)))
          // GitHub writes the name of its five alerts itself.
          if let title = callout.title ?? (style.isGitHub ? nil : callout.name) {
            prefix = "> **\(title).** "
          }
        } else {
          pieces[0] = .text(String(text.drop { $0 == " " }))
        }
      }
      isFirst = false
      if pieces.isEmpty || pieces == [.text("")] {
        add(">", .source, at: current.location)
      } else {
        add(line(pieces, prefix: prefix, at: current.location))
      }
    }
    add("", .source)
  }
}

extension Report.Line {
  /// The text that it begins with.
  var leadingText: String {
    if case .text(let text)? = pieces.first { text } else { "" }
  }

  private var isBlank: Bool { pieces.isEmpty || (pieces.count == 1 && leadingText.trimmed.isEmpty) }

  /// Whether a line goes on with the list item above it: it is indented, or not blank and no item of
  /// its own, or blank with an indented line after it.
  fileprivate func continuesListItem(in lines: [Report.Line], at index: Int) -> Bool {
    let isIndented = leadingText.hasPrefix("  ")
    if isBlank {
      return index + 1 < lines.count && lines[index + 1].leadingText.hasPrefix("  ")
    }
    let text = leadingText
    return isIndented || !(text.hasPrefix("- ") || text.hasPrefix("* ") || text.hasPrefix("#"))
  }
}

/// A list item that stands out: `- Note: …`, as in Swift Playgrounds and DocC.
struct Callout {
  /// GitHub's alert.
  var alert: String
  /// Its name in words.
  var name: String
  /// The name where GitHub's own differs: Experiment is shown as a tip.
  var title: String?
  /// The characters before its text.
  var prefixLength: Int

  private static let kinds: [String: (alert: String, title: String?)] = [
    "note": ("NOTE", nil), "tip": ("TIP", nil), "important": ("IMPORTANT", nil),
    "warning": ("WARNING", nil), "caution": ("CAUTION", nil),
    "attention": ("WARNING", "Attention"), "bug": ("WARNING", "Bug"),
    "experiment": ("TIP", "Experiment"), "example": ("NOTE", "Example"),
    "remark": ("NOTE", "Remark"), "see also": ("NOTE", "See also"),
  ]

  /// Reads the start of a line; `nil` when it is an ordinary one.
  init?(_ line: String) {
    guard line.hasPrefix("- ") || line.hasPrefix("* "), let colon = line.firstIndex(of: ":") else {
      return nil
    }
    let word = line[..<colon].dropFirst(2).trimmed
    guard let kind = Self.kinds[word.lowercased()] else { return nil }
    alert = kind.alert
    name = word.prefix(1).uppercased() + word.dropFirst().lowercased()
    title = kind.title
    let rest = line[line.index(after: colon)...]
    prefixLength =
      line.distance(from: line.startIndex, to: rest.startIndex)
      + rest.prefix { $0 == " " }.count
  }
}
