extension Path {
  /// The outline of a rectangle, clockwise on the screen.
  public static func rect(_ rect: Rect) -> Path {
    polygon([
      Point(rect.minX, rect.minY), Point(rect.maxX, rect.minY), Point(rect.maxX, rect.maxY),
      Point(rect.minX, rect.maxY),
    ])
  }

  /// The outline of a rectangle whose corners are quarters of a circle; the radius is cut down to
  /// half of the shorter side.
  public static func roundedRect(_ rect: Rect, radius: Double) -> Path {
    let r = min(max(radius, 0), min(rect.width, rect.height) / 2)
    guard r > 0 else { return .rect(rect) }
    let k = r * (1 - quarterCircle)
    var path = Path()
    path.move(to: Point(rect.minX + r, rect.minY))
    path.line(to: Point(rect.maxX - r, rect.minY))
    path.cubic(
      to: Point(rect.maxX, rect.minY + r), Point(rect.maxX - k, rect.minY),
      Point(rect.maxX, rect.minY + k))
    path.line(to: Point(rect.maxX, rect.maxY - r))
    path.cubic(
      to: Point(rect.maxX - r, rect.maxY), Point(rect.maxX, rect.maxY - k),
      Point(rect.maxX - k, rect.maxY))
    path.line(to: Point(rect.minX + r, rect.maxY))
    path.cubic(
      to: Point(rect.minX, rect.maxY - r), Point(rect.minX + k, rect.maxY),
      Point(rect.minX, rect.maxY - k))
    path.line(to: Point(rect.minX, rect.minY + r))
    path.cubic(
      to: Point(rect.minX + r, rect.minY), Point(rect.minX, rect.minY + k),
      Point(rect.minX + k, rect.minY))
    path.close()
    return path
  }

  /// The circle around `center`.
  public static func circle(center: Point, radius: Double) -> Path {
    ellipse(
      in: Rect(
        x: center.x - radius, y: center.y - radius, width: 2 * radius, height: 2 * radius))
  }

  /// The ellipse that touches the four sides of `rect`.
  public static func ellipse(in rect: Rect) -> Path {
    let center = rect.center
    let rx = rect.width / 2
    let ry = rect.height / 2
    let kx = rx * quarterCircle
    let ky = ry * quarterCircle
    var path = Path()
    path.move(to: Point(center.x + rx, center.y))
    path.cubic(
      to: Point(center.x, center.y + ry), Point(center.x + rx, center.y + ky),
      Point(center.x + kx, center.y + ry))
    path.cubic(
      to: Point(center.x - rx, center.y), Point(center.x - kx, center.y + ry),
      Point(center.x - rx, center.y + ky))
    path.cubic(
      to: Point(center.x, center.y - ry), Point(center.x - rx, center.y - ky),
      Point(center.x - kx, center.y - ry))
    path.cubic(
      to: Point(center.x + rx, center.y), Point(center.x + kx, center.y - ry),
      Point(center.x + rx, center.y - ky))
    path.close()
    return path
  }

  /// The open line through the points.
  public static func polyline(_ points: some Sequence<Point>) -> Path {
    var path = Path()
    path.appendLine(through: (points as? [Point]) ?? Array(points))
    return path
  }

  /// The closed line through the points.
  public static func polygon(_ points: some Sequence<Point>) -> Path {
    var path = polyline(points)
    path.close()
    return path
  }

  /// The straight line from `start` to `end`.
  public static func segment(from start: Point, to end: Point) -> Path {
    var path = Path()
    path.move(to: start)
    path.line(to: end)
    return path
  }

  /// How far along a quarter circle's tangent, in radii, the control points of the best cubic
  /// curve lie: 4/3·(√2 − 1). The curve strays from the circle by 0.027 % of the radius.
  private static var quarterCircle: Double { 4.0 / 3.0 * (2.0.squareRoot() - 1) }
}
