/// A map of the plane that keeps straight lines straight and parallels parallel.
///
/// ```text
/// x′ = a·x + c·y + tx
/// y′ = b·x + d·y + ty
/// ```
public struct AffineTransform: Sendable, Hashable {
  /// How much x′ grows with x.
  public var a: Double
  /// How much y′ grows with x.
  public var b: Double
  /// How much x′ grows with y.
  public var c: Double
  /// How much y′ grows with y.
  public var d: Double
  /// Where the origin goes, horizontally.
  public var tx: Double
  /// Where the origin goes, vertically.
  public var ty: Double

  /// The map that leaves every point where it is.
  public static let identity = AffineTransform(a: 1, b: 0, c: 0, d: 1, tx: 0, ty: 0)

  /// The map with the six given coefficients.
  @inlinable
  public init(a: Double, b: Double, c: Double, d: Double, tx: Double, ty: Double) {
    self.a = a
    self.b = b
    self.c = c
    self.d = d
    self.tx = tx
    self.ty = ty
  }

  /// Moves everything by (`x`, `y`).
  public static func translation(x: Double, y: Double) -> AffineTransform {
    AffineTransform(a: 1, b: 0, c: 0, d: 1, tx: x, ty: y)
  }

  /// Stretches away from the origin, by `x` horizontally and `y` vertically.
  public static func scale(x: Double, y: Double) -> AffineTransform {
    AffineTransform(a: x, b: 0, c: 0, d: y, tx: 0, ty: 0)
  }

  /// Stretches away from the origin by `factor` in both directions.
  public static func scale(_ factor: Double) -> AffineTransform { .scale(x: factor, y: factor) }

  /// The map that does this one first and `next` after it.
  @inlinable
  public func concatenating(_ next: AffineTransform) -> AffineTransform {
    AffineTransform(
      a: next.a * a + next.c * b, b: next.b * a + next.d * b,
      c: next.a * c + next.c * d, d: next.b * c + next.d * d,
      tx: next.a * tx + next.c * ty + next.tx, ty: next.b * tx + next.d * ty + next.ty)
  }

  /// Where the point goes.
  @inlinable
  public func callAsFunction(_ p: Point) -> Point {
    Point(x: a * p.x + c * p.y + tx, y: b * p.x + d * p.y + ty)
  }

  /// The smallest rectangle around where the rectangle goes.
  public func bounds(of rect: Rect) -> Rect {
    let corners = [
      self(Point(rect.minX, rect.minY)), self(Point(rect.maxX, rect.minY)),
      self(Point(rect.minX, rect.maxY)), self(Point(rect.maxX, rect.maxY)),
    ]
    var result = Rect(origin: corners[0], size: .zero)
    for corner in corners.dropFirst() { result = result.union(Rect(origin: corner, size: .zero)) }
    return result
  }

  /// By how much areas grow: a·d − b·c, negative for a map that mirrors.
  @inlinable
  public var determinant: Double { a * d - b * c }

  /// The map back, or nothing when the plane is squashed onto a line.
  public var inverse: AffineTransform? {
    let area = determinant
    guard area != 0, area.isFinite else { return nil }
    return AffineTransform(
      a: d / area, b: -b / area, c: -c / area, d: a / area,
      tx: (c * ty - d * tx) / area, ty: (b * tx - a * ty) / area)
  }

  /// Whether horizontal and vertical lines stay horizontal or vertical.
  var keepsAxes: Bool { (b == 0 && c == 0) || (a == 0 && d == 0) }

  /// The length of a unit of the plane afterwards, as the square root of the growth of areas.
  var meanScale: Double { abs(determinant).squareRoot() }
}
