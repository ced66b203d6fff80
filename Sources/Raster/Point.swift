/// A position or a displacement on a canvas, in points, with y pointing down.
public struct Point: Sendable, Hashable {
  /// The horizontal coordinate, growing to the right.
  public var x: Double
  /// The vertical coordinate, growing downwards.
  public var y: Double

  /// The origin, at the upper left corner of a canvas.
  public static let zero = Point(x: 0, y: 0)

  /// The point (`x`, `y`).
  @inlinable
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// The point (`x`, `y`), for the many places where labels say nothing.
  @inlinable
  public init(_ x: Double, _ y: Double) { self.init(x: x, y: y) }

  /// The sum of two displacements.
  @inlinable
  public static func + (a: Point, b: Point) -> Point { Point(x: a.x + b.x, y: a.y + b.y) }

  /// The displacement from `b` to `a`.
  @inlinable
  public static func - (a: Point, b: Point) -> Point { Point(x: a.x - b.x, y: a.y - b.y) }

  /// The displacement `a` made `factor` times as long.
  @inlinable
  public static func * (a: Point, factor: Double) -> Point {
    Point(x: a.x * factor, y: a.y * factor)
  }

  /// The distance from the origin, √(x² + y²).
  @inlinable
  public var length: Double { (x * x + y * y).squareRoot() }

  /// The distance to another point.
  @inlinable
  public func distance(to other: Point) -> Double { (self - other).length }

  /// Whether both coordinates are finite numbers.
  @inlinable
  public var isFinite: Bool { x.isFinite && y.isFinite }

  /// The point `fraction` of the way from this one to `other`.
  @inlinable
  func mixed(with other: Point, _ fraction: Double) -> Point {
    Point(x: x + (other.x - x) * fraction, y: y + (other.y - y) * fraction)
  }

  /// x₁y₂ − y₁x₂: positive when `other` lies clockwise of this direction on the screen.
  @inlinable
  func cross(_ other: Point) -> Double { x * other.y - y * other.x }

  /// x₁x₂ + y₁y₂.
  @inlinable
  func dot(_ other: Point) -> Double { x * other.x + y * other.y }
}

/// A width and a height, in points.
public struct Size: Sendable, Hashable {
  /// The horizontal extent.
  public var width: Double
  /// The vertical extent.
  public var height: Double

  /// No extent at all.
  public static let zero = Size(width: 0, height: 0)

  /// The size `width` × `height`.
  @inlinable
  public init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}
