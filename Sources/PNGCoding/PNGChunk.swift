/// A chunk of a PNG file: its kind and where its data lies.
struct PNGChunk {
  /// The eight bytes that every PNG file begins with.
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  let kind: String
  let data: Range<Int>

  /// The chunks of a file, to the one that ends it.
  ///
  /// Throws when the bytes are no PNG file or stop early. Checksums are libpng's business.
  static func all(of file: [UInt8]) throws(PNGError) -> [PNGChunk] {
    guard file.starts(with: signature) else {
      throw PNGError(
        signature.starts(with: file)
          ? "the PNG data is truncated: it ends after \(file.count) bytes, within the signature"
          : "the data is not a PNG file: it does not begin with the PNG signature")
    }
    var chunks: [PNGChunk] = []
    var at = signature.count
    while chunks.last?.kind != "IEND" {
      guard at + 12 <= file.count else { throw truncated(file.count) }
      let length = Int(number(file, at))
      let tag = file[at + 4..<at + 8]
      guard length < 1 << 31, tag.allSatisfy({ (65...90).contains($0) || (97...122).contains($0) })
      else {
        throw PNGError("the PNG data is damaged: no chunk begins at byte \(at)")
      }
      guard length <= file.count - at - 12 else { throw truncated(file.count) }
      chunks.append(
        PNGChunk(
          kind: String(decoding: tag, as: UTF8.self), data: at + 8..<at + 8 + length))
      at += 12 + length
    }
    return chunks
  }

  private static func truncated(_ count: Int) -> PNGError {
    PNGError("the PNG data is truncated: it ends after \(count) bytes, before its last chunk")
  }

  /// The big-endian number of four bytes at `at`.
  static func number(_ file: [UInt8], _ at: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 << 8 | UInt32(file[at + $1]) }
  }
}
