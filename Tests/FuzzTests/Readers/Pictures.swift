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

/// A TrueType font, and some text drawn with it.
@Sendable func readTrueType(_ bytes: [UInt8]) throws {
  let font = try Font(trueType: bytes)
  var canvas = Canvas(size: Size(width: 60, height: 30), scale: 1)
  canvas.draw(Text("Åg fi ½∂ x^{2}", size: 12, font: font), at: Point(5, 20), color: .black)
  _ = canvas.bitmap()
}
