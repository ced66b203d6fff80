/// A form that a report can be written in.
package protocol Renderer: Sendable {
  /// The report in this form: a pure function.
  func render(_ report: Report) -> RenderedReport
}

/// A report, ready to be written.
package struct RenderedReport: Hashable, Sendable {
  /// A file beside the document.
  package struct File: Hashable, Sendable {
    /// Its name inside the figures' folder: `fig-loss.png`.
    package var name: String

    /// Its contents.
    package var bytes: [UInt8]

    /// Whether its pixels differ from run to run: the check asks only that it is there.
    package var isVolatile: Bool

    /// A file.
    package init(name: String, bytes: [UInt8], isVolatile: Bool = false) {
      self.name = name
      self.bytes = bytes
      self.isVolatile = isVolatile
    }
  }

  /// The document itself.
  package var text: String

  /// The figures that it links to.
  package var figures: [File]

  /// The document line by line, with what may vary; empty for renderers of other packages.
  var lines: [DocumentLine] = []

  /// Where outputs stand among ``lines`` when those are of a notebook's projection and not of
  /// ``text``.
  var notebookStretches: [OutputStretch]?

  /// The pictures that are inside the document.
  var embedded: [File] = []

  /// A document with its figures.
  package init(text: String, figures: [File]) {
    self.text = text
    self.figures = figures
  }
}
