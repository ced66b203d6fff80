/// A lab's source, parsed: what is prose, what is code, and which lines make which cell.
public struct LabSource: Sendable {
  /// The files, the main file first.
  public let files: [SourceFile]

  /// Parses a lab's files.
  ///
  /// - Parameter files: The files of the lab's target. The main one is the one with `@main`, or
  ///   the first.
  /// - Throws: Everything that is wrong with them, all in one go.
  public init(files: [SourceFile]) throws(SourceDiagnostics) {
    self.files = files
  }

  /// The names that prose uses and nothing in the source publishes, as complaints.
  ///
  /// - Parameter parameters: The names of the lab's parameters.
  public func unknownNames(parameters: [String]) -> [Diagnostic] {
    []
  }
}
