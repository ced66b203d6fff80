import Requirements

/// The outline of the band that a stroke paints along a path, made to be filled with the non-zero
/// rule.
///
/// Every straight piece contributes a rectangle and every corner a wedge, all wound in the same
/// direction, walked as one outline: down the left side of the line, around its end, and back along
/// the right side. On the inner side of a corner the two edges meet where they cross, when the
/// pieces are long enough for that, and else by way of the corner itself.
struct StrokeOutline {
  private let stroke: Stroke
  private let half: Double
  private let tolerance: Double
  private(set) var path = Path()
  private var outline: [Point] = []

  /// - Parameter tolerance: How far, in points, round parts may lie beside the true circle.
  init(_ stroke: Stroke, tolerance: Double) {
    self.stroke = stroke
    self.tolerance = tolerance
    half = stroke.width / 2
  }

  /// The outline of one stroke along a path.
  static func outline(of source: Path, _ stroke: Stroke, tolerance: Double) -> Path {
    require(
      stroke.width.isFinite && stroke.width >= 0,
      "a stroke's width is a finite number from 0, not \(stroke.width)")
    var result = StrokeOutline(stroke, tolerance: tolerance)
    guard stroke.width > 0 else { return result.path }
    for line in Polyline.lines(of: source, tolerance: tolerance) {
      if stroke.dash.isEmpty {
        result.add(line)
      } else {
        for dash in line.dashes(stroke.dash, phase: stroke.dashPhase) { result.add(dash) }
      }
    }
    return result.path
  }

  private mutating func add(_ line: Polyline) {
    let points = line.points
    guard points.count > 1 else {
      if let dot = points.first, line.isDot { addDot(at: dot, direction: line.dotDirection) }
      return
    }
    let directions = line.directions
    if line.closed {
      let last = points.count - 1
      for side in [1.0, -1.0] {
        for k in 0...last {
          let i = side > 0 ? k : last - k
          let before = i == 0 ? last : i - 1
          join(
            at: points[i], from: side > 0 ? directions[before] : directions[i] * -1,
            to: side > 0 ? directions[i] : directions[before] * -1,
            room: min(line.length(of: before), line.length(of: i)), smooth: line.smooth[i])
        }
        flush()
      }
    } else {
      let last = points.count - 1
      cap(at: points[0], outwards: directions[0] * -1)
      for i in 1..<last {
        join(
          at: points[i], from: directions[i - 1], to: directions[i],
          room: min(line.length(of: i - 1), line.length(of: i)), smooth: line.smooth[i])
      }
      cap(at: points[last], outwards: directions[last - 1])
      for i in (1..<last).reversed() {
        join(
          at: points[i], from: directions[i] * -1, to: directions[i - 1] * -1,
          room: min(line.length(of: i - 1), line.length(of: i)), smooth: line.smooth[i])
      }
      flush()
    }
  }

  /// A line without a length: only its caps show.
  private mutating func addDot(at point: Point, direction: Point) {
    guard stroke.cap != .butt else { return }
    cap(at: point, outwards: direction * -1)
    cap(at: point, outwards: direction)
    flush()
  }

  private mutating func flush() {
    path.appendLine(through: outline)
    path.close()
    outline.removeAll(keepingCapacity: true)
  }

  /// Where the left edge of a line in the given direction runs, seen from its middle.
  private func left(of direction: Point) -> Point { Point(direction.y, -direction.x) * half }

  /// The end of a line, from its left edge to its right one, seen in the direction `outwards`.
  private mutating func cap(at point: Point, outwards: Point) {
    let side = left(of: outwards)
    switch stroke.cap {
    case .butt:
      outline.append(point + side)
      outline.append(point - side)
    case .square:
      let beyond = point + outwards * half
      outline.append(beyond + side)
      outline.append(beyond - side)
    case .round:
      let front = outwards * half
      outline.append(point + side)
      arc(around: point, from: side, to: front)
      arc(around: point, from: front, to: side * -1)
    }
  }

  /// The left edge around a corner.
  private mutating func join(
    at point: Point, from a: Point, to b: Point, room: Double, smooth: Bool
  ) {
    let turn = a.cross(b)
    let cosine = a.dot(b)
    let before = left(of: a)
    let after = left(of: b)
    // Within a hundredth of the tolerance of straight, one point will do.
    if cosine > 0 && abs(turn) * half < tolerance * 0.01 {
      outline.append(point + after)
      return
    }
    // Where the two edges cross, seen from the corner; for a full turn back they do not.
    let corner = cosine > -0.9999 ? (before + after) * (1 / (1 + cosine)) : nil
    if turn < 0 {
      // The inner side. The crossing lies half·tan(θ/2) = half·|sin θ|/(1 + cos θ) along the pieces.
      if let corner, -turn * half <= room * (1 + cosine) {
        outline.append(point + corner)
      } else {
        outline.append(point + before)
        outline.append(point)
        outline.append(point + after)
      }
      return
    }
    outline.append(point + before)
    if smooth || stroke.join == .round {
      if let middle = corner {
        arc(around: point, from: before, to: middle * (half / middle.length))
        arc(around: point, from: middle * (half / middle.length), to: after)
      } else {
        arc(around: point, from: before, to: a * half)
        arc(around: point, from: a * half, to: after)
      }
    } else if stroke.join == .miter, let corner {
      // The sharp corner is 1/cos(θ/2) line widths long, and cos²(θ/2) = (1 + cos θ)/2.
      let limit = max(stroke.miterLimit, 1)
      if (1 + cosine) * limit * limit >= 2 { outline.append(point + corner) }
    }
    outline.append(point + after)
  }

  /// The points after `from` to `to` included on the circle around `center`, an arc of at most a
  /// quarter turn. Halving the angle takes only a square root, so no sines are needed.
  private mutating func arc(around center: Point, from: Point, to: Point) {
    let sum = from + to
    let length = sum.length
    // The chord lies half − |from + to|/2 inside the circle at most.
    if half - length / 2 > tolerance, length > half {
      let middle = sum * (half / length)
      arc(around: center, from: from, to: middle)
      arc(around: center, from: middle, to: to)
    } else {
      outline.append(center + to)
    }
  }
}
