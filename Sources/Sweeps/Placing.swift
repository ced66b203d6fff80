internal import ElementaryFunctions

/// The arithmetic of an axis and of a colour scale: from a value to its share of a stretch, 0 at the lower
/// end of the domain and 1 at the upper one.
package struct Placing: Sendable, Hashable {
  /// What becomes equal lengths.
  package enum Curve: Sendable, Hashable {
    /// Equal differences.
    case even
    /// Equal ratios; values ≤ 0 have no place.
    case log
    /// Equal ratios on both sides of zero, equal differences within the threshold.
    case symlog(threshold: Double)
  }

  package let curve: Curve
  private let low: Double
  private let span: Double
  /// Scales the arithmetic down where the domain is wider than the largest `Double`.
  private let factor: Double
  /// Whether values outside of the domain have the colours of its ends; else they have none.
  private let hasColorsBeyond: Bool

  package init(
    _ curve: Curve, _ domain: ClosedRange<Double>, hasColorsBeyond: Bool = true
  ) {
    self.curve = curve
    self.hasColorsBeyond = hasColorsBeyond
    let lower = Self.straightened(domain.lowerBound, curve)
    let upper = Self.straightened(domain.upperBound, curve)
    factor = (upper - lower).isFinite ? 1 : 0.25
    low = lower * factor
    span = upper * factor - low
  }

  /// The share of a finite value, above zero on a logarithmic curve; beyond 0…1 outside of the domain.
  @inline(__always)
  func share(_ value: Double) -> Double {
    (Self.straightened(value, curve) * factor - low) / span
  }

  /// Whether the ends of the domain are different once they are straightened.
  package var hasExtent: Bool { span != 0 && span.isFinite }

  /// The share of what ``straightened(_:_:)`` made of a value.
  package func share(straight value: Double) -> Double { (value * factor - low) / span }

  /// The inverse of ``share(straight:)``; the largest number where it lies beyond.
  package func straight(at share: Double) -> Double {
    let limit = Double.greatestFiniteMagnitude
    return max(-limit, min(limit, (low + span * share) / factor))
  }

  /// How far along a colour map a value lies: beyond 0…1 outside of the domain and for infinities, NaN where
  /// it has no colour.
  package func colorShare(_ value: Double) -> Double {
    if !hasColorsBeyond {
      let share = share(value)
      return share >= 0 && share <= 1 ? share : .nan
    }
    if value.isInfinite { return value > 0 ? 2 : curve == .log ? .nan : -1 }
    if curve == .log && !(value > 0) { return .nan }
    return share(value)
  }

  /// The arithmetic of ``colorShare(_:)`` where it is a straight line for every value, so that a loop over many
  /// needs nothing else: the value times `factor`, less `low`, over `span`.
  var line: (factor: Double, low: Double, span: Double)? {
    curve == .even && hasColorsBeyond && span > 0 ? (factor, low, span) : nil
  }

  /// The function that makes the curve a straight line.
  package static func straightened(_ value: Double, _ curve: Curve) -> Double {
    switch curve {
    case .even: return value
    case .log: return Elementary.log10(value)
    case .symlog(let threshold):
      let ratio = value.magnitude / threshold
      if ratio <= 1 { return value / threshold }
      let decades =
        ratio.isFinite
        ? Elementary.log10(ratio)
        : Elementary.log10(value.magnitude) - Elementary.log10(threshold)
      return (value < 0 ? -1 : 1) * (1 + decades)
    }
  }

  /// The inverse of ``straightened(_:_:)``.
  package static func bent(_ value: Double, _ curve: Curve) -> Double {
    switch curve {
    case .even: return value
    case .log: return Elementary.pow(10, value)
    case .symlog(let threshold):
      if value.magnitude <= 1 { return value * threshold }
      return (value < 0 ? -1 : 1) * threshold * Elementary.pow(10, value.magnitude - 1)
    }
  }
}
