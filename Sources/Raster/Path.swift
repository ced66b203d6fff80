import Requirements

/// A line made of straight pieces and Bézier curves, in one or more parts.
public struct Path: Sendable, Hashable {
  /// One step of a path.
  public enum Element: Sendable, Hashable {
    /// Begins a new part at the point.
    case move(Point)
    /// A straight line to the point.
    case line(Point)
    /// A quadratic curve to the point, pulled by one control point.
    case quad(Point, control: Point)
    /// A cubic curve to the point, pulled by two control points.
    case cubic(Point, Point, Point)
    /// A straight line back to where the part began, joined to its beginning.
    case close
  }

  /// What stands in `verbs`; the points that belong to each stand in `points`, the end point last.
  enum Verb: UInt8, Sendable {
    case move, line, quad, cubic, close
  }

  // Two flat arrays instead of one of enums: a long polyline takes 17 bytes a step, not 49.
  private(set) var verbs: [Verb] = []
  private(set) var points: [Point] = []
  private var start = Point.zero

  /// A path without any element.
  public init() {}

  /// Whether there is nothing to draw.
  public var isEmpty: Bool { verbs.isEmpty }

  /// The point that the next element starts from, if there is one.
  public var currentPoint: Point? {
    guard let last = verbs.last else { return nil }
    return last == .close ? start : points.last
  }

  /// Begins a new part at `point`.
  public mutating func move(to point: Point) {
    append(.move, point)
    start = point
  }

  /// Adds a straight line to `point`; in an empty path it only begins there.
  public mutating func line(to point: Point) {
    begin(at: point)
    append(.line, point)
  }

  /// Adds the quadratic Bézier curve to `point` with the given control point.
  public mutating func quad(to point: Point, control: Point) {
    begin(at: control)
    check(control)
    points.append(control)
    append(.quad, point)
  }

  /// Adds the cubic Bézier curve to `point` with the control points `first` and `second`.
  public mutating func cubic(to point: Point, _ first: Point, _ second: Point) {
    begin(at: first)
    check(first)
    check(second)
    points.append(first)
    points.append(second)
    append(.cubic, point)
  }

  /// Closes the current part with a line to its beginning; nothing in an empty path.
  public mutating func close() {
    guard let last = verbs.last, last != .close else { return }
    verbs.append(.close)
  }

  /// Adds a part that goes straight through the points.
  mutating func appendLine(through corners: [Point]) {
    guard let first = corners.first else { return }
    // All at once: a long line has thousands.
    for point in corners { check(point) }
    verbs.reserveCapacity(verbs.count + corners.count)
    verbs.append(.move)
    verbs.append(contentsOf: repeatElement(.line, count: corners.count - 1))
    points.append(contentsOf: corners)
    start = first
  }

  /// Adds all elements of another path.
  public mutating func append(_ other: Path) {
    verbs += other.verbs
    points += other.points
    start = other.verbs.isEmpty ? start : other.start
  }

  /// The steps of the path in order.
  public var elements: [Element] {
    var result: [Element] = []
    result.reserveCapacity(verbs.count)
    var i = 0
    for verb in verbs {
      switch verb {
      case .move: result.append(.move(points[i]))
      case .line: result.append(.line(points[i]))
      case .quad: result.append(.quad(points[i + 1], control: points[i]))
      case .cubic: result.append(.cubic(points[i + 2], points[i], points[i + 1]))
      case .close: result.append(.close)
      }
      i += verb.pointCount
    }
    return result
  }

  /// The smallest rectangle around all points, control points included, or nothing in an empty
  /// path. The curves themselves lie inside it.
  public var bounds: Rect? {
    guard let first = points.first else { return nil }
    var (minX, minY, maxX, maxY) = (first.x, first.y, first.x, first.y)
    for point in points {
      minX = min(minX, point.x)
      minY = min(minY, point.y)
      maxX = max(maxX, point.x)
      maxY = max(maxY, point.y)
    }
    return Rect(minX: minX, minY: minY, maxX: maxX, maxY: maxY)
  }

  /// The path with every point moved by `transform`.
  public func transformed(by transform: AffineTransform) -> Path {
    var result = self
    for i in result.points.indices { result.points[i] = transform(points[i]) }
    result.start = transform(start)
    return result
  }

  /// Makes sure that a part has begun: a path may start with a line, and may go on after a close.
  private mutating func begin(at point: Point) {
    if let last = verbs.last {
      if last == .close { move(to: start) }
    } else {
      move(to: point)
    }
  }

  private mutating func append(_ verb: Verb, _ point: Point) {
    check(point)
    verbs.append(verb)
    points.append(point)
  }

  private func check(_ point: Point) {
    require(point.isFinite, "a path has finite coordinates, not (\(point.x), \(point.y))")
  }
}

extension Path.Verb {
  /// How many points the step has in the list of points.
  @inline(__always)
  var pointCount: Int {
    switch self {
    case .move, .line: 1
    case .quad: 2
    case .cubic: 3
    case .close: 0
    }
  }
}
