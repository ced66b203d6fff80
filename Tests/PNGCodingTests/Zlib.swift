import CZlib

/// What zlib makes of streams, for comparison: it shares no code with the compressor.
enum Zlib {
  struct Refused: Error {}

  /// The bytes of a zlib stream of which `count` are expected, its checksum compared.
  static func inflate(_ stream: [UInt8], _ count: Int) throws -> [UInt8] {
    guard stream.count >= 6, stream[0] == 0x78, (Int(stream[0]) << 8 + Int(stream[1])) % 31 == 0
    else { throw Refused() }
    // The wall before zlib reads gzip: the same blocks between another header and another sum.
    let reversed = { (number: UInt32) in (0..<4).map { UInt8(number >> (8 * $0) & 255) } }
    var bytes = [UInt8](repeating: 0, count: count + 1)
    var produced = 0
    // The sum of what comes is not known before it came: a first reading ends with its refusal.
    func read(_ sum: [UInt8]) throws -> CZlibStatus {
      let gzip = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF] + stream[2..<stream.count - 4] + sum
      return try unsafe gzip.withUnsafeBufferPointer { gzip in
        guard let start = gzip.baseAddress,
          let reader = unsafe czlib_open(start, gzip.count)
        else { throw Refused() }
        defer { unsafe czlib_close(reader) }
        return unsafe bytes.withUnsafeMutableBufferPointer { bytes in
          unsafe czlib_read(reader, bytes.baseAddress.unsafelyUnwrapped, bytes.count, &produced)
        }
      }
    }
    _ = try read([UInt8](repeating: 0, count: 8))
    guard produced == count else { throw Refused() }
    bytes.removeLast()
    let sum = reversed(crc(bytes)) + reversed(UInt32(count))
    let result = bytes
    bytes.append(0)
    guard try read(sum) == CZlibEnded, produced == count else { throw Refused() }
    var (a, b) = (1, 0)
    for byte in result {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    let end = stream.suffix(4).reduce(0) { $0 << 8 | Int($1) }
    guard end == b << 16 | a else { throw Refused() }
    return result
  }

  /// How long zlib's stream of the bytes is at its best level.
  static func best(_ bytes: [UInt8]) -> Int {
    let limit = czlib_bound(bytes.count)
    var size = 0
    _ = unsafe [UInt8](unsafeUninitializedCapacity: limit) { target, filled in
      // Of an empty array there is an address too, with nothing behind it.
      size = unsafe bytes.withUnsafeBufferPointer { bytes in
        var nothing: UInt8 = 0
        return unsafe withUnsafePointer(to: &nothing) { nothing in
          unsafe czlib_compress(
            bytes.baseAddress ?? nothing, bytes.count, target.baseAddress.unsafelyUnwrapped, limit)
        }
      }
      filled = 0
    }
    return size
  }

  private static let table = (0..<256).map { (byte: UInt32) in
    (0..<8).reduce(byte) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
  }
}
