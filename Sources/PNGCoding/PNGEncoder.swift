internal import CPNG
public import Raster

/// Turns bitmaps into PNG files.
public enum PNGEncoder {
  /// The bytes of a PNG file with the bitmap's pixels.
  ///
  /// The smallest form that holds them is chosen: a palette of up to 256 colours, grey, RGB, or
  /// RGBA where something is transparent. The same pixels make the same bytes.
  ///
  /// A drawn figure has a few colours and, along the edges of lines and letters, hundreds of
  /// mixtures of them that occur in a few pixels each. With a `tolerance` such rare colours may be
  /// replaced by similar, more frequent ones where that makes a palette suffice, and the file is half
  /// as large. Colours that fill areas, as in a colour bar, change by a third of the tolerance at
  /// most.
  ///
  /// - Parameters:
  ///   - bitmap: The picture.
  ///   - tolerance: By how many 255ths each component of a rare colour may change; 0, the default,
  ///     keeps every pixel as it is. 6 cannot be seen.
  ///   - pixelsPerPoint: How many pixels a point (1/72 inch) has, recorded as the physical size, so
  ///     that a picture drawn at scale 2 is shown as large as it was meant and twice as sharp.
  /// - Throws: ``PNGError`` when a side is 0 or longer than 2³¹ − 1 pixels, or libpng fails.
  /// - Complexity: O(pixels); about 15 ms for a line plot of 1280×960 pixels, 120 for a heat map, on one
  ///   core.
  public static func encode(
    _ bitmap: Bitmap, pixelsPerPoint: Double? = nil, tolerance: Int = 0
  ) throws(PNGError) -> [UInt8] {
    let (width, height) = try sides(of: bitmap)
    let stream = PixelStream(PixelForm(bitmap, tolerance: tolerance))
    let density = pixelsPerPoint.map {
      UInt32(min(max(($0 * 72 / 0.0254).rounded(), 1), 0x1p31 - 1))
    }
    return try write(stream, width, height, density: density ?? 0)
  }

  /// Throws where a bitmap has sides that no PNG file has: whether it can be encoded is known at once.
  package static func check(_ bitmap: Bitmap) throws(PNGError) { _ = try sides(of: bitmap) }

  private static func sides(
    of bitmap: Bitmap
  ) throws(PNGError) -> (width: UInt32, height: UInt32) {
    guard bitmap.width > 0, bitmap.height > 0 else {
      throw PNGError(
        "a PNG file has at least one pixel, but the picture is \(bitmap.width)×\(bitmap.height)")
    }
    guard let width = UInt32(exactly: bitmap.width), width < 1 << 31,
      let height = UInt32(exactly: bitmap.height), height < 1 << 31
    else {
      throw PNGError(
        "a PNG file's sides have less than 2³¹ pixels, but the picture is"
          + " \(bitmap.width)×\(bitmap.height)")
    }
    return (width, height)
  }

  private static func write(
    _ stream: PixelStream, _ width: UInt32, _ height: UInt32, density: UInt32
  ) throws(PNGError) -> [UInt8] {
    var message = [CChar](repeating: 0, count: cpng_message_size)
    var done: Int32 = 0
    var size = 0
    let file = unsafe stream.bytes.withUnsafeBufferPointer { bytes in
      unsafe stream.form.palette.withUnsafeBufferPointer { palette in
        var picture = unsafe cpng_picture(
          width: width, height: height, depth: Int32(stream.form.depth),
          kind: stream.form.layout.rawValue, palette: palette.baseAddress,
          palette_count: UInt32(palette.count / 4), density: density, stream: bytes.baseAddress,
          stream_size: bytes.count)
        size = unsafe cpng_size_limit(&picture)
        // The C wall: libpng writes at most `size` bytes and says how many.
        return unsafe [UInt8](unsafeUninitializedCapacity: size) { file, count in
          done = unsafe cpng_write(&picture, file.baseAddress, &size, &message)
          count = done != 0 ? size : 0
        }
      }
    }
    guard done != 0 else { throw PNGError("libpng cannot encode the picture: \(text(message))") }
    return file
  }

  /// A C string's characters.
  static func text(_ message: [CChar]) -> String {
    String(
      decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
