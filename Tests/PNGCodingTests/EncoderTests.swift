import PNGCoding
import Raster
import Tensors
import Testing

@Suite
struct EncoderTests {
  /// The bit depth and colour type of a file's header.
  private func kind(_ file: [UInt8]) -> (depth: UInt8, type: UInt8) { (file[24], file[25]) }

  private func picture(_ width: Int, _ height: Int, _ pixel: (Int) -> [UInt8]) -> Bitmap {
    Bitmap(width: width, height: height, pixels: (0..<width * height).flatMap(pixel))
  }

  @Test(arguments: [2, 4, 16, 17, 256])
  func `Few colours become a palette with as few bits as they need`(colors: Int) throws {
    let bitmap = picture(40, 40) { [UInt8($0 % colors), 7, 200, 255] }
    let file = try PNGEncoder.encode(bitmap)
    #expect(kind(file).type == 3)
    #expect(kind(file).depth == (colors <= 2 ? 1 : colors <= 4 ? 2 : colors <= 16 ? 4 : 8))
    #expect(try PNGDecoder.decode(file) == bitmap)
  }

  @Test
  func `Many greys are grey, many colours RGB, with transparency RGBA; all come back`() throws {
    let gray = picture(30, 30) { [UInt8($0 % 200), UInt8($0 % 200), UInt8($0 % 200), 255] }
    #expect(kind(try PNGEncoder.encode(gray)).type == 0)
    #expect(try PNGDecoder.decode(PNGEncoder.encode(gray)) == gray)
    let rgb = picture(30, 30) { [UInt8($0 % 256), UInt8($0 / 256), 9, 255] }
    #expect(kind(try PNGEncoder.encode(rgb)).type == 2)
    #expect(try PNGDecoder.decode(PNGEncoder.encode(rgb)) == rgb)
    let rgba = picture(30, 30) { [UInt8($0 % 256), UInt8($0 / 256), 9, UInt8(255 - $0 % 3)] }
    #expect(kind(try PNGEncoder.encode(rgba)).type == 6)
    #expect(try PNGDecoder.decode(PNGEncoder.encode(rgba)) == rgba)
  }

  @Test(arguments: [3, 200])
  func `Transparent colours in a palette come back`(colors: Int) throws {
    let bitmap = picture(20, 20) { [UInt8($0 % colors), 0, 0, UInt8(55 + $0 % colors)] }
    let file = try PNGEncoder.encode(bitmap)
    #expect(kind(file).type == 3)
    #expect(try PNGDecoder.decode(file) == bitmap)
  }

  @Test func `Random pictures of all sizes come back`() throws {
    for side in 1...24 {
      var random = SplitMix64(seed: UInt64(side))
      let bitmap = picture(side, 25 - side) { _ in
        (0..<4).map { _ in UInt8.random(in: 0...255, using: &random) }
      }
      #expect(try PNGDecoder.decode(PNGEncoder.encode(bitmap)) == bitmap, "\(side)")
    }
  }

  @Test
  func `A picture of more colours than are counted comes back`() throws {
    let bitmap = picture(128, 128) { [UInt8($0 & 255), UInt8($0 >> 8), 1, 255] }
    #expect(try PNGDecoder.decode(PNGEncoder.encode(bitmap, tolerance: 3)) == bitmap)
  }

  @Test
  func `The same pixels make the same bytes`() throws {
    let bitmap = picture(50, 50) { [UInt8($0 % 250), UInt8($0 / 17 % 256), 0, 255] }
    #expect(try PNGEncoder.encode(bitmap) == PNGEncoder.encode(bitmap))
  }

  @Test(arguments: [1, 2, 3, 1.5])
  func `The physical size is recorded`(scale: Double) throws {
    let bitmap = Bitmap(width: 3, height: 2, color: .white)
    let file = try PNGEncoder.encode(bitmap, pixelsPerPoint: scale)
    let recorded = try #require(try PNGDecoder.pixelsPerPoint(of: file))
    #expect(abs(recorded - scale) < 0.001)
    #expect(try PNGDecoder.decode(file) == bitmap)
    #expect(try PNGDecoder.pixelsPerPoint(of: PNGEncoder.encode(bitmap)) == nil)
  }

  @Test
  func `The chunk of the physical size has its checksum`() throws {
    let file = try PNGEncoder.encode(Bitmap(width: 3, height: 2), pixelsPerPoint: 2)
    // 2 pixels per 1/72 inch are 5669 per metre; the last four bytes are Python's zlib.crc32.
    let chunk: [UInt8] =
      [0, 0, 0, 9] + Array("pHYs".utf8) + [0, 0, 0x16, 0x25, 0, 0, 0x16, 0x25, 1] + [
        0x49, 0x52, 0x24, 0xF0,
      ]
    #expect(file.firstRange(of: chunk) != nil)
  }

  @Test
  func `A picture without pixels is an error`() {
    #expect(throws: PNGError.self) { try PNGEncoder.encode(Bitmap(width: 0, height: 3)) }
  }

  @Test
  func `A tolerance makes a palette do for a plot, and no pixel strays further than it`() throws {
    let bitmap = Pictures.plot()
    let exact = try PNGEncoder.encode(bitmap)
    let reduced = try PNGEncoder.encode(bitmap, tolerance: 6)
    #expect(kind(exact).type == 2 && kind(reduced).type == 3)
    #expect(reduced.count < exact.count * 2 / 3 && reduced.count < 60_000)
    #expect(try PNGDecoder.decode(exact) == bitmap)
    let decoded = try PNGDecoder.decode(reduced)
    for (before, after) in zip(bitmap.pixels, decoded.pixels) {
      #expect(abs(Int(before) - Int(after)) <= 6)
    }
  }

  @Test
  func `Colours that fill an area change by a third of the tolerance at most, the largest not`()
    throws
  {
    // 256 cells in neighbouring colours, and some rare ones beside.
    let bitmap = picture(320, 330) { i in
      let cell = i % 320 / 20 + 16 * (i / 320 / 20)
      return cell < 256
        ? [UInt8(cell), UInt8(cell / 2), 99, 255] : [UInt8(i % 251), 3, UInt8(i % 7), 255]
    }
    let decoded = try PNGDecoder.decode(PNGEncoder.encode(bitmap, tolerance: 8))
    for (before, after) in zip(bitmap.pixels, decoded.pixels).prefix(4 * 320 * 320) {
      #expect(abs(Int(before) - Int(after)) <= 2)
    }
    let ground = Color(hex: 0x123456)
    var plot = Pictures.plot()
    for y in 0..<300 {
      for x in 700..<1000 { plot[x, y] = ground }
    }
    #expect(try PNGDecoder.decode(PNGEncoder.encode(plot, tolerance: 6))[800, 100] == ground)
  }
}
