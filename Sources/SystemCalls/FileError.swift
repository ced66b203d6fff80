/// What is wrong with a file, as one sentence: it is not there, cannot be read or written, or does
/// not hold what it should.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's path, or what it is called; empty where a parser does not know it.
  public var path: String

  /// What is wrong, in words that follow the name: `cannot be written: no space left on device`.
  public var reason: String

  /// A file and what is wrong with it.
  public init(path: String = "", reason: String) {
    self.path = path
    self.reason = reason
  }

  /// `docs/lab10.md: cannot be written: no space left on device`
  public var description: String { path.isEmpty ? reason : "\(path): \(reason)" }

  /// The same fault, once the name of the file is known.
  public func of(_ path: String) -> FileError { FileError(path: path, reason: reason) }

  /// What could not be done to a file, and what the system said.
  package init(path: String, _ attempt: String, _ error: SystemError) {
    self.init(path: path, reason: "\(attempt): \(error.reason)")
  }
}
