/// Reads the outlines of a TrueType font's `glyf` table.
struct GlyphReader {
  private let glyf: FontBytes
  private let offsets: [Int]
  /// How many more points all glyphs together may have; what a hostile font cannot exceed.
  private var budget = 2_000_000

  init(
    glyf: FontBytes, loca: FontBytes, longOffsets: Bool, glyphCount: Int
  ) throws(FontError) {
    self.glyf = glyf
    var offsets: [Int] = []
    offsets.reserveCapacity(glyphCount + 1)
    for i in 0...glyphCount {
      let offset = longOffsets ? try loca.uint32(4 * i) : 2 * (try loca.uint16(2 * i))
      guard offset >= offsets.last ?? 0, offset <= glyf.count else {
        throw FontError("the font's glyph \(max(i - 1, 0)) lies outside of its “glyf” table")
      }
      offsets.append(offset)
    }
    self.offsets = offsets
  }

  /// The outlines of all glyphs, in font units, y up.
  mutating func all() throws(FontError) -> [Path] {
    var result: [Path] = []
    result.reserveCapacity(offsets.count - 1)
    for glyph in 0..<offsets.count - 1 { result.append(try outline(glyph, depth: 0)) }
    return result
  }

  private mutating func outline(_ glyph: Int, depth: Int) throws(FontError) -> Path {
    guard glyph < offsets.count - 1 else {
      throw FontError("a composite glyph of the font refers to glyph \(glyph), which it has not")
    }
    guard depth < 8 else { throw FontError("the font's composite glyphs are nested too deeply") }
    let length = offsets[glyph + 1] - offsets[glyph]
    guard length > 0 else { return Path() }
    let data = try glyf.slice(offsets[glyph], length, name: "glyph \(glyph)")
    let contours = try data.int16(0)
    return contours >= 0
      ? try simple(data, contours: contours) : try composite(data, depth: depth)
  }

  /// Charges the budget, so that few bytes cannot make endless work.
  private mutating func spend(_ points: Int) throws(FontError) {
    budget -= points
    guard budget >= 0 else { throw FontError("the font's outlines have millions of points") }
  }

  private mutating func composite(_ data: FontBytes, depth: Int) throws(FontError) -> Path {
    var result = Path()
    var at = 10
    var more = true
    while more {
      try spend(1)
      let flags = try data.uint16(at)
      let glyph = try data.uint16(at + 2)
      at += 4
      guard flags & 2 != 0 else {
        throw FontError("the font places parts of glyphs by matching points, which is not read")
      }
      var transform = AffineTransform.identity
      if flags & 1 != 0 {
        transform.tx = Double(try data.int16(at))
        transform.ty = Double(try data.int16(at + 2))
        at += 4
      } else {
        transform.tx = Double(Int8(truncatingIfNeeded: try data.uint8(at)))
        transform.ty = Double(Int8(truncatingIfNeeded: try data.uint8(at + 1)))
        at += 2
      }
      // Fractions with 14 bits after the point.
      func fraction(_ i: Int) throws(FontError) -> Double {
        Double(try data.int16(at + 2 * i)) / 16384
      }
      if flags & 8 != 0 {
        transform.a = try fraction(0)
        transform.d = transform.a
        at += 2
      } else if flags & 0x40 != 0 {
        transform.a = try fraction(0)
        transform.d = try fraction(1)
        at += 4
      } else if flags & 0x80 != 0 {
        transform.a = try fraction(0)
        transform.b = try fraction(1)
        transform.c = try fraction(2)
        transform.d = try fraction(3)
        at += 8
      }
      result.append(try outline(glyph, depth: depth + 1).transformed(by: transform))
      more = flags & 0x20 != 0
    }
    return result
  }

  private mutating func simple(_ data: FontBytes, contours: Int) throws(FontError) -> Path {
    guard contours > 0 else { return Path() }
    var ends: [Int] = []
    for i in 0..<contours {
      let end = try data.uint16(10 + 2 * i)
      guard end >= (ends.last ?? -1) else {
        throw FontError("the points of a glyph's contours are out of order")
      }
      ends.append(end)
    }
    let count = ends[contours - 1] + 1
    try spend(count)
    var at = 10 + 2 * contours
    at += 2 + (try data.uint16(at))  // hinting instructions

    var flags: [Int] = []
    flags.reserveCapacity(count)
    while flags.count < count {
      let flag = try data.uint8(at)
      at += 1
      flags.append(flag)
      if flag & 8 != 0 {
        let repeats = min(try data.uint8(at), count - flags.count)
        at += 1
        flags.append(contentsOf: repeatElement(flag, count: repeats))
      }
    }
    let xs = try coordinates(data, &at, flags, short: 2, same: 16)
    let ys = try coordinates(data, &at, flags, short: 4, same: 32)

    var path = Path()
    var first = 0
    for end in ends {
      if end >= first + 1 { Self.append(&path, first...end, flags, xs, ys) }
      first = end + 1
    }
    return path
  }

  /// One coordinate of every point: each is a difference to the one before, of one byte with its
  /// sign in the flag `same`, of two bytes, or none.
  private func coordinates(
    _ data: FontBytes, _ at: inout Int, _ flags: [Int], short: Int, same: Int
  ) throws(FontError) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(flags.count)
    var value = 0
    for flag in flags {
      if flag & short != 0 {
        let step = try data.uint8(at)
        value += flag & same != 0 ? step : -step
        at += 1
      } else if flag & same == 0 {
        value += try data.int16(at)
        at += 2
      }
      result.append(Double(value))
    }
    return result
  }

  /// Adds one contour: points on the curve, and control points between which, when two follow each
  /// other, a point on the curve in the middle is understood.
  private static func append(
    _ path: inout Path, _ range: ClosedRange<Int>, _ flags: [Int], _ xs: [Double], _ ys: [Double]
  ) {
    func point(_ i: Int) -> Point { Point(xs[i], ys[i]) }
    func isOn(_ i: Int) -> Bool { flags[i] & 1 != 0 }
    let first = range.lowerBound
    let last = range.upperBound
    let start: Point
    var indices = Array(range)
    if isOn(first) {
      start = point(first)
      indices.removeFirst()
    } else if isOn(last) {
      start = point(last)
      indices.removeLast()
    } else {
      start = point(first).mixed(with: point(last), 0.5)
    }
    path.move(to: start)
    var control: Point?
    for i in indices {
      let next = point(i)
      if isOn(i) {
        if let pulling = control {
          path.quad(to: next, control: pulling)
          control = nil
        } else {
          path.line(to: next)
        }
      } else {
        if let pulling = control {
          path.quad(to: pulling.mixed(with: next, 0.5), control: pulling)
        }
        control = next
      }
    }
    if let control { path.quad(to: start, control: control) }
    path.close()
  }
}
