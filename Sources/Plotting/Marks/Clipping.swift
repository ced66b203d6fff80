public import Raster
import Sweeps

extension PlotArea {
  /// What lies outside of this is cut off before it is drawn: the frame with so much room that no
  /// cut end, join or dash of an ordinary line changes within it.
  private var reach: Rect { frame.inset(by: -4000) }

  /// A line cut to what can be seen, in pieces.
  ///
  /// The cuts are computed on the line itself, in floating point, so that a piece of a line whose
  /// ends lie far outside of a zoomed figure keeps its slope.
  public func cut(_ line: [Point]) -> [[Point]] {
    let box = reach
    if Sweep.lie(line, in: box) { return [line] }
    var pieces: [[Point]] = []
    var piece: [Point] = []
    for (a, b) in zip(line, line.dropFirst()) {
      guard let (from, to) = Self.cut(a, b, to: box) else {
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
    func atX(_ x: Double) -> (Point, Point) -> Point {
      { a, b in Point(x, a.y + (b.y - a.y) * ((x - a.x) / (b.x - a.x))) }
    }
    func atY(_ y: Double) -> (Point, Point) -> Point {
      { a, b in Point(a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)), y) }
    }
    keep({ $0.x >= box.minX }, atX(box.minX))
    keep({ $0.x <= box.maxX }, atX(box.maxX))
    keep({ $0.y >= box.minY }, atY(box.minY))
    keep({ $0.y <= box.maxY }, atY(box.maxY))
    return points
  }
}
