import Raster

/// The pixels of a bitmap in the smallest layout that PNG has for them.
struct PixelForm {
  /// What a pixel is made of, with PNG's numbers.
  enum Layout: Int32 {
    case gray = 0
    case rgb = 2
    case palette = 3
    case rgba = 6
  }

  let layout: Layout
  /// The bits of a component or index: 1, 2 or 4 for small palettes, else 8.
  let depth: Int
  /// The bytes of a pixel; 1 where several share a byte.
  let pixelBytes: Int
  /// The bytes of a row.
  let rowBytes: Int
  /// The rows, one after the other.
  let rows: [UInt8]
  /// R, G, B, A of each colour of a palette.
  let palette: [UInt8]

  /// - Parameter tolerance: By how many 255ths a component of a rare colour may change to make a
  ///   palette suffice.
  init(_ bitmap: Bitmap, tolerance: Int) {
    let survey = ColorSurvey(bitmap)
    let width = bitmap.width
    if survey.colors.count > 0, survey.isGray, survey.colors.count > 16 {
      self.init(.gray, width, Self.components(bitmap, 1), 1)
    } else if let reduction = PaletteReduction(survey, tolerance: tolerance) {
      let order = PaletteOrder(byFrequency: reduction, survey)
      let palette = order.colors(reduction.palette)
      let places = order.places(reduction.places)
      let count = reduction.palette.count
      let depth = count <= 2 ? 1 : count <= 4 ? 2 : count <= 16 ? 4 : 8
      // A million pixels pass here; every index is that of a colour, and every colour has a place.
      let indices = unsafe [UInt8](unsafeUninitializedCapacity: survey.indices.count) {
        pixels, filled in
        unsafe survey.indices.withUnsafeBufferPointer { indices in
          unsafe places.withUnsafeBufferPointer { places in
            for i in 0..<indices.count { unsafe pixels[i] = places[Int(indices[i])] }
          }
        }
        filled = survey.indices.count
      }
      let rows = depth == 8 ? indices : Self.packed(indices, width, depth)
      self.init(.palette, width, rows, 1, depth: depth, palette: palette)
    } else if survey.isOpaque {
      self.init(.rgb, width, Self.components(bitmap, 3), 3)
    } else {
      self.init(.rgba, width, bitmap.pixels, 4)
    }
  }

  private init(
    _ layout: Layout, _ width: Int, _ rows: [UInt8], _ pixelBytes: Int, depth: Int = 8,
    palette: [UInt8] = []
  ) {
    self.layout = layout
    self.depth = depth
    self.pixelBytes = pixelBytes
    rowBytes = (width * pixelBytes * depth + 7) / 8
    self.rows = rows
    self.palette = palette
  }

  /// Another form of the same layout and width.
  private init(_ other: PixelForm, rows: [UInt8], palette: [UInt8]) {
    layout = other.layout
    depth = other.depth
    pixelBytes = other.pixelBytes
    rowBytes = other.rowBytes
    self.rows = rows
    self.palette = palette
  }

  /// The numbers of some rows, with about so many bytes: a few that follow each other, then a gap, of
  /// different lengths because what is drawn often repeats at even distances.
  func sample(_ size: Int) -> [Int] {
    let height = rows.count / rowBytes
    let share = 1 + rows.count / size
    let piece = min(24, max(1, height / (8 * share)))
    return stride(from: 0, to: height, by: piece * share).enumerated().flatMap { index, start in
      let first = start + index * 5 % 8 * (piece * share - piece) / 8
      return min(first, height)..<min(first + piece, height)
    }
  }

  /// Whether its bytes are places of a palette.
  var isPalette: Bool { layout == .palette && depth == 8 }

  /// The same picture with its palette in orders in which neighbouring pixels have neighbouring places,
  /// mostly: there the differences between them are small numbers, or the same ones. None where it has
  /// no palette of bytes.
  func reordered(_ kinds: [PaletteOrder.Kind]) -> [PixelForm] {
    guard isPalette else { return [] }
    let colors = stride(from: 0, to: palette.count, by: 4).map { place in
      (0..<4).reduce(UInt32(0)) { $0 | UInt32(palette[place + $1]) << UInt32(8 * $1) }
    }
    // Some hundred thousand pixels tell.
    let pairs = NeighbourPairs(self, every: 1 + rows.count / 400_000)
    return kinds.map { kind in
      let order = PaletteOrder(kind, pairs, colors)
      let places = order.places(colors.indices.map { UInt8($0) })
      return PixelForm(
        self, rows: rows.map { places[Int($0)] }, palette: order.colors(colors))
    }
  }

  /// Indices of few bits, several in a byte, the first in its highest bits; rows begin with a byte.
  private static func packed(_ indices: [UInt8], _ width: Int, _ depth: Int) -> [UInt8] {
    let rowBytes = (width * depth + 7) / 8
    let height = indices.count / width
    var rows = [UInt8](repeating: 0, count: rowBytes * height)
    for y in 0..<height {
      for x in 0..<width {
        let bit = x * depth
        rows[y * rowBytes + bit / 8] |= indices[y * width + x] << UInt8(8 - depth - bit % 8)
      }
    }
    return rows
  }

  /// The first `kept` components of every pixel.
  private static func components(_ bitmap: Bitmap, _ kept: Int) -> [UInt8] {
    let source = bitmap.pixels
    let count = bitmap.width * bitmap.height
    // A million pixels pass here; the indices are those of the bitmap's own bytes.
    return unsafe [UInt8](unsafeUninitializedCapacity: count * kept) { target, filled in
      unsafe source.withUnsafeBufferPointer { source in
        for i in 0..<count {
          for k in 0..<kept { unsafe target[kept * i + k] = source[4 * i + k] }
        }
      }
      filled = count * kept
    }
  }
}
