/// Big-endian numbers at checked positions of a font file, or of one table of it.
struct FontBytes {
  private let bytes: ArraySlice<UInt8>
  /// What the bytes are, for messages: `“glyf” table`.
  private let name: String

  init(_ bytes: ArraySlice<UInt8>, name: String) {
    self.bytes = bytes
    self.name = name
  }

  var count: Int { bytes.count }

  /// The byte at `offset`.
  func uint8(_ offset: Int) throws(FontError) -> Int {
    try check(offset, 1)
    return Int(bytes[bytes.startIndex + offset])
  }

  /// The unsigned 16-bit number at `offset`.
  func uint16(_ offset: Int) throws(FontError) -> Int {
    try check(offset, 2)
    let i = bytes.startIndex + offset
    return Int(bytes[i]) << 8 | Int(bytes[i + 1])
  }

  /// The signed 16-bit number at `offset`.
  func int16(_ offset: Int) throws(FontError) -> Int {
    Int(Int16(truncatingIfNeeded: try uint16(offset)))
  }

  /// The unsigned 32-bit number at `offset`.
  func uint32(_ offset: Int) throws(FontError) -> Int {
    try uint16(offset) << 16 | uint16(offset + 2)
  }

  /// The `count` bytes from `offset`.
  func slice(_ offset: Int, _ count: Int, name: String) throws(FontError) -> FontBytes {
    try check(offset, count)
    let start = bytes.startIndex + offset
    return FontBytes(bytes[start..<start + count], name: name)
  }

  private func check(_ offset: Int, _ count: Int) throws(FontError) {
    guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else {
      throw FontError(
        "the font's \(name) ends after \(bytes.count) bytes, before byte \(offset + count)")
    }
  }
}
