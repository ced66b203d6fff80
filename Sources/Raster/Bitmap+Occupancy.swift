extension Bitmap {
  /// For each corner of the pixels' grid, row after row, how many pixels above and left of it differ
  /// from a ground: a summed-area table, from which four numbers say what a rectangle holds.
  ///
  /// Here and not where a legend looks for its place, because it looks at every pixel.
  package func paintedSums(on ground: Color) -> [Int32] {
    let (red, green, blue, alpha) = ground.bytes
    let empty = unsafe unsafeBitCast(SIMD4(red, green, blue, alpha), to: UInt32.self)
    let stride = width + 1
    // Every pixel of the plot area passes here.
    return unsafe [Int32](unsafeUninitializedCapacity: stride * (height + 1)) { sums, filled in
      filled = stride * (height + 1)
      for x in 0..<stride { unsafe sums.initializeElement(at: x, to: 0) }
      unsafe pixels.withUnsafeBytes { pixels in
        for y in 0..<height {
          let above = y * stride
          let row = above + stride
          unsafe sums.initializeElement(at: row, to: 0)
          var painted: Int32 = 0
          for x in 0..<width {
            let pixel = unsafe pixels.loadUnaligned(
              fromByteOffset: 4 * (y * width + x), as: UInt32.self)
            if pixel != empty, Self.differ(pixel, empty) { painted += 1 }
            unsafe sums.initializeElement(at: row + x + 1, to: sums[above + x + 1] + painted)
          }
        }
      }
    }
  }

  /// Whether two colours are further apart than rounding takes them.
  private static func differ(_ a: UInt32, _ b: UInt32) -> Bool {
    for shift: UInt32 in [0, 8, 16, 24] {
      let difference = Int(a >> shift & 255) - Int(b >> shift & 255)
      if abs(difference) > 4 { return true }
    }
    return false
  }
}
