/// GitHub-flavoured Markdown.
public struct MarkdownRenderer: Renderer {
  /// How the document names the folder of its figures: `lab10_files`; `nil` puts the pictures into
  /// the document as data URIs.
  public var figuresFolder: String?

  /// Markdown with its figures in a folder beside it, or embedded.
  public init(figuresFolder: String?) {
    self.figuresFolder = figuresFolder
  }

  /// The report as Markdown.
  public func render(_ report: Report) -> RenderedReport {
    var writer = MarkdownWriter(
      style: MarkdownStyle(isGitHub: true, figuresFolder: figuresFolder), hasRun: report.hasRun)
    var blocks = report.blocks
    writer.head(report, &blocks)
    for block in blocks {
      switch block {
      case .prose(let lines): writer.prose(lines)
      case .cell(let cell): writer.cell(cell)
      }
    }
    if report.hasRun {
      writer.provenance(report.provenance)
    } else {
      writer.slot(SlotName(label: "provenance"))
    }
    var rendered = RenderedReport(text: writer.text, figures: writer.figures)
    rendered.lines = writer.lines
    return rendered
  }
}

extension MarkdownWriter {
  fileprivate mutating func cell(_ cell: Report.Cell) {
    guard cell.options.include || !cell.items.isEmpty else { return }
    let name = SlotName(label: cell.options.label, isVolatile: cell.options.isVolatile)
    if cell.isCodeShown { code(cell) }
    guard hasRun else {
      slot(name)
      return
    }
    guard !cell.items.isEmpty || (cell.state == .notRun && cell.isCodeShown) else { return }
    open(name)
    let location = cell.code.first.map { SourceLocation(fileID: cell.fileID, line: $0.line) }
    for item in cell.items { self.item(item, at: location) }
    if cell.state == .notRun {
      separate()
      add("*Not run.*")
    }
    close()
  }

  private mutating func code(_ cell: Report.Cell) {
    separate()
    let fence = Escaping.fence(for: cell.code.map(\.text).joined(separator: "\n"))
    let first = cell.code.first.map { SourceLocation(fileID: cell.fileID, line: $0.line) }
    if cell.options.codeFold != .never {
      let open = cell.options.codeFold == .open ? " open" : ""
      add("<details\(open)><summary>Code</summary>", .source, at: first)
      separate()
    }
    add(fence + "swift", .source, at: first)
    for line in cell.code {
      add(line.text, .source, at: SourceLocation(fileID: cell.fileID, line: line.line))
    }
    add(fence, .source, at: first)
    if cell.options.codeFold != .never {
      separate()
      add("</details>", .source, at: first)
    }
  }
}

extension Report.Cell {
  /// Whether there is code to show.
  var isCodeShown: Bool { options.include && options.echo && !code.isEmpty }
}
