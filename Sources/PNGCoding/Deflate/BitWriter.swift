/// Writes bits, the lowest of each byte first.
struct BitWriter {
  var bytes: [UInt8] = []
  private var bits: UInt64 = 0
  private var count = 0

  @inline(__always)
  mutating func put(_ value: Int, _ length: Int) {
    bits |= UInt64(truncatingIfNeeded: value) << UInt64(count)
    count += length
    while count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: bits))
      bits >>= 8
      count -= 8
    }
  }

  /// Fills the last byte with zeros.
  mutating func align() {
    if count > 0 { put(0, 8 - count) }
  }

  /// How many bits are missing to the end of a byte.
  var missing: Int { (8 - count) & 7 }

  /// Ends the stream: the rest of the last byte, and the checksum.
  mutating func finish(checksum: UInt32) {
    align()
    for shift in [24, 16, 8, 0] as [UInt32] {
      bytes.append(UInt8(truncatingIfNeeded: checksum >> shift))
    }
  }
}
