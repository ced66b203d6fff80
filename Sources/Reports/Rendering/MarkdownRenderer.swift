/// GitHub-flavoured Markdown.
package struct MarkdownRenderer: Renderer {
  /// How the document names the folder of its figures: `lab10_files`; `nil` puts the pictures into
  /// the document as data URIs.
  package var figuresFolder: String?

  /// Markdown with its figures in a folder beside it, or embedded.
  package init(figuresFolder: String?) {
    self.figuresFolder = figuresFolder
  }

  /// The report as Markdown.
  package func render(_ report: Report) -> RenderedReport {
    var writer = MarkdownWriter(
      style: MarkdownStyle(isGitHub: true, figuresFolder: figuresFolder), names: report.names)
    writer.document(report)
    var rendered = RenderedReport(text: writer.text, figures: writer.figures)
    rendered.lines = writer.lines
    return rendered
  }
}

extension MarkdownWriter {
  /// The whole report.
  mutating func document(_ report: Report) {
    title(report)
    if report.hasRun {
      summary(report.summary)
    } else {
      slot(SlotName(label: "summary"))
    }
    // A page has contents unasked: it is long, and nothing beside it leads through it.
    let isUnled =
      style.pandoc == .page && report.frontMatter.tableOfContents == nil && !report.hasOwnContents
    if report.options.tableOfContents || isUnled { contents(report.blocks) }
    for block in report.blocks {
      switch block {
      case .prose(let prose): self.prose(prose)
      case .cell(let cell): self.cell(cell)
      }
    }
    references(report.blocks)
    if report.hasRun {
      provenance(report.provenance)
    } else {
      slot(SlotName(label: "provenance"))
    }
    navigation(report.options.navigation)
    origin(report.options.origin)
  }

  private mutating func cell(_ cell: Report.Cell) {
    // What ended the run, and an error that did not come, are shown whatever the options say.
    guard cell.options.include || !cell.items.isEmpty || !hasRun else { return }
    let name = SlotName(label: cell.options.label, isVolatile: cell.options.isVolatile)
    if cell.isCodeShown { code(cell) }
    guard hasRun else {
      slot(name, cell.mayShowMarkdown ? [] : demands(cell.options))
      return
    }
    guard !cell.items.isEmpty || (cell.state == .notRun && cell.isCodeShown) else { return }
    open(name)
    let location = cell.code.first.map { SourceLocation(fileID: cell.fileID, line: $0.line) }
    isVolatile = cell.options.isVolatile
    for item in cell.items { self.item(item, at: location) }
    isVolatile = false
    if cell.state == .notRun {
      separate()
      add("*Not run.*")
    }
    close()
  }

  /// What the cell's options put among its outputs.
  private func demands(_ options: CellOptions) -> [SlotDemand] {
    func caption(_ text: String, _ word: String) -> DocumentLine {
      let markup = Markup.line(PrintedText.visible(text))
      let prose = Report.Prose(markup, at: markup.lines.map { _ in nil })
      let isNumbered =
        options.label.map { Label($0).kind == (word == "Figure" ? .figure : .table) } ?? false
      let startsLine = !isNumbered && !(word == "Table" && options.label != nil)
      var result = self.caption(prose, prefix: "", startsLine: startsLine)
      guard isNumbered || (word == "Table" && options.label != nil) else { return result }
      let anchor = word == "Table" ? options.label.map { "<a id=\"\($0)\"></a>" } ?? "" : ""
      let number: [DocumentLine.Piece] =
        isNumbered
        ? [.literal("\(anchor)**\(word) "), .anything, .literal(".** ")] : [.literal(anchor)]
      result.pieces = number + result.pieces
      result.text = "\(anchor)**\(word) ….** \(result.text)"
      return result
    }
    var demands: [SlotDemand] = []
    if let text = options.figureCaption {
      demands.append(
        SlotDemand(option: "fig-cap", subject: "<p", line: caption(text, "Figure")))
    }
    if let text = options.figureAlternativeText {
      let part = DocumentLine("alt=\"\(Escaping.attribute(PrintedText.visible(text)))\"")
      demands.append(SlotDemand(option: "fig-alt", subject: "<p", line: part, isPart: true))
    }
    if let text = options.tableCaption {
      demands.append(SlotDemand(option: "tbl-cap", subject: "table", line: caption(text, "Table")))
    }
    return demands
  }

  private mutating func code(_ cell: Report.Cell) {
    separate()
    let fence = Escaping.fence(for: cell.code.map(\.text).joined(separator: "\n"))
    let first = cell.code.first.map { SourceLocation(fileID: cell.fileID, line: $0.line) }
    let isFolded = cell.options.codeFold != .never && style.pandoc != .paper
    if isFolded {
      let open = cell.options.codeFold == .open ? " open" : ""
      add("<details\(open)><summary>Code</summary>", .code, at: first)
      separate()
    }
    add(fence + "swift", .code, at: first)
    for line in cell.code {
      add(line.text, .code, at: SourceLocation(fileID: cell.fileID, line: line.line))
    }
    add(fence, .code, at: first)
    if isFolded {
      separate()
      add("</details>", .code, at: first)
    }
  }
}

extension Report.Cell {
  private static let markdownArgument = Array("markdown:".utf8)

  /// Whether it may show Markdown of its own, in which any table and tag can stand.
  fileprivate var mayShowMarkdown: Bool {
    options.output == .asIs
      || code.contains { $0.text.holds(Self.markdownArgument) }
  }

  /// Whether there is code to show.
  var isCodeShown: Bool { options.include && options.echo && !code.isEmpty }
}
