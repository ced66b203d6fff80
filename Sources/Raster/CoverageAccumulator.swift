/// Turns closed outlines into how much of each pixel they cover, exactly.
///
/// Every edge adds to the cells of its rows how much the covered area *changes* from one pixel to
/// the next: an edge that goes down by `h` within a cell, at a mean distance `m` from the cell's
/// right side, adds `h·m` to the cell and the rest, `h·(1 − m)`, to its right neighbour. Summing a
/// row from the left then gives the signed area of each pixel that lies inside, without sampling.
/// (The method of the font-rs and golang.org/x/image/vector rasterisers.)
///
/// Where outlines overlap within one pixel the areas add up, so the edge of a doubly covered region
/// may come out up to one pixel's coverage too dark; elsewhere the result is the true area.
struct CoverageAccumulator {
  /// The pixels that can receive coverage: columns from `originX`, rows from `originY`.
  private(set) var originX = 0
  private(set) var originY = 0
  private(set) var width = 0
  private(set) var height = 0

  /// The changes of coverage, row by row, `stride` cells each. All zero between two shapes.
  private var cells: [Float] = []
  private var stride = 0
  /// The first and last touched cell of each row; first > last means none.
  private var firsts: [Int32] = []
  private var lasts: [Int32] = []
  private var firstRow = Int.max
  private var lastRow = -1

  /// Room beyond the last pixel of a row: an edge in the last pixel changes the cell after it, and
  /// the sums are taken eight cells at a time.
  private static let margin = 10

  /// Begins a band of a shape: the given pixels; what lies outside is cut off.
  mutating func begin(x: Int, y: Int, width: Int, height: Int) {
    originX = x
    originY = y
    self.width = width
    self.height = height
    stride = (width + Self.margin) & ~7
    // All cells are zero between two bands, so nothing needs to be kept.
    let needed = stride * height
    if cells.count < needed { cells = [Float](repeating: 0, count: needed) }
    if firsts.count < height {
      firsts = [Int32](repeating: Int32.max, count: height)
      lasts = [Int32](repeating: -1, count: height)
    }
    firstRow = Int.max
    lastRow = -1
  }

  /// How many rows of the given width make a band that stays in the processor's cache.
  static func bandHeight(width: Int) -> Int { max(16, 49_152 / (width + margin)) }

  /// Adds edges, in pixels of the canvas, as far as they reach into the band.
  mutating func add(_ edges: [Edge]) {
    let (originX, originY) = (Double(originX), Double(originY))
    let (width, height) = (Double(width), Double(height))
    let bottom = originY + height
    // Each edge touches a handful of cells per row, whose indices follow from the clipping; bounds checks
    // on every one would double the time of long lines, and asking the arrays anew for every edge, too.
    unsafe cells.withUnsafeMutableBufferPointer { cells in
      unsafe firsts.withUnsafeMutableBufferPointer { firsts in
        unsafe lasts.withUnsafeMutableBufferPointer { lasts in
          var sheet = unsafe Sheet(
            cells: cells, firsts: firsts, lasts: lasts, stride: stride, height: self.height,
            firstRow: firstRow, lastRow: lastRow)
          for edge in edges {
            let (start, end) = (edge.start, edge.end)
            // Every band sees every edge of the shape, and most lie above or below.
            if start.y <= originY && end.y <= originY || start.y >= bottom && end.y >= bottom
              || start.y == end.y
            {
              continue
            }
            let isDown = start.y < end.y
            let upper = isDown ? start : end
            let lower = isDown ? end : start
            unsafe sheet.add(
              upper.x - originX, upper.y - originY, lower.x - originX, lower.y - originY,
              isDown ? 1 : -1, width: width, height: height)
          }
          unsafe (firstRow, lastRow) = (sheet.firstRow, sheet.lastRow)
        }
      }
    }
  }
}

