import Raster
import Testing

@Suite
struct BlendingTests {
  private func pixel(
    on ground: Color, _ draw: (inout Canvas) -> Void
  ) -> [Int] {
    var canvas = Canvas(size: Size(width: 1, height: 1), scale: 1, background: ground)
    draw(&canvas)
    return canvas.bitmap().pixels.map { Int($0) }
  }

  private let whole = Path.rect(Rect(x: 0, y: 0, width: 1, height: 1))
  private let half = Path.rect(Rect(x: 0, y: 0, width: 0.5, height: 1))

  @Test
  func `An opaque colour replaces what is there, to the byte`() {
    #expect(pixel(on: .white) { $0.fill(whole, Color(hex: 0x1F77B4)) } == [0x1F, 0x77, 0xB4, 255])
  }

  @Test
  func `Opacity mixes encoded components, as in CSS`() {
    #expect(pixel(on: .white) { $0.fill(whole, Color.black.opacity(0.2)) } == [204, 204, 204, 255])
    #expect(pixel(on: .black) { $0.fill(whole, Color.white.opacity(0.4)) } == [102, 102, 102, 255])
  }

  @Test
  func `Coverage mixes light: the byte of half the light is between 187 and 188`() {
    // Half is 128 of 255, a little more than half.
    #expect(pixel(on: .white) { $0.fill(half, .black) } == [187, 187, 187, 255])
    #expect(pixel(on: .black) { $0.fill(half, .white) } == [188, 188, 188, 255])
  }

  @Test
  func `A translucent shape's edge mixes the light of what it would look like`() {
    // Opacity ½ makes 128 or 127 of white on black; half of its light is that of byte 92 or 93.
    let value = pixel(on: .black) { $0.fill(half, Color.white.opacity(0.5)) }[0]
    #expect((92...93).contains(value))
  }

  @Test
  func `Over nothing the colour keeps its bytes and the opacity is coverage times opacity`() {
    let color = Color(hex: 0x336699)
    #expect(pixel(on: .clear) { $0.fill(half, color) } == [0x33, 0x66, 0x99, 128])
    #expect(pixel(on: .clear) { $0.fill(whole, color.opacity(0.4)) } == [0x33, 0x66, 0x99, 102])
    // Two translucent layers: 1 − 0.6 · 0.6 = 0.64.
    let twice = pixel(on: .clear) {
      $0.fill(whole, color.opacity(0.4))
      $0.fill(whole, color.opacity(0.4))
    }
    #expect(twice == [0x33, 0x66, 0x99, 163])
  }

  /// Neighbours that look alike are mixed once.
  @Test(arguments: [1, 0.5], [Color.black, .clear])
  func `A shape mixes into each pixel as into that pixel alone`(opacity: Double, ground: Color) {
    let (width, height) = (14, 9)
    var stripes = Canvas(
      size: Size(width: Double(width), height: Double(height)), scale: 1, background: ground)
    let colors: [UInt32] = [0xFFFFFF, 0x336699, 0xD62728, 0xFFFFFF]
    for (i, color) in colors.enumerated() {
      stripes.fill(
        .rect(Rect(x: Double(3 * i) + 1.5, y: Double(i), width: 2, height: 5)), Color(hex: color))
    }
    let color = Color(hex: 0x2CA02C).opacity(opacity)
    let shape = Path.polygon([Point(0.3, 0.4), Point(13.7, 0.4), Point(12.1, 8.3), Point(2, 8.3)])
    for path in [shape, .rect(Rect(x: 0.25, y: 0.5, width: 13, height: 8.25))] {
      var whole = stripes
      whole.fill(path, color)
      var single = stripes
      for y in 0..<height {
        for x in 0..<width {
          let pixel = Rect(x: Double(x), y: Double(y), width: 1, height: 1)
          single.clipped(to: pixel) { $0.fill(path, color) }
        }
      }
      #expect(whole.bitmap() == single.bitmap())
    }
  }

  @Test
  func `A clear colour paints nothing`() {
    #expect(pixel(on: .white) { $0.fill(whole, .clear) } == [255, 255, 255, 255])
  }

  @Test func `The table of light goes there and back for every byte`() {
    for byte in 0...255 {
      let color = Color(gray: Double(byte) / 255)
      // Covering half a pixel of a colour with the same colour changes nothing.
      #expect(pixel(on: color) { $0.fill(half, color) } == [byte, byte, byte, 255], "\(byte)")
    }
  }

  @Test
  func `Luminance is that of WCAG`() {
    #expect(Color.white.luminance == 1)
    #expect(Color.black.luminance == 0)
    #expect(abs(Color(hex: 0x808080).luminance - 0.21586) < 1e-5)
    #expect(abs(Color(hex: 0x00FF00).luminance - 0.7152) < 1e-12)
  }
}
