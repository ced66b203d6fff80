/// A number that can be plotted: the integer and floating-point types of the standard library.
///
/// Marks take `some Sequence<some Plottable>`, so that `[Float]`, `0..<40` and `[Double]` all work
/// without a conversion at the call.
public protocol Plottable: Sendable {
  /// The value as a `Double`, not finite where the point is missing.
  var plotted: Double { get }
}

extension Double: Plottable {
  /// The value itself.
  @inlinable public var plotted: Double { self }
}

extension Float: Plottable {
  /// The value itself, exactly.
  @inlinable public var plotted: Double { Double(self) }
}

extension Int: Plottable {
  /// The nearest `Double`.
  @inlinable public var plotted: Double { Double(self) }
}

extension UInt8: Plottable {
  /// The value itself, exactly.
  @inlinable public var plotted: Double { Double(self) }
}

extension Int32: Plottable {
  /// The value itself, exactly.
  @inlinable public var plotted: Double { Double(self) }
}

extension Bool: Plottable {
  /// 1 for true, 0 for false.
  @inlinable public var plotted: Double { self ? 1 : 0 }
}

extension Optional: Plottable where Wrapped: Plottable {
  /// The value, or NaN (a gap) for `nil`.
  @inlinable public var plotted: Double { self?.plotted ?? .nan }
}
