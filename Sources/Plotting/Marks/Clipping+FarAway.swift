import Raster
import Sweeps

// Where data lie far outside of a zoomed figure, their places in points have lost the digits that say
// where a line between them crosses it: of ±10¹⁷ in a domain 0…1, the 0 and the 1. Such lines are cut
// while they are data, or on curved axes what the curve makes of them, and placed afterwards.

extension PlotArea {
  /// Whether some point is so far away that its place says too little about a line to it.
  func isFar(_ points: some Sequence<Point>) -> Bool {
    // A domain so narrow that its curve makes one number of it has nothing to be exact about.
    x.stretch.placing.hasExtent && y.stretch.placing.hasExtent
      && points.contains { max($0.x.magnitude, $0.y.magnitude) > 1e9 }
  }

  /// A data point before it is placed, or `nil` when it has no place.
  func straight(_ xValue: Double, _ yValue: Double) -> Point? {
    guard let u = x.straight(xValue), let v = y.straight(yValue) else { return nil }
    return Point(u, v)
  }

  /// The same for an edge of a band, see ``Projection/edge(_:)``.
  func straightEdge(_ xValue: Double, _ yValue: Double) -> Point? {
    guard let u = x.straight(xValue) else { return nil }
    guard let v = y.straight(yValue) ?? y.reaching(yValue).map(y.straight(at:)) else { return nil }
    return Point(u, v)
  }

  /// What of a line that is not placed yet can be seen, in points and in pieces.
  func cut(straight line: [Point]) -> [[Point]] {
    let box = straightReach
    return Self.pieces(line) { Self.cutExactly($0, $1, to: box) }.map { $0.map(placed) }
  }

  /// What of a polygon that is not placed yet can be seen, in points.
  func cut(straightPolygon polygon: [Point]) -> [Point] {
    Self.cut(polygon, to: straightReach, ExactLine.value).map(placed)
  }

  /// What can be seen of the line through a stretch of data that all have a place.
  func line(_ indices: Range<Int>, x: [Double], y: [Double]) -> [[Point]] {
    let points = indices.compactMap { point(x[$0], y[$0]) }
    guard isFar(points) else { return cut(points) }
    return cut(straight: indices.compactMap { straight(x[$0], y[$0]) })
  }

  /// What can be seen of the area between two curves, over a stretch of data whose edges all have a
  /// place: along the first curve and back along the second.
  func area(
    _ indices: Range<Int>, x: [Double], between first: [Double], and second: [Double],
    _ shaped: ([Point]) -> [Point] = { $0 }
  ) -> [Point] {
    func edge(_ values: [Double]) -> [Point] {
      indices.compactMap { index in
        guard let across = self.x(x[index]), let up = y.edge(values[index]) else { return nil }
        return Point(across, up)
      }
    }
    let (there, back) = (edge(first), edge(second))
    guard isFar(there) || isFar(back) else {
      return cut(polygon: shaped(there) + shaped(back).reversed())
    }
    func straight(_ values: [Double]) -> [Point] {
      shaped(indices.compactMap { straightEdge(x[$0], values[$0]) })
    }
    return cut(straightPolygon: straight(first) + straight(second).reversed())
  }

  /// Draws the ends of an area at one place alone, between gaps, as a line: a dot of a curve.
  func drawStub(
    at xValue: Double, _ lower: Double, _ upper: Double, _ color: Color, on canvas: inout Canvas
  ) {
    guard let across = x(xValue), frame.minX - 4 <= across, across <= frame.maxX + 4,
      let low = y.reaching(lower), let high = y.reaching(upper)
    else { return }
    canvas.stroke(
      .segment(from: Point(across, low), to: Point(across, high)),
      Stroke(width: 2 * theme.lineWidth, cap: .butt), color)
  }

  private func placed(_ straight: Point) -> Point {
    Point(x.position(straight: straight.x), y.position(straight: straight.y))
  }

  private var straightReach: (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    func range(_ axis: Projection, _ low: Double, _ high: Double) -> ClosedRange<Double> {
      let (a, b) = (axis.straight(at: low), axis.straight(at: high))
      return min(a, b)...max(a, b)
    }
    return (range(x, reach.minX, reach.maxX), range(y, reach.minY, reach.maxY))
  }

