import PNGCoding
import Raster

/// A PNG file; the pixels survive being written and read.
@Sendable func readPNG(_ bytes: [UInt8]) throws {
  _ = try? PNGDecoder.pixelsPerPoint(of: bytes)
  let bitmap = try PNGDecoder.decode(bytes, pixelLimit: 1 << 20)
  guard bitmap.width * bitmap.height <= 1 << 12 else { return }
  let again = try PNGDecoder.decode(PNGEncoder.encode(bitmap))
  try expect(again == bitmap, "the pixels change when they are written and read")
}

/// A picture that the input paints: written as a PNG file and read, it is the same.
///
/// The first two bytes are the width and what colours there are, the rest runs, noise, and copies of what
/// was painted: three bytes for each.
@Sendable func writePixels(_ bytes: [UInt8]) throws {
  guard bytes.count >= 5 else { return }
  let width = 1 + Int(bytes[0]) * (1 + Int(bytes[1] >> 4))
  let most = 1 << 15
  var colors: [Int] = []
  var noise = UInt32(bytes[2])
  for start in stride(from: 2, to: bytes.count - 2, by: 3) {
    let (kind, value, length) = (bytes[start], Int(bytes[start + 1]), Int(bytes[start + 2]))
    let count = min(kind & 8 == 0 ? length : 16 * length, most - colors.count)
    let back = [1, width, 1 + value, 1 + value * 129, width + value][Int(kind >> 4) % 5]
    for _ in 0..<count {
      switch kind & 7 {
      case 0, 1: colors.append(value)
      case 2:
        noise = noise &* 1_664_525 &+ 1_013_904_223
        colors.append(Int(noise >> 16) & value)
      case 3: colors.append((colors.last ?? 0) + value)
      default: colors.append(colors.count >= back ? colors[colors.count - back] : value)
      }
    }
  }
  let height = max(colors.count / width, 1)
  let pixels = (0..<width * height).flatMap { i -> [UInt8] in
    let color = i < colors.count ? colors[i] : 0
    let (low, high) = (UInt8(color & 255), UInt8(color >> 8 & 255))
    switch bytes[1] & 7 {
    case 0: return [low, low, low, 255]
    case 1: return [low & 1 &* 255, low & 1 &* 255, low & 1 &* 255, 255]
    case 2: return [low & 15, high, 3, 255]
    case 3: return [low, high, low ^ high, 255]
    case 4: return [low, high, 0, low | 0xF0]
    default: return [low, low &* 3, 0, low & 7 == 0 ? high : 255]
    }
  }
  let bitmap = Bitmap(width: width, height: height, pixels: pixels)
  let again = try PNGDecoder.decode(PNGEncoder.encode(bitmap))
  try expect(again == bitmap, "the pixels change when they are written and read")
}

/// A TrueType font, and some text drawn with it.
@Sendable func readTrueType(_ bytes: [UInt8]) throws {
  let font = try Font(trueType: bytes)
  var canvas = Canvas(size: Size(width: 60, height: 30), scale: 1)
  canvas.draw(Text("Åg fi ½∂ x^{2}", size: 12, font: font), at: Point(5, 20), color: .black)
  _ = canvas.bitmap()
}
