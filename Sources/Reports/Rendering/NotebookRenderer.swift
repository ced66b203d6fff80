/// A Jupyter notebook (nbformat 4.5) with Swift cells and their outputs.
///
/// Its pictures are inside it, so it is one file. Prose becomes Markdown cells, code becomes code
/// cells; text, pictures, tables and claims become outputs as a Swift kernel would have left them.
/// What differs from run to run is marked in the metadata (`"volatile": true`).
package struct NotebookRenderer: Renderer {
  /// A notebook.
  package init() {}

  /// The report as a notebook.
  package func render(_ report: Report) -> RenderedReport {
    var builder = NotebookBuilder(names: report.names)
    builder.add(report)
    let notebook = Notebook(
      cells: builder.cells, title: report.frontMatter.title, origin: report.options.origin)
    var rendered = RenderedReport(text: notebook.json.text + "\n", figures: [])
    (rendered.lines, rendered.notebookStretches) = notebook.projection(hasRun: report.hasRun)
    rendered.embedded = notebook.pictures
    return rendered
  }
}

/// Turns the blocks of a report into the cells of a notebook.
struct NotebookBuilder {
  private(set) var cells: [Notebook.Cell] = []
  private var executionCount = 0
  private var usedIDs: Set<String> = []
  private var idCounts: [String: Int] = [:]
  private var section = "prose"
  private let names: Report.Names
  private var hasRun: Bool { names.hasRun }

  init(names: Report.Names) {
    self.names = names
  }

  private var writer: MarkdownWriter {
    MarkdownWriter(style: MarkdownStyle(isGitHub: false, figuresFolder: ""), names: names)
  }

  mutating func add(_ report: Report) {
    var title = writer
    title.title(report)
    addMarkdown(title.lines, id: "title")
    addMarkdown(readingCopy(report), id: "reading-copy")
    var summary = writer
    summary.summary(report.summary)
    addGenerated(summary.lines, id: "summary")
    if report.options.tableOfContents {
      var contents = writer
      contents.contents(report.blocks)
      addMarkdown(contents.lines, id: "contents")
    }
    for block in report.blocks {
      switch block {
      case .prose(let text):
        var prose = writer
        prose.prose(text)
        for heading in text.markup.headings
        where text.lines.contains(heading.block.lines.lowerBound) {
          section = Slug.file(text.markup.source(heading.range))
        }
        addMarkdown(prose.lines, id: section.isEmpty ? "prose" : section)
      case .cell(let cell): add(cell)
      }
    }
    var references = writer
    references.references(report.blocks)
    addMarkdown(references.lines, id: "references")
    var end = writer
    end.provenance(report.provenance)
    addGenerated(end.lines, id: "provenance")
  }

  /// What a reader must know who would run the cells: what they use stands elsewhere.
  private func readingCopy(_ report: Report) -> [DocumentLine] {
    guard !report.helpers.isEmpty else { return [] }
    let most = 6
    var names = report.helpers.prefix(most).map { "`\($0)`" }
    let others = report.helpers.count - names.count
    if others > 0 { names.append("\(others) more") }
    let last = names.removeLast()
    let list = names.isEmpty ? last : names.joined(separator: ", ") + " and " + last
    return [
      DocumentLine(
        "*This is a reading copy of the lab in `\(report.mainPath)`: its cells use \(list), which "
          + "\(report.helpers.count == 1 ? "stands" : "stand") there and not here.*")
    ]
  }

  private mutating func addMarkdown(_ lines: [DocumentLine], id: String) {
    let lines = Self.trimmed(lines)
    guard !lines.isEmpty else { return }
    cells.append(Notebook.Cell(kind: .markdown, id: unique("\(id)-prose"), source: lines))
  }

  /// A cell whose text comes from the run; in a skeleton it is only a place.
  private mutating func addGenerated(_ lines: [DocumentLine], id: String) {
    let lines = Self.trimmed(lines)
    guard !lines.isEmpty || !hasRun else { return }
    cells.append(
      Notebook.Cell(kind: .markdown, id: unique(id), source: lines, isGenerated: true))
  }

  private mutating func add(_ cell: Report.Cell) {
    guard cell.options.include || !cell.items.isEmpty || !hasRun else { return }
    executionCount += 1
    var result = Notebook.Cell(kind: .code, id: unique(cell.id), source: [])
    result.executionCount = cell.state == .notRun || !hasRun ? nil : executionCount
    result.isVolatile = cell.options.isVolatile
    result.isSourceHidden = !cell.isCodeShown || cell.options.codeFold == .folded
    let location = cell.code.first.map { SourceLocation(fileID: cell.fileID, line: $0.line) }
    // Code that is not shown is not in the notebook either, as it is not in the Markdown.
    if cell.isCodeShown {
      result.source = cell.code.map { line in
        DocumentLine(
          line.text, at: SourceLocation(fileID: cell.fileID, line: line.line))
      }
    }
    for item in cell.items { result.outputs += outputs(of: item, at: location) }
    if cell.state == .notRun {
      result.outputs.append(.markdown([DocumentLine("*Not run.*", .output)]))
    }
    if result.source.isEmpty, result.outputs.isEmpty, hasRun { return }
    cells.append(result)
  }

  private func outputs(of item: Report.Item, at location: SourceLocation?) -> [Notebook.Output] {
    switch item {
    case .text(let text, let stream):
      let lines = text.documentLines
      return [.stream(stream, lines.map { DocumentLine($0, .output) })]
    case .failure(let failure) where failure.kind != .expected && failure.kind != .missing:
      return [.error(failure)]
    case .figure(let placed):
      var result: [Notebook.Output] = []
      let image =
        placed.figure.images.first { $0.appearance == .light } ?? placed.figure.images.first
      if let image {
        result.append(
          .picture(
            name: placed.name, png: image.png, width: Int(placed.figure.width.rounded()),
            height: Int(placed.figure.height.rounded()), alternativeText: placed.alternativeText))
      }
      var caption = writer
      caption.figureCaption(placed, at: location)
      let lines = Self.trimmed(caption.lines)
      return result + (lines.isEmpty ? [] : [.markdown(lines)])
    case .markdown, .table, .verdict, .comparison, .failure:
      var block = writer
      block.item(item, at: location)
      return [.markdown(Self.trimmed(block.lines))]
    }
  }

  private static func trimmed(_ lines: [DocumentLine]) -> [DocumentLine] {
    var lines = lines[...]
    while lines.first?.text.isEmpty ?? false { lines.removeFirst() }
    while lines.last?.text.isEmpty ?? false { lines.removeLast() }
    return Array(lines)
  }

  /// An identifier that nbformat accepts: up to 64 letters, digits, `-` and `_`, no two equal.
  private mutating func unique(_ name: String) -> String {
    let base = String(name.prefix(58))
    var id = base
    while !usedIDs.insert(id).inserted {
      idCounts[base, default: 1] += 1
      id = "\(base)-\(idCounts[base, default: 1])"
    }
    return id
  }
}