/// The cells of a band at hand, while edges are added.
@unsafe private struct Sheet {
  let cells: UnsafeMutableBufferPointer<Float>
  let firsts: UnsafeMutableBufferPointer<Int32>
  let lasts: UnsafeMutableBufferPointer<Int32>
  let stride: Int
  let height: Int
  var firstRow: Int
  var lastRow: Int

  /// Adds the edge from (x0, y0) down to (x1, y1), in pixels of the band of the given size.
  @inline(__always)
  mutating func add(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ sign: Float, width w: Double,
    height h: Double
  ) {
    var (x0, y0, x1, y1) = (x0, y0, x1, y1)
    guard y1 > 0, y0 < h else { return }
    let slope = (x1 - x0) / (y1 - y0)
    if y0 < 0 {
      x0 -= y0 * slope
      y0 = 0
    }
    if y1 > h {
      x1 -= (y1 - h) * slope
      y1 = h
    }
    // Left of the pixels only the height counts; right of them an edge changes nothing, but
    // keeping it closes the sum of the row.
    if min(x0, x1) >= 0 && max(x0, x1) <= w {
      unsafe addClipped(x0, y0, x1, y1, sign)
      return
    }
    var cuts = [y0]
    for side in slope > 0 ? [0, w] : [w, 0] where (x0 < side) != (x1 < side) {
      cuts.append(min(max(y0 + (side - x0) / slope, y0), y1))
    }
    cuts.append(y1)
    for i in 1..<cuts.count {
      let from = cuts[i - 1]
      let to = cuts[i]
      guard to > from else { continue }
      let a = min(max(x0 + (from - y0) * slope, 0), w)
      let b = min(max(x0 + (to - y0) * slope, 0), w)
      let middle = x0 + ((from + to) / 2 - y0) * slope
      if middle <= 0 {
        unsafe addClipped(0, from, 0, to, sign)
      } else if middle >= w {
        unsafe addClipped(w, from, w, to, sign)
      } else {
        unsafe addClipped(a, from, b, to, sign)
      }
    }
  }

  /// Adds an edge that lies inside, from (x0, y0) down to (x1, y1).
  private mutating func addClipped(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ sign: Float
  ) {
    guard y1 > y0 else { return }
    let slope = (x1 - x0) / (y1 - y0)
    let low = min(x0, x1)
    let high = max(x0, x1)
    let first = Int(y0)
    let end = unsafe min(Int(y1.rounded(.up)), height)
    unsafe firstRow = min(firstRow, first)
    unsafe lastRow = max(lastRow, end - 1)
    var x = x0
    for row in first..<end {
      let below = min(Double(row + 1), y1)
      let next = min(max(x0 + (below - y0) * slope, low), high)
      let rise = Float(below - max(Double(row), y0)) * sign
      let left = min(x, next)
      let right = max(x, next)
      let leftCell = Int(left)
      let rightCell = Int(right)
      unsafe firsts[row] = min(firsts[row], Int32(truncatingIfNeeded: leftCell))
      unsafe lasts[row] = max(lasts[row], Int32(truncatingIfNeeded: rightCell + 1))
      let base = unsafe row * stride + leftCell
      if leftCell == rightCell {
        let mean = Float(0.5 * (left + right) - Double(leftCell))
        unsafe cells[base] += rise - rise * mean
        unsafe cells[base + 1] += rise * mean
      } else {
        unsafe Self.addWide(cells, base, rise, left - Double(leftCell), right - left)
      }
      x = next
    }
  }

  /// The part of an edge within one row that crosses several cells, from `offset` in the first
  /// one over `length` to the right.
  @inline(__always)
  private static func addWide(
    _ cells: UnsafeMutableBufferPointer<Float>, _ base: Int, _ rise: Float, _ offset: Double,
    _ length: Double
  ) {
    // The covered share of a cell after the edge has crossed it is the integral of a ramp of slope
    // 1/length; `before` is the share that all cells up to here have received.
    let slope = 1 / length
    let end = offset + length
    let count = Int(end.rounded(.up))
    var before = 0.0
    for k in 0..<count {
      // The ramp's integral over the cell: the share of the pixel to the right of the edge.
      let from = max(Double(k), offset)
      let to = min(Double(k + 1), end)
      let mean = ((from + to) / 2 - offset) * slope
      let covered = mean * (to - from) + (Double(k + 1) - to)
      unsafe cells[base + k] += rise * Float(covered - before)
      before = covered
    }
    unsafe cells[base + count] += rise * Float(1 - before)
  }
}

