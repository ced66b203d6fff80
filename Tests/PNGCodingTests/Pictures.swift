import Raster
import Tensors

/// Pictures of every kind that a report shows, and of some that none does.
enum Pictures {
  static let all: [(name: String, bitmap: Bitmap)] = drawn + odd

  private static let drawn: [(name: String, bitmap: Bitmap)] = [
    ("plot", plot()),
    ("field", field { a, b in [a, b, UInt8((Int(a) + Int(b)) / 2), 255] }),
    ("heat map", field { a, b in map[Int(a) / 2 + Int(b) / 2] }),
    ("slope", field { a, _ in [a, a, a, 255] }),
    ("photograph", photograph()),
    ("glow", field { a, b in [255, 200, 0, a > b ? a - b : 0] }),
    ("blocks", blocks(colors: 30)),
    ("cells", blocks(colors: 400)),
    ("page", page()),
  ]

  private static let odd: [(name: String, bitmap: Bitmap)] = [
    ("noise", noise(values: 0...255)),
    ("few values", noise(values: 0...3)),
    ("stripes", picture(300, 200) { x, y in (x + y) % 7 < 3 ? [0, 90, 0, 255] : [1, 2, 3, 255] }),
    ("one colour", picture(500, 300) { _, _ in [1, 2, 3, 255] }),
    ("nothing", picture(200, 100) { _, _ in [0, 0, 0, 0] }),
    ("hidden colours", picture(64, 64) { x, y in [UInt8(x * 4), UInt8(y * 4), 9, 0] }),
    ("pixel", picture(1, 1) { _, _ in [9, 8, 7, 255] }),
    ("column", picture(1, 3000) { _, y in [UInt8(y / 20), UInt8(y % 7), 0, 255] }),
    ("row", picture(70_000, 1) { x, _ in [UInt8(x / 700), UInt8(x % 5), 0, 255] }),
    ("wide", picture(33_000, 3) { x, y in [UInt8(x * 7 % 256), UInt8(x / 200), UInt8(y), 255] }),
  ]

  static func picture(_ width: Int, _ height: Int, _ pixel: (Int, Int) -> [UInt8]) -> Bitmap {
    Bitmap(
      width: width, height: height,
      pixels: (0..<width * height).flatMap { pixel($0 % width, $0 / width) })
  }

  /// Three lines on white, with words.
  static func plot() -> Bitmap {
    var canvas = Canvas(size: Size(width: 640, height: 480))
    for (k, color) in [0x0072B2, 0xE69F00, 0x009E73].enumerated() {
      let points = (0..<200).map { i in
        Point(60 + Double(i) * 2.8, 420 - 300 / (1 + Double(i) / 40) - Double(k * 20 + i * 7 % 5))
      }
      canvas.stroke(
        .polyline(points), Stroke(width: 1.5, join: .round), Color(hex: UInt32(color)))
      canvas.draw(Text("series \(k)", size: 10), at: Point(500, 100 + 20 * Double(k)))
    }
    return canvas.bitmap()
  }

  /// Two smooth functions of the place.
  private static func field(_ pixel: (UInt8, UInt8) -> [UInt8]) -> Bitmap {
    picture(400, 300) { x, y in
      let (a, b) = (x * x / 700 + y, (x - 200) * (y - 150) / 150 + 128)
      return pixel(UInt8(min(max(a / 3, 0), 255)), UInt8(min(max(b, 0), 255)))
    }
  }

  static let map = (0..<256).map { (i: Int) -> [UInt8] in
    [UInt8(i), UInt8(i * i / 256), UInt8(255 - i), 255]
  }

  /// Soft colours with grain.
  private static func photograph() -> Bitmap {
    var random = SplitMix64(seed: 1)
    return picture(200, 150) { x, y in
      (0..<4).map { (k: Int) -> UInt8 in
        let level = 60 + x / 3 + y * k / 5 + Int.random(in: 0...6, using: &random)
        return k == 3 ? 255 : UInt8(level)
      }
    }
  }

  private static func blocks(colors: Int) -> Bitmap {
    var random = SplitMix64(seed: UInt64(colors))
    let cells = (0..<2000).map { _ in Int.random(in: 0..<colors, using: &random) }
    return picture(480, 310) { x, y in
      let cell = cells[x / 12 + y / 12 * 40]
      return [UInt8(cell & 15) * 17, UInt8(cell >> 4 & 31) * 8, 99, 255]
    }
  }

  /// A page of small words.
  private static func page() -> Bitmap {
    var canvas = Canvas(size: Size(width: 300, height: 200))
    for line in 0..<14 {
      canvas.draw(
        Text("what is drawn, and what is not: \(line * 7919)", size: 9),
        at: Point(5, 12 + 13 * Double(line)))
    }
    return canvas.bitmap()
  }

  private static func noise(values: ClosedRange<UInt8>) -> Bitmap {
    var random = SplitMix64(seed: 2)
    return picture(150, 150) { _, _ in
      (0..<3).map { _ in UInt8.random(in: values, using: &random) } + [255]
    }
  }
}