  /// The part of a segment within a box; every cut is one of the whole line.
  private static func cutExactly(
    _ a: Point, _ b: Point, to box: (x: ClosedRange<Double>, y: ClosedRange<Double>)
  ) -> (Point, Point)? {
    var (from, to) = (a, b)
    for (edge, isLower) in [(box.x.lowerBound, true), (box.x.upperBound, false)] {
      func isOutside(_ point: Point) -> Bool { isLower ? point.x < edge : point.x > edge }
      if isOutside(from) && isOutside(to) { return nil }
      guard isOutside(from) || isOutside(to) else { continue }
      let cut = Point(edge, ExactLine.value(at: edge, (a.x, a.y), (b.x, b.y)))
      if isOutside(from) { from = cut } else { to = cut }
    }
    for (edge, isLower) in [(box.y.lowerBound, true), (box.y.upperBound, false)] {
      func isOutside(_ point: Point) -> Bool { isLower ? point.y < edge : point.y > edge }
      if isOutside(from) && isOutside(to) { return nil }
      guard isOutside(from) || isOutside(to) else { continue }
      let cut = Point(ExactLine.value(at: edge, (a.y, a.x), (b.y, b.x)), edge)
      if isOutside(from) { from = cut } else { to = cut }
    }
    return (from, to)
  }
}

extension Projection {
  /// A value on the straightened scale, or `nil` when it has no place.
  func straight(_ value: Double) -> Double? {
    guard value.isFinite, scale != .log || value > 0 else { return nil }
    return Placing.straightened(value, scale.curve)
  }

  /// The value on the straightened scale that stands at a position, as far as there are numbers.
  func straight(at position: Double) -> Double {
    stretch.placing.straight(at: (position - start) / (end - start))
  }

  func position(straight value: Double) -> Double {
    start + (end - start) * stretch.placing.share(straight: value)
  }
}

/// The line through two points, however far away they are.
enum ExactLine {
  /// The second coordinate at a place of the first, right but for the last bits.
  ///
  /// It is (b₁·(place − a₀) + a₁·(b₀ − place)) / (b₀ − a₀), where the differences and products are kept as
  /// sums of numbers that lose nothing (J. R. Shewchuk, 1997): the two products may be alike in all
  /// digits of a `Double`.
  static func value(
    at place: Double, _ a: (Double, Double), _ b: (Double, Double)
  ) -> Double {
    if a.1 == b.1 { return a.1 }
    // Powers of two bring both coordinates to where products do not overflow.
    let exponent = Int(max(a.1.magnitude, b.1.magnitude).exponent)
    let (y0, y1) = (scaled(a.1, -exponent), scaled(b.1, -exponent))
    let isVast = max(a.0.magnitude, b.0.magnitude) > 0x1p990
    let shrink = isVast ? 0x1p-40 : 1
    let (x0, x1, x) = (a.0 * shrink, b.0 * shrink, place * shrink)
    let (after, before) = (difference(x1, x), difference(x, x0))
    var sum = ExactSum()
    for (factor, part) in [
      (y0, after.high), (y0, after.low), (y1, before.high), (y1, before.low),
    ] {
      let product = factor * part
      sum.add(product)
      sum.add((-product).addingProduct(factor, part))
    }
    let length = x1 - x0
    // Divided by a number near one, the quotient is never a subnormal one that has lost its digits.
    let reach = Int(length.exponent)
    return scaled(sum.value / scaled(length, -reach), exponent - reach)
  }

  private static func scaled(_ value: Double, _ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: value)
  }

  private static func difference(_ a: Double, _ b: Double) -> (high: Double, low: Double) {
    ExactSum.twoSum(a, -b)
  }
}

/// A sum that loses nothing: its parts do not overlap, the smallest first.
private struct ExactSum {
  private var parts: [Double] = []

  mutating func add(_ term: Double) {
    var carry = term
    for index in parts.indices { (carry, parts[index]) = Self.twoSum(carry, parts[index]) }
    parts.append(carry)
  }

  var value: Double { parts.reduce(0, +) }

  /// A sum and what its rounding has lost (D. E. Knuth).
  static func twoSum(_ a: Double, _ b: Double) -> (high: Double, low: Double) {
    let sum = a + b
    let part = sum - a
    return (sum, (a - (sum - part)) + (b - part))
  }
}

extension Range<Int> {
  /// The longest stretches of indices that all are fit.
  func runs(_ isFit: (Int) -> Bool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start: Int?
    for index in self {
      if isFit(index) {
        if start == nil { start = index }
      } else if let first = start {
        runs.append(first..<index)
        start = nil
      }
    }
    if let first = start { runs.append(first..<upperBound) }
    return runs
  }
}
