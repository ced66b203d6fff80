internal import CPNG
public import Raster

/// Turns PNG files into bitmaps.
public enum PNGDecoder {
  /// The most pixels a picture may have: 2²⁶, 256 MB once decoded.
  public static let pixelLimit = 1 << 26

  /// The pixels of a PNG file of any kind: grey, palette, RGB, with or without transparency, 1 to
  /// 16 bits per component, interlaced or not. Components of 16 bits are rounded to 8.
  ///
  /// - Throws: ``PNGError`` when the bytes are not a PNG file, stop early, are damaged, or describe
  ///   more than ``pixelLimit`` pixels (nothing is allocated for those).
  public static func decode(_ file: [UInt8]) throws(PNGError) -> Bitmap {
    let (width, height) = try size(of: file)
    var message = [CChar](repeating: 0, count: cpng_message_size)
    var done: Int32 = 0
    // The C wall: libpng fills exactly the width and height that it is given.
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: 4 * width * height) { pixels, count in
      done = unsafe cpng_read(
        file, file.count, UInt32(width), UInt32(height), pixels.baseAddress, &message)
      count = done != 0 ? 4 * width * height : 0
    }
    guard done != 0 else {
      throw PNGError("the PNG data is damaged: libpng says “\(PNGEncoder.text(message))”")
    }
    return Bitmap(width: width, height: height, pixels: pixels)
  }

  /// The number of columns and rows of a PNG file, without decoding its pixels.
  ///
  /// - Throws: ``PNGError`` as ``decode(_:)`` does, damage within the pixels excepted.
  public static func size(of file: [UInt8]) throws(PNGError) -> (width: Int, height: Int) {
    let chunks = try PNGChunk.all(of: file)
    guard let header = chunks.first, header.kind == "IHDR", header.data.count == 13 else {
      throw PNGError("the PNG data is damaged: it does not begin with a header chunk")
    }
    let width = Int(PNGChunk.number(file, header.data.lowerBound))
    let height = Int(PNGChunk.number(file, header.data.lowerBound + 4))
    guard width > 0, height > 0 else {
      throw PNGError("the PNG data is damaged: its picture is \(width)×\(height) pixels")
    }
    guard width <= pixelLimit / height else {
      throw PNGError(
        "the PNG picture is too large: \(width)×\(height) pixels, where \(pixelLimit) are read")
    }
    return (width, height)
  }

  /// How many pixels a point (1/72 inch) has, as far as the file records it.
  ///
  /// - Throws: ``PNGError`` when the bytes are not a PNG file or stop early.
  public static func pixelsPerPoint(of file: [UInt8]) throws(PNGError) -> Double? {
    for chunk in try PNGChunk.all(of: file) where chunk.kind == "pHYs" && chunk.data.count == 9 {
      let start = chunk.data.lowerBound
      let perMeter = PNGChunk.number(file, start)
      guard file[start + 8] == 1, perMeter == PNGChunk.number(file, start + 4) else { return nil }
      return Double(perMeter) * 0.0254 / 72
    }
    return nil
  }
}
