/// A form that a report can be written in.
public protocol Renderer: Sendable {
  /// The report in this form: a pure function.
  func render(_ report: Report) -> RenderedReport
}

/// A report, ready to be written.
public struct RenderedReport: Hashable, Sendable {
  /// A file beside the document.
  public struct File: Hashable, Sendable {
    /// Its name inside the figures' folder: `fig-loss.png`.
    public var name: String

    /// Its contents.
    public var bytes: [UInt8]

    /// A file.
    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// The document itself.
  public var text: String

  /// The figures that it links to.
  public var figures: [File]

  /// The document line by line, with what may vary; empty for renderers of other packages.
  var lines: [DocumentLine] = []

  /// A document with its figures.
  public init(text: String, figures: [File]) {
    self.text = text
    self.figures = figures
  }
}
