internal import CPNG
public import Raster

/// Turns PNG files into bitmaps.
public enum PNGDecoder {
  /// The most pixels that a picture may have unless another limit is given: 2²⁶, 256 MB once decoded.
  public static let pixelLimit = 1 << 26

  /// The pixels of a PNG file of any kind: grey, palette, RGB, with or without transparency, 1 to
  /// 16 bits per component, interlaced or not.
  ///
  /// Components of 16 bits are rounded to the nearest of 8. A file with a `gAMA` chunk, and neither
  /// an `sRGB` nor an `iCCP` chunk beside it, is brought to the screen's encoding as browsers do it:
  /// with the exponent 1 / (2.2 · gAMA), unless that is within 5 % of 1. A colour profile is not
  /// applied, nor are `cHRM`, `sBIT` and `bKGD`.
  ///
  /// Takes 4 bytes of memory a pixel, 12 while a file of 16 bits is read.
  ///
  /// - Parameters:
  ///   - file: The bytes of the file.
  ///   - limit: The most pixels that the picture may have.
  /// - Throws: ``PNGError`` when the bytes are not a PNG file, stop early, are damaged, or describe
  ///   more than `limit` pixels, or more than bytes of their number can hold (nothing is
  ///   allocated for those).
  public static func decode(
    _ file: [UInt8], pixelLimit limit: Int = pixelLimit
  ) throws(PNGError) -> Bitmap {
    let chunks = try PNGChunk.all(of: file)
    let header = try PNGHeader(file, chunks, pixelLimit: limit)
    let count = 4 * header.width * header.height
    let gamma = GammaCorrection(file, chunks)
    guard header.depth == 16 else {
      var pixels = try components(file, header, byteCount: count)
      gamma?.correct(&pixels)
      return Bitmap(width: header.width, height: header.height, pixels: pixels)
    }
    let wide = try components(file, header, byteCount: 2 * count)
    return Bitmap(
      width: header.width, height: header.height, pixels: narrowed(wide, gamma))
  }

  /// The number of columns and rows of a PNG file, without decoding its pixels.
  ///
  /// - Throws: ``PNGError`` as ``decode(_:pixelLimit:)`` does, damage within the pixels excepted.
  public static func size(
    of file: [UInt8], pixelLimit limit: Int = pixelLimit
  ) throws(PNGError) -> (width: Int, height: Int) {
    let header = try PNGHeader(file, PNGChunk.all(of: file), pixelLimit: limit)
    return (header.width, header.height)
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

  /// R, G, B, A of each pixel as the file has them, in one byte or in two.
  private static func components(
    _ file: [UInt8], _ header: PNGHeader, byteCount: Int
  ) throws(PNGError) -> [UInt8] {
    var message = [CChar](repeating: 0, count: cpng_message_size)
    var done: Int32 = 0
    // The C wall: libpng fills exactly the width, height and depth that it is given.
    let pixels = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { pixels, count in
      done = unsafe cpng_read(
        file, file.count, UInt32(header.width), UInt32(header.height), header.depth == 16 ? 1 : 0,
        pixels.baseAddress, &message)
      count = done != 0 ? byteCount : 0
    }
    guard done != 0 else {
      throw PNGError("the PNG data is damaged: libpng says “\(PNGEncoder.text(message))”")
    }
    return pixels
  }

  /// Components of 16 bits as the nearest of 8.
  private static func narrowed(_ wide: [UInt8], _ gamma: GammaCorrection?) -> [UInt8] {
    let levels = gamma?.wideLevels(of: wide)
    let count = wide.count / 2
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
      for i in 0..<count {
        let value = Int(wide[2 * i]) << 8 | Int(wide[2 * i + 1])
        // The fourth component is the opacity, which has no gamma.
        if let levels, i % 4 != 3 {
          unsafe bytes[i] = levels[value]
        } else {
          unsafe bytes[i] = UInt8((value * 255 + 32767) / 65535)
        }
      }
      filled = count
    }
  }
}
