import Raster
import Testing

@Suite
struct ImageTests {
  private func drawn(
    _ picture: Bitmap, width: Int, height: Int, _ interpolation: Interpolation
  ) -> Bitmap {
    let size = Size(width: Double(width), height: Double(height))
    var canvas = Canvas(size: size, scale: 1)
    canvas.draw(
      picture, in: Rect(origin: .zero, size: size), interpolation: interpolation)
    return canvas.bitmap()
  }

  private let four = Bitmap(width: 2, height: 2, gray: [0, 0.2, 0.6, 1])

  @Test
  func `Nearest makes each pixel a block`() {
    let bitmap = drawn(four, width: 6, height: 4, .nearest)
    for y in 0..<4 {
      for x in 0..<6 { #expect(bitmap[x, y] == four[x / 3, y / 2]) }
    }
  }

  @Test
  func `At its own size a picture comes out as it is, either way`() {
    #expect(drawn(four, width: 2, height: 2, .nearest) == four)
    #expect(drawn(four, width: 2, height: 2, .smooth) == four)
  }

  @Test
  func `Smooth keeps a single colour, and never leaves the range of the picture`() {
    let flat = Bitmap(width: 3, height: 2, color: Color(hex: 0x4477AA))
    let enlarged = drawn(flat, width: 31, height: 17, .smooth)
    #expect(enlarged == Bitmap(width: 31, height: 17, color: Color(hex: 0x4477AA)))
    let between = drawn(
      Bitmap(width: 2, height: 1, gray: [0.2, 0.8]), width: 20, height: 1, .smooth)
    let levels = (0..<20).map { between[$0, 0].red }
    #expect(levels == levels.sorted())
    #expect(levels[0] == 51.0 / 255 && levels[19] == 204.0 / 255)
  }

  @Test
  func `Reduced, a chequerboard is the grey of half the light`() {
    let board = Bitmap(
      width: 64, height: 64, gray: (0..<4096).map { Double(($0 % 64 + $0 / 64) % 2) })
    let bitmap = drawn(board, width: 4, height: 4, .smooth)
    #expect(bitmap == Bitmap(width: 4, height: 4, color: Color(gray: 188.0 / 255)))
  }

  @Test
  func `Transparent pixels let the ground through, and lend nothing to their neighbours`() {
    let picture = Bitmap(width: 2, height: 1, pixels: [255, 0, 0, 255, 0, 255, 0, 0])
    let nearest = drawn(picture, width: 2, height: 1, .nearest)
    #expect(nearest.pixels == [255, 0, 0, 255, 255, 255, 255, 255])
    let smooth = drawn(picture, width: 9, height: 1, .smooth)
    for x in 0..<9 { #expect(smooth[x, 0].red == 1 && smooth[x, 0].green == smooth[x, 0].blue) }
  }

  @Test
  func `Turned by a quarter, the pixels are turned`() {
    var canvas = Canvas(size: Size(width: 2, height: 2), scale: 1)
    let turn = AffineTransform.rotation(degrees: 90).concatenating(.translation(x: 0, y: 2))
    canvas.transformed(by: turn) {
      $0.draw(four, in: Rect(x: 0, y: 0, width: 2, height: 2))
    }
    let bitmap = canvas.bitmap()
    #expect(bitmap[0, 0] == four[1, 0] && bitmap[1, 0] == four[1, 1])
    #expect(bitmap[0, 1] == four[0, 0] && bitmap[1, 1] == four[0, 1])
  }

  @Test
  func `An empty picture or rectangle draws nothing`() {
    var canvas = Canvas(size: Size(width: 2, height: 2), scale: 1)
    canvas.draw(Bitmap(width: 0, height: 5), in: Rect(x: 0, y: 0, width: 2, height: 2))
    canvas.draw(four, in: .zero)
    #expect(canvas.bitmap() == Bitmap(width: 2, height: 2, color: .white))
  }

  @Test
  func `Levels outside 0…1 and NaN are clamped`() {
    let bitmap = Bitmap(width: 4, height: 1, gray: [-1, 2, Double.nan, 0.5])
    #expect((0..<4).map { bitmap[$0, 0].red * 255 } == [0, 255, 0, 128])
  }
}
