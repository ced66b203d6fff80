/// Gathers the lines of a document; blocks are set off by exactly one blank line.
struct MarkdownWriter {
  private(set) var lines: [DocumentLine] = []
  private(set) var figures: [RenderedReport.File] = []

  let style: MarkdownStyle

  /// What names and labels in prose mean.
  let names: Report.Names

  var hasRun: Bool { names.hasRun }

  /// How many lines there were when the last item of a list of claims was added.
  var claimsEnd = -1

  /// Whether what is added now differs from run to run.
  var isVolatile = false

  init(style: MarkdownStyle, names: Report.Names) {
    self.style = style
    self.names = names
  }

  /// A writer that knows no value yet: what it writes is the same before a run and after.
  var beforeRun: MarkdownWriter {
    var names = names
    names.values = [:]
    names.hasRun = false
    return MarkdownWriter(style: style, names: names)
  }

  var endsInBlankLine: Bool { lines.last?.text.isEmpty ?? true }

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

  /// Where pandoc takes it; `nil` when pandoc does not read it.
  var pandoc: PandocRenderer.Target?
}
