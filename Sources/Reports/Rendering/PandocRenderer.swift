/// Markdown for pandoc, which makes a page, a PDF or a DOCX of it.
///
/// CommonMark with pandoc's attributes, divs and spans instead of GitHub's alerts and comments, so
/// that captions, targets of links, alternative texts and sizes survive in every form.
package struct PandocRenderer: Renderer {
  /// Where the Markdown goes.
  package enum Target: Hashable, Sendable {
    /// HTML: figures inside, for light and dark surroundings, code that folds.
    case page

    /// Paper and word processors: figures in files, nothing folded.
    case paper
  }

  /// What pandoc has to be told of the Markdown.
  package static let dialect =
    "commonmark+pipe_tables+strikeout+task_lists+autolink_bare_uris+raw_html+raw_attribute"
    + "+fenced_divs+bracketed_spans+attributes+tex_math_dollars+gfm_auto_identifiers"

  /// Where the Markdown goes.
  package var target: Target

  /// Markdown for a page or for paper.
  package init(_ target: Target) { self.target = target }

  /// The report as Markdown for pandoc.
  package func render(_ report: Report) -> RenderedReport {
    var writer = MarkdownWriter(
      style: MarkdownStyle(
        isGitHub: false, figuresFolder: target == .page ? nil : "", pandoc: target),
      names: report.names)
    writer.document(report)
    return RenderedReport(text: writer.text, figures: writer.figures)
  }
}

extension MarkdownWriter {
  /// A figure as paper has it, in a div that links lead to.
  mutating func paperFigure(
    _ placed: Report.PlacedFigure, _ image: FigureImage, at location: SourceLocation?
  ) {
    let file = RenderedReport.File(name: placed.name + ".png", bytes: image.png)
    add(file)
    let alt = Escaping.markdown(placed.alternativeText).replacing("]", with: "\\]")
    let width = Int(placed.figure.width.rounded())
    add("::: {" + (placed.label.map { "#\($0) " } ?? "") + ".figure}")
    separate()
    add("![\(alt)](\(Escaping.path(file.name))){width=\(width)px}")
    figureCaption(placed, at: location)
    separate()
    add(":::")
  }
}

extension MarkdownStyle {
  /// Something invisible that links lead to.
  func anchor(_ id: String) -> String {
    pandoc == nil ? "<a id=\"\(id)\"></a>" : "[]{#\(id)}"
  }
}