extension CoverageAccumulator {
  /// Calls `body` for every row that the shape touches with the coverage of its pixels as bytes,
  /// 255 for wholly covered ones, and clears the cells for the next shape.
  ///
  /// - Parameters:
  ///   - rule: What counts as inside.
  ///   - coverage: Room for at least `width` bytes plus 8.
  ///   - body: Receives the row of the canvas, the column of the canvas that the coverage begins at,
  ///     and the coverage, which it may change.
  mutating func resolve(
    _ rule: FillRule, coverage: inout [UInt8],
    _ body: (_ y: Int, _ x: Int, _ coverage: UnsafeMutableBufferPointer<UInt8>) -> Void
  ) {
    guard lastRow >= firstRow else { return }
    if coverage.count < stride + 8 {
      coverage.append(contentsOf: repeatElement(0, count: stride + 8 - coverage.count))
    }
    let width = self.width
    // The sums over all touched cells are the innermost loop of every fill.
    unsafe cells.withUnsafeMutableBufferPointer { cells in
      unsafe coverage.withUnsafeMutableBufferPointer { coverage in
        for row in firstRow...lastRow {
          let first = Int(firsts[row])
          let last = Int(lasts[row])
          firsts[row] = Int32.max
          lasts[row] = -1
          guard first <= last else { continue }
          let cellRow = unsafe UnsafeMutableBufferPointer(
            rebasing: cells[row * stride + first..<row * stride + stride])
          unsafe Self.sum(cellRow, count: last - first + 1, rule, into: coverage)
          let count = min(last + 1, width) - first
          if count > 0 {
            unsafe body(
              originY + row, originX + first,
              UnsafeMutableBufferPointer(rebasing: coverage[0..<count]))
          }
        }
      }
    }
  }

  /// Sums `count` cells into coverage and sets them to zero.
  @inline(__always)
  private static func sum(
    _ cells: UnsafeMutableBufferPointer<Float>, count: Int, _ rule: FillRule,
    into coverage: UnsafeMutableBufferPointer<UInt8>
  ) {
    var sum: Float = 0
    var i = 0
    while i < count {
      // Most cells of a wide shape are zero: the coverage stays as it was.
      if i + 8 <= count {
        let raw = unsafe UnsafeRawPointer(cells.baseAddress.unsafelyUnwrapped + i)
        let eight = unsafe raw.loadUnaligned(as: SIMD8<UInt32>.self)
        if eight == .zero {
          let byte = Self.byte(sum, rule)
          for k in 0..<8 { unsafe coverage[i + k] = byte }
          i += 8
          continue
        }
      }
      let stop = min(i + 8, count)
      while i < stop {
        unsafe sum += cells[i]
        unsafe cells[i] = 0
        unsafe coverage[i] = Self.byte(sum, rule)
        i += 1
      }
    }
  }

  /// A signed area as coverage in 255ths.
  @inline(__always)
  private static func byte(_ sum: Float, _ rule: FillRule) -> UInt8 {
    let area = abs(sum)
    let inside: Float
    switch rule {
    case .nonZero:
      inside = min(area, 1)
    case .evenOdd:
      // 0 → 0, 1 → 1, 2 → 0, …
      let rest = area - 2 * (area / 2).rounded(.down)
      inside = rest > 1 ? 2 - rest : rest
    }
    return UInt8(truncatingIfNeeded: Int32(inside * 255 + 0.5))
  }
}
