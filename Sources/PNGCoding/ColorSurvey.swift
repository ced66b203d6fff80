import Raster

/// Which colours a bitmap has, and how often.
struct ColorSurvey {
  /// More colours than this are not told apart; the picture is no drawing then.
  static let limit = 8192

  /// Whether every pixel is opaque and without hue.
  private(set) var isGray = true
  /// Whether every pixel is opaque.
  private(set) var isOpaque = true
  /// The colours as numbers, red in the lowest byte, in the order in which they first appear; empty
  /// when there are more than `limit`.
  private(set) var colors: [UInt32] = []
  /// How many pixels have each colour.
  private(set) var counts: [Int] = []
  /// How many pixels of each colour look like their left and their upper neighbour: many where it
  /// fills an area, none where it is a mixture along an edge.
  private(set) var interiors: [Int] = []
  /// For each pixel which of the colours it has; empty when there are too many.
  private(set) var indices: [UInt16] = []

  init(_ bitmap: Bitmap) {
    let pixels = bitmap.pixels
    let width = bitmap.width
    let count = width * bitmap.height
    var table = Table()
    var isCounted = true
    // A million pixels pass here. Neighbours are mostly alike, so the table is asked once per run.
    let found = unsafe [UInt16](unsafeUninitializedCapacity: count) { indices, filled in
      unsafe pixels.withUnsafeBytes { raw in
        var i = 0
        var rowEnd = width
        while i < count {
          if i == rowEnd { rowEnd += width }
          let color = unsafe Self.color(raw, i)
          let end = unsafe Self.end(of: color, raw, from: i + 1, to: rowEnd)
          let opaque = color >> 24 == 255
          isOpaque = isOpaque && opaque
          isGray = isGray && opaque && (color & 0xFF) &* 0x010101 == color & 0xFFFFFF
          if isCounted, let place = table.place(of: color) {
            table.counts[place] += end - i
            if i >= width, table.interiors[place] < PaletteReduction.flat {
              for k in i + 1..<max(end, i + 1) where unsafe Self.color(raw, k - width) == color {
                table.interiors[place] += 1
              }
            }
            unsafe indices[i..<end].update(repeating: UInt16(truncatingIfNeeded: place))
          } else {
            isCounted = false
          }
          i = end
        }
      }
      filled = isCounted ? count : 0
    }
    guard isCounted else { return }
    indices = found
    colors = table.colors
    counts = table.counts
    interiors = table.interiors
  }

  /// Where a run of one colour ends, eight pixels at a time.
  @inline(__always)
  private static func end(
    of color: UInt32, _ raw: UnsafeRawBufferPointer, from start: Int, to limit: Int
  ) -> Int {
    var end = start
    let eight = SIMD8(repeating: color.littleEndian)
    while end + 8 <= limit,
      unsafe raw.loadUnaligned(fromByteOffset: 4 * end, as: SIMD8<UInt32>.self) == eight
    {
      end += 8
    }
    while end < limit, unsafe Self.color(raw, end) == color { end += 1 }
    return end
  }

  @inline(__always)
  private static func color(_ raw: UnsafeRawBufferPointer, _ i: Int) -> UInt32 {
    unsafe UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self))
  }

  /// A hash table from colours to their places in order of appearance.
  private struct Table {
    private static let slotBits = 14
    private var slots = [UInt16](repeating: 0, count: 1 << slotBits)
    var colors: [UInt32] = []
    var counts: [Int] = []
    var interiors: [Int] = []

    /// The place of a colour, new if need be; nil when there is no room.
    mutating func place(of color: UInt32) -> Int? {
      let mask = 1 << Self.slotBits - 1
      var slot = Int((color &* 0x9E37_79B1) >> UInt32(32 - Self.slotBits))
      while slots[slot] != 0 {
        let place = Int(slots[slot]) - 1
        if colors[place] == color { return place }
        slot = (slot + 1) & mask
      }
      guard colors.count < ColorSurvey.limit else { return nil }
      colors.append(color)
      counts.append(0)
      interiors.append(0)
      slots[slot] = UInt16(colors.count)
      return colors.count - 1
    }
  }
}
