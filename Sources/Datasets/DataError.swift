/// What is wrong with a data file, as one sentence that names the file.
public struct DataError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// An error that says this sentence.
  public init(_ description: String) {
    self.description = description
  }
}

/// What is wrong with a file, in words that complete "The file … ", before its name is known.
struct FileFault: Error {
  var description: String
}
