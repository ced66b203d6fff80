internal import Requirements

extension Tensor {
  /// Applies a function to every element. For the common functions use the named operations
  /// (``relu(_:)``, ``exp(_:)`` …), which run on vectors.
  public func map(_ transform: (Float) throws -> Float) rethrows -> Tensor {
    let result = Tensor(uninitialized: shape)
    for i in 0..<count { unsafe result.storage.base[i] = try transform(storage.base[i]) }
    return result
  }

  /// Combines the elements of two tensors of the same shape, position by position.
  public func zip(
    with other: Tensor, _ combine: (Float, Float) throws -> Float
  ) rethrows -> Tensor {
    requireSameShape(self, other)
    let result = Tensor(uninitialized: shape)
    for i in 0..<count {
      unsafe result.storage.base[i] = try combine(storage.base[i], other.storage.base[i])
    }
    return result
  }

  /// The elementwise sum; the shapes must be equal.
  public static func + (a: Tensor, b: Tensor) -> Tensor { a.zip(with: b) { $0 + $1 } }

  /// The elementwise difference; the shapes must be equal.
  public static func - (a: Tensor, b: Tensor) -> Tensor { a.zip(with: b) { $0 - $1 } }

  /// The elementwise product; the shapes must be equal.
  public static func * (a: Tensor, b: Tensor) -> Tensor { a.zip(with: b) { $0 * $1 } }

  /// The elementwise quotient; the shapes must be equal.
  public static func / (a: Tensor, b: Tensor) -> Tensor { a.zip(with: b) { $0 / $1 } }

  /// Every element times a number.
  public static func * (a: Tensor, factor: Float) -> Tensor { a.map { $0 * factor } }

  /// Every element times a number.
  public static func * (factor: Float, a: Tensor) -> Tensor { a.map { $0 * factor } }

  /// Every element divided by a number.
  public static func / (a: Tensor, divisor: Float) -> Tensor { a.map { $0 / divisor } }

  /// Every element plus a number.
  public static func + (a: Tensor, term: Float) -> Tensor { a.map { $0 + term } }

  /// Every element minus a number.
  public static func - (a: Tensor, term: Float) -> Tensor { a.map { $0 - term } }

  /// Every element with the other sign.
  public static prefix func - (a: Tensor) -> Tensor { a.map { -$0 } }

  /// Adds another tensor of the same shape in place.
  public static func += (a: inout Tensor, b: Tensor) { a = a + b }

  /// Subtracts another tensor of the same shape in place.
  public static func -= (a: inout Tensor, b: Tensor) { a = a - b }

  /// Multiplies every element in place.
  public static func *= (a: inout Tensor, factor: Float) { a = a * factor }

  /// Adds `scale · other` in place, each element rounded once (fused multiply-add).
  public mutating func add(_ other: Tensor, scaledBy scale: Float) {
    requireSameShape(self, other)
    makeUnique()
    for i in 0..<count {
      unsafe storage.base[i] = storage.base[i].addingProduct(other.storage.base[i], scale)
    }
  }
}

/// Traps unless both tensors have the same shape.
func requireSameShape(_ a: Tensor, _ b: Tensor) {
  require(
    a.shape == b.shape, "Elementwise operations need equal shapes, not \(a.shape) and \(b.shape).")
}
