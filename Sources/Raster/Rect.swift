/// An axis-parallel rectangle in points, given by its upper left corner and its extent.
public struct Rect: Sendable, Hashable {
  /// The left edge.
  public var x: Double
  /// The upper edge.
  public var y: Double
  /// The horizontal extent; never negative.
  public var width: Double
  /// The vertical extent; never negative.
  public var height: Double

  /// The empty rectangle at the origin.
  public static let zero = Rect(x: 0, y: 0, width: 0, height: 0)

  /// The rectangle from (`x`, `y`) to (`x` + `width`, `y` + `height`); a negative extent reaches to
  /// the left or upwards.
  @inlinable
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = width < 0 ? x + width : x
    self.y = height < 0 ? y + height : y
    self.width = abs(width)
    self.height = abs(height)
  }

  /// The rectangle with the upper left corner `origin` and the extent `size`.
  @inlinable
  public init(origin: Point, size: Size) {
    self.init(x: origin.x, y: origin.y, width: size.width, height: size.height)
  }

  /// The rectangle between four edges.
  @inlinable
  public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
    self.init(x: minX, y: minY, width: maxX - minX, height: maxY - minY)
  }

  /// The left edge.
  @inlinable
  public var minX: Double { x }
  /// The upper edge.
  @inlinable
  public var minY: Double { y }
  /// The right edge.
  @inlinable
  public var maxX: Double { x + width }
  /// The lower edge.
  @inlinable
  public var maxY: Double { y + height }
  /// The horizontal middle.
  @inlinable
  public var midX: Double { x + width / 2 }
  /// The vertical middle.
  @inlinable
  public var midY: Double { y + height / 2 }
  /// The point in the middle.
  @inlinable
  public var center: Point { Point(x: midX, y: midY) }
  /// The upper left corner.
  @inlinable
  public var origin: Point { Point(x: x, y: y) }
  /// The extent.
  @inlinable
  public var size: Size { Size(width: width, height: height) }
  /// Whether the rectangle has no area.
  @inlinable
  public var isEmpty: Bool { width <= 0 || height <= 0 }

  /// The rectangle with every edge moved inwards by `distance` (outwards when negative); an extent
  /// that would become negative becomes 0 around the middle.
  public func inset(by distance: Double) -> Rect { inset(horizontal: distance, vertical: distance) }

  /// The rectangle with its left and right edges moved inwards by `horizontal`, the upper and lower
  /// ones by `vertical`.
  public func inset(horizontal: Double, vertical: Double) -> Rect {
    let dx = min(horizontal, width / 2)
    let dy = min(vertical, height / 2)
    return Rect(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
  }

  /// The rectangle moved by (`dx`, `dy`).
  public func offset(dx: Double, dy: Double) -> Rect {
    Rect(x: x + dx, y: y + dy, width: width, height: height)
  }

  /// What both rectangles cover, or nothing when they do not overlap.
  public func intersection(_ other: Rect) -> Rect? {
    let left = max(minX, other.minX)
    let right = min(maxX, other.maxX)
    let top = max(minY, other.minY)
    let bottom = min(maxY, other.maxY)
    guard left < right, top < bottom else { return nil }
    return Rect(minX: left, minY: top, maxX: right, maxY: bottom)
  }

  /// The smallest rectangle around both.
  public func union(_ other: Rect) -> Rect {
    Rect(
      minX: min(minX, other.minX), minY: min(minY, other.minY),
      maxX: max(maxX, other.maxX), maxY: max(maxY, other.maxY))
  }

  /// Whether the point lies inside or on the left or upper edge.
  public func contains(_ point: Point) -> Bool {
    point.x >= minX && point.x < maxX && point.y >= minY && point.y < maxY
  }

  /// Whether the other rectangle lies wholly inside or on the edges of this one.
  public func contains(_ other: Rect) -> Bool {
    other.minX >= minX && other.maxX <= maxX && other.minY >= minY && other.maxY <= maxY
  }
}
