/// Why bytes cannot be read as a TrueType font.
public struct FontError: Error, Equatable, CustomStringConvertible {
  /// One sentence that says what is wrong.
  public let description: String

  init(_ description: String) { self.description = description }
}
