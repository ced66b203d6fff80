/// A lab's report as a tree: its source, with what a run showed under each cell.
public struct Report: Sendable {
  /// What the reader may ask for on the command line.
  public struct Options: Hashable, Sendable {
    /// Whether a table of contents follows the title.
    public var tableOfContents = false

    /// The surroundings to name at the end.
    public var environment: RunEnvironment?

    /// The plain choice.
    public init() {}
  }

  /// Weaves a recording into a source.
  ///
  /// - Throws: What only a run can tell: names in prose that nothing published, labels given twice
  ///   in code, references to figures that were not shown.
  public init(
    source: LabSource, recording: Recording, options: Options = Options()
  ) throws(SourceDiagnostics) {
  }
}

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

  /// A document with its figures.
  public init(text: String, figures: [File]) {
    self.text = text
    self.figures = figures
  }
}

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
    RenderedReport(text: "", figures: [])
  }
}

/// A Jupyter notebook (nbformat 4.5) with Swift cells and their outputs.
public struct NotebookRenderer: Renderer {
  /// A notebook; its pictures are inside it.
  public init() {}

  /// The report as a notebook.
  public func render(_ report: Report) -> RenderedReport {
    RenderedReport(text: "", figures: [])
  }
}
