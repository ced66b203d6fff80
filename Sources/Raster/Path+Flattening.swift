extension Path {
  /// How far, in pixels, the straight pieces that stand for a curve may lie beside it.
  static let flatness = 0.05

  /// Calls `body` with straight pieces that follow the path within `tolerance`, after `transform`.
  ///
  /// A curve is cut at evenly spaced parameters. Between two of them, a distance h apart, a curve B
  /// strays from its chord by at most h²/8 · max |B″|, which gives the number of pieces:
  /// |B″| = 2·|p₀ − 2p₁ + p₂| for a quadratic curve, and at most 6 times the larger of
  /// |p₀ − 2p₁ + p₂| and |p₁ − 2p₂ + p₃| for a cubic one.
  ///
  /// - Parameters:
  ///   - begin: Called with the first point of each part.
  ///   - line: Called with each next point, and whether it lies within a curve (not at its end).
  ///   - end: Called after each part with whether it was closed.
  @inline(__always)
  func flatten(
    through transform: AffineTransform, tolerance: Double,
    begin: (Point) -> Void, line: (Point, _ smooth: Bool) -> Void, end: (_ closed: Bool) -> Void
  ) {
    var open = false
    var current = Point.zero
    var start = Point.zero
    var i = 0
    for verb in verbs {
      switch verb {
      case .move:
        if open { end(false) }
        start = transform(points[i])
        current = start
        begin(start)
        open = true
      case .line:
        current = transform(points[i])
        line(current, false)
      case .quad:
        let p1 = transform(points[i])
        let p2 = transform(points[i + 1])
        let p0 = current
        let bend = (p0 - p1 * 2 + p2).length
        let count = Self.pieces((bend / (4 * tolerance)).squareRoot())
        for k in 1..<max(count, 1) {
          let t = Double(k) / Double(count)
          let u = 1 - t
          line(p0 * (u * u) + p1 * (2 * u * t) + p2 * (t * t), true)
        }
        line(p2, false)
        current = p2
      case .cubic:
        let p1 = transform(points[i])
        let p2 = transform(points[i + 1])
        let p3 = transform(points[i + 2])
        let p0 = current
        let bend = max((p0 - p1 * 2 + p2).length, (p1 - p2 * 2 + p3).length)
        let count = Self.pieces((0.75 * bend / tolerance).squareRoot())
        for k in 1..<max(count, 1) {
          let t = Double(k) / Double(count)
          let u = 1 - t
          let left = p0 * (u * u * u) + p1 * (3 * u * u * t)
          line(left + p2 * (3 * u * t * t) + p3 * (t * t * t), true)
        }
        line(p3, false)
        current = p3
      case .close:
        if open { end(true) }
        open = false
        current = start
      }
      i += verb.pointCount
    }
    if open { end(false) }
  }

  /// Adds the edges of the path's parts, closed where they are open, that reach into the rows between
  /// two heights. Level ones bound nothing.
  ///
  /// Here and not where shapes are filled: a loop is fast where its body is in sight.
  func addEdges(
    to edges: inout [Edge], through transform: AffineTransform, between top: Double,
    and bottom: Double
  ) {
    var start = Point.zero
    var last = Point.zero
    func add(_ point: Point) {
      let edge = Edge(start: last, end: point)
      if last.y != point.y && edge.bottom > top && edge.top < bottom { edges.append(edge) }
      last = point
    }
    flatten(through: transform, tolerance: Path.flatness) { point in
      start = point
      last = point
    } line: { point, _ in
      add(point)
    } end: { _ in
      add(start)
    }
  }

  /// The number of pieces as a whole number, bounded so that an absurdly large curve stays cheap.
  private static func pieces(_ wanted: Double) -> Int {
    Int(min(max(wanted.rounded(.up), 1), 500))
  }
}

/// A straight piece of an outline, in pixels.
struct Edge {
  var start: Point
  var end: Point
  var top: Double { min(start.y, end.y) }
  var bottom: Double { max(start.y, end.y) }
}
