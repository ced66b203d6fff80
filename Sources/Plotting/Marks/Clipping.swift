public import Raster
import Sweeps

extension PlotArea {
  /// What lies outside of this is cut off before it is drawn: the frame with so much room that no
  /// cut end, join or dash of an ordinary line changes within it.
  var reach: Rect { frame.inset(by: -4000) }

  /// A line cut to what can be seen, in pieces.
  ///
  /// The cuts are computed on the line itself, in floating point, so that a piece of a line whose
  /// ends lie far outside of a zoomed figure keeps its slope. Places beyond a thousand million points
  /// have lost too many digits for that: the marks cut such lines before they are placed.
  public func cut(_ line: [Point]) -> [[Point]] {
    let box = reach
    if Sweep.lie(line, in: box) { return [line] }
    return Self.pieces(line) { Self.cut($0, $1, to: box) }
  }

  /// What is left of a line when each of its segments is cut: runs of those that touch.
  static func pieces(_ line: [Point], _ cut: (Point, Point) -> (Point, Point)?) -> [[Point]] {
    var pieces: [[Point]] = []
    var piece: [Point] = []
    for (a, b) in zip(line, line.dropFirst()) {
      guard let (from, to) = cut(a, b) else {
        if piece.count > 1 { pieces.append(piece) }
        piece = []
        continue
      }
      if piece.last != from {
        if piece.count > 1 { pieces.append(piece) }
        piece = [from]
      }
      piece.append(to)
    }
    if piece.count > 1 { pieces.append(piece) }
    return pieces
  }

  /// The part of a segment within a box (Y.-D. Liang and B. Barsky, 1984).
  private static func cut(_ a: Point, _ b: Point, to box: Rect) -> (Point, Point)? {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    var first = 0.0
    var last = 1.0
    for (step, room) in [
      (-dx, a.x - box.minX), (dx, box.maxX - a.x), (-dy, a.y - box.minY), (dy, box.maxY - a.y),
    ] {
      if step == 0 {
        if room < 0 { return nil }
      } else if step < 0 {
        first = max(first, room / step)
      } else {
        last = min(last, room / step)
      }
    }
    guard first <= last else { return nil }
    let from = first == 0 ? a : Point(a.x + dx * first, a.y + dy * first)
    // From the nearer end: the farther one may be so far away that its digits do not reach here.
    let to = last == 1 ? b : Point(a.x + dx * last, a.y + dy * last)
    return (from, to)
  }

  /// A polygon cut to what can be seen (I. Sutherland and G. Hodgman, 1974); empty when nothing
  /// of it can.
  public func cut(polygon: [Point]) -> [Point] {
    let box = reach
    if Sweep.lie(polygon, in: box) { return polygon }
    func along(_ place: Double, _ a: (Double, Double), _ b: (Double, Double)) -> Double {
      a.1 + (b.1 - a.1) * ((place - a.0) / (b.0 - a.0))
    }
    return Self.cut(polygon, to: (box.minX...box.maxX, box.minY...box.maxY), along)
  }

  /// The polygon within a box.
  ///
  /// - Parameter along: The second coordinate at a place of the first, on the line through two points.
  static func cut(
    _ polygon: [Point], to box: (x: ClosedRange<Double>, y: ClosedRange<Double>),
    _ along: (Double, (Double, Double), (Double, Double)) -> Double
  ) -> [Point] {
    var points = polygon
    func keep(_ inside: (Point) -> Bool, _ cross: (Point, Point) -> Point) {
      guard var previous = points.last else { return }
      var kept: [Point] = []
      for point in points {
        if inside(point) != inside(previous) { kept.append(cross(previous, point)) }
        if inside(point) { kept.append(point) }
        previous = point
      }
      points = kept
    }
    for edge in [box.x.lowerBound, box.x.upperBound] {
      let isLower = edge == box.x.lowerBound
      keep({ isLower ? $0.x >= edge : $0.x <= edge }) { a, b in
        Point(edge, along(edge, (a.x, a.y), (b.x, b.y)))
      }
    }
    for edge in [box.y.lowerBound, box.y.upperBound] {
      let isLower = edge == box.y.lowerBound
      keep({ isLower ? $0.y >= edge : $0.y <= edge }) { a, b in
        Point(along(edge, (a.y, a.x), (b.y, b.x)), edge)
      }
    }
    return points
  }
}
