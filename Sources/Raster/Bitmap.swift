import Requirements

/// A picture as rows of pixels, from the top, each with red, green, blue and opacity as bytes.
///
/// The components are encoded sRGB and not multiplied by the opacity, as PNG files have them.
public struct Bitmap: Sendable, Hashable {
  /// The number of pixels in a row.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// The bytes R, G, B, A of each pixel, row by row: `4 · width · height` of them.
  public internal(set) var pixels: [UInt8]

  /// A bitmap with every pixel in one colour.
  ///
  /// Traps when a side is negative.
  public init(width: Int, height: Int, color: Color = .clear) {
    require(
      width >= 0 && height >= 0, "a bitmap has no negative side, but is \(width)×\(height) here")
    self.width = width
    self.height = height
    let (red, green, blue, alpha) = color.bytes
    let count = width * height
    // Whole pixels at a time: byte by byte, clearing a large canvas took as long as drawing on it.
    pixels = unsafe [UInt8](unsafeUninitializedCapacity: 4 * count) { bytes, filled in
      let pixel = unsafe unsafeBitCast(SIMD4(red, green, blue, alpha), to: UInt32.self)
      let start = UnsafeMutableRawBufferPointer(bytes)
      unsafe start.initializeMemory(as: UInt32.self, repeating: pixel)
      unsafe start.bindMemory(to: UInt8.self)
      filled = 4 * count
    }
  }

  /// A bitmap with the given bytes, R, G, B, A for each pixel, row by row.
  ///
  /// Traps when their number is not `4 · width · height`.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    require(
      width >= 0 && height >= 0 && pixels.count == 4 * width * height,
      "a bitmap of \(width)×\(height) has \(4 * width * height) bytes, not \(pixels.count)")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// An opaque grey bitmap: one level per pixel, 0 black to 1 white, row by row.
  ///
  /// Values outside 0…1 are clamped, NaN is black. Traps when there are not `width · height` of them.
  public init(width: Int, height: Int, gray levels: some Collection<some BinaryFloatingPoint>) {
    require(
      levels.count == width * height,
      "a bitmap of \(width)×\(height) has \(width * height) levels, not \(levels.count)")
    self.init(width: width, height: height, color: .black)
    var i = 0
    for level in levels {
      let byte = Color(gray: level.isNaN ? 0 : Double(level)).bytes.red
      pixels[i] = byte
      pixels[i + 1] = byte
      pixels[i + 2] = byte
      i += 4
    }
  }

  /// The colour of the pixel in column `x` of row `y`, counted from the upper left.
  ///
  /// Traps outside the picture.
  public subscript(x: Int, y: Int) -> Color {
    get {
      let i = index(x, y)
      return Color(
        red: Double(pixels[i]) / 255, green: Double(pixels[i + 1]) / 255,
        blue: Double(pixels[i + 2]) / 255, alpha: Double(pixels[i + 3]) / 255)
    }
    set {
      let i = index(x, y)
      (pixels[i], pixels[i + 1], pixels[i + 2], pixels[i + 3]) = newValue.bytes
    }
  }

  private func index(_ x: Int, _ y: Int) -> Int {
    require(
      x >= 0 && x < width && y >= 0 && y < height,
      "pixel (\(x), \(y)) lies outside the bitmap of \(width)×\(height)")
    return 4 * (y * width + x)
  }
}
