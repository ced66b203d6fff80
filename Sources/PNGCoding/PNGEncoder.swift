internal import CPNG
public import Raster

/// Turns bitmaps into PNG files.
public enum PNGEncoder {
  /// The bytes of a PNG file with the bitmap's pixels.
  ///
  /// The smallest form that holds them is chosen: a palette of up to 256 colours, grey, RGB, or
  /// RGBA where something is transparent. The same pixels make the same bytes on the same version
  /// of zlib.
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
  /// - Complexity: O(pixels); about 6 ms for a line plot of 1280×960 pixels.
  public static func encode(
    _ bitmap: Bitmap, pixelsPerPoint: Double? = nil, tolerance: Int = 0
  ) throws(PNGError) -> [UInt8] {
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
    let form = PixelForm(bitmap, tolerance: tolerance)
    // Thorough compression of a palette takes 9 ns a pixel and saves a fifth; large pictures are
    // compressed quickly. Without a palette the search for row filters would come on top.
    let isLarge = width * height > 1 << 20
    var file = try write(
      form, width, height, unfiltered: form.layout != CPNG_PALETTE || isLarge)
    if form.layout != CPNG_PALETTE, width * height <= 1 << 16 {
      // For a small picture there is time to see whether row filters make it smaller.
      let filtered = try write(form, width, height, unfiltered: false)
      if filtered.count < file.count { file = filtered }
    }
    if let pixelsPerPoint {
      let chunk = PNGChunk.physicalSize(pixelsPerPoint: pixelsPerPoint)
      // Right after the header: 8 bytes of signature, 25 of IHDR.
      file.insert(contentsOf: chunk, at: 33)
    }
    return file
  }

  private static func write(
    _ form: PixelForm, _ width: UInt32, _ height: UInt32, unfiltered: Bool
  ) throws(PNGError) -> [UInt8] {
    let limit = cpng_size_limit(width, height, form.layout)
    var size = limit
    var message = [CChar](repeating: 0, count: cpng_message_size)
    var done: Int32 = 0
    // The C wall: libpng writes at most `capacity` bytes and says how many.
    let file = unsafe [UInt8](unsafeUninitializedCapacity: limit) { file, count in
      done = unsafe cpng_write(
        form.pixels, width, height, form.layout, form.palette, UInt32(form.palette.count / 4),
        unfiltered ? 1 : 0,
        file.baseAddress, &size, &message)
      count = done != 0 ? size : 0
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
