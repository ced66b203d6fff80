/// A file that a result rests on: what a report tells about the provenance of its data.
public struct DataSource: Sendable, Hashable, CustomStringConvertible {
  /// The name of the file, without its folder and without a compression's suffix.
  public let name: String
  /// The SHA-256 digest of the uncompressed content, 64 lowercase hexadecimal digits.
  public let sha256: String
  /// The length of the uncompressed content in bytes.
  public let byteCount: Int
  /// How many rows a table in it has, without the one that names the columns; `nil` for other files.
  public let rowCount: Int?

  /// A source with a name, a digest and a length.
  public init(name: String, sha256: String, byteCount: Int, rowCount: Int? = nil) {
    self.name = name
    self.sha256 = sha256
    self.byteCount = byteCount
    self.rowCount = rowCount
  }

  /// The source of some bytes that were read from a file or are built into a program.
  public init(name: String, content: [UInt8]) {
    self.init(name: name, sha256: SHA256.digest(of: content), byteCount: content.count)
  }

  /// The name, length and digest in one line.
  public var description: String {
    "\(name), " + (rowCount.map { "\($0) \($0 == 1 ? "row" : "rows"), " } ?? "")
      + "\(byteCount) bytes, SHA-256 \(sha256)"
  }
}
