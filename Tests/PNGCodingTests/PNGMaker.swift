/// Writes PNG files of any size, depth and kind, uncompressed, to read them back.
struct PNGMaker {
  var width: Int
  var height: Int
  var depth: Int
  /// The colour type: 0 grey, 2 RGB, 4 grey and opacity, 6 RGB and opacity.
  var kind: Int
  var isInterlaced = false
  /// Chunks between the header and the pixels.
  var extra: [[UInt8]] = []

  var channels: Int { [0: 1, 2: 3, 4: 2, 6: 4][kind] ?? 1 }

  /// The file whose component `c` of pixel (x, y) is `component(x, y, c)`; 8 or 16 bits.
  func file(_ component: (_ x: Int, _ y: Int, _ c: Int) -> Int) -> [UInt8] {
    let passes =
      isInterlaced
      ? [
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
        (0, 1, 1, 2),
      ] : [(0, 0, 1, 1)]
    var rows: [UInt8] = []
    for (left, top, stepX, stepY) in passes where left < width {
      for y in stride(from: top, to: height, by: stepY) {
        rows.append(0)
        for x in stride(from: left, to: width, by: stepX) {
          for c in 0..<channels {
            let value = component(x, y, c)
            if depth == 16 { rows.append(UInt8(value >> 8)) }
            rows.append(UInt8(value & 255))
          }
        }
      }
    }
    let header =
      Self.number(width) + Self.number(height)
      + [UInt8(depth), UInt8(kind), 0, 0, isInterlaced ? 1 : 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Self.chunk("IHDR", header)
      + extra.joined() + Self.chunk("IDAT", Self.stored(rows)) + Self.chunk("IEND", [])
  }

  /// A `gAMA` chunk with the exponent times 100,000.
  static func gamma(_ number: Int) -> [UInt8] { chunk("gAMA", self.number(number)) }

  static func chunk(_ kind: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(kind.utf8) + data
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in body {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return number(data.count) + body + number(Int(~crc))
  }

  /// A zlib stream of stored blocks.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x78, 0x01]
    var rest = bytes[...]
    repeat {
      let piece = rest.prefix(65535)
      rest = rest.dropFirst(piece.count)
      let (low, high) = (UInt8(piece.count & 255), UInt8(piece.count >> 8))
      result += [rest.isEmpty ? 1 : 0, low, high, ~low, ~high]
      result += piece
    } while !rest.isEmpty
    var (a, b): (UInt32, UInt32) = (1, 0)
    for byte in bytes {
      a = (a + UInt32(byte)) % 65521
      b = (b + a) % 65521
    }
    return result + number(Int(b << 16 | a))
  }

  private static func number(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
