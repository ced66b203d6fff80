/// Why a picture could not be encoded or decoded as PNG.
public struct PNGError: Error, Equatable, CustomStringConvertible {
  /// One sentence that says what is wrong.
  public let description: String

  init(_ description: String) { self.description = description }
}
