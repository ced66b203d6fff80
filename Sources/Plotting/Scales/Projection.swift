import Sweeps

/// A scale with its domain and the stretch of canvas that it fills: data in, points out.
///
/// Values of a categorical axis are 0, 1, 2 … in the order of its categories.
public struct Projection: Sendable, Hashable {
  /// The kind of scale; never `.automatic`.
  public let scale: Scale
  /// The data values at the two ends, lower first.
  public let domain: ClosedRange<Double>
  /// The position of the domain's lower end, in points.
  public let start: Double
  /// The position of the domain's upper end, in points.
  public let end: Double
  /// The names of a categorical axis, else empty.
  public let categories: [String]

  /// What a loop over many values goes by.
  let stretch: Stretch

  init(
    scale: Scale, domain: ClosedRange<Double>, start: Double, end: Double,
    categories: [String] = []
  ) {
    self.scale = scale
    self.domain = domain
    self.start = start
    self.end = end
    self.categories = categories
    stretch = Stretch(Placing(scale.curve, domain), from: start, to: end)
  }

  /// The same axis on another stretch of canvas.
  func placed(from start: Double, to end: Double) -> Projection {
    Projection(scale: scale, domain: domain, start: start, end: end, categories: categories)
  }

  /// The position of a value in points, or `nil` when it has none: NaN, infinities, and values ≤ 0
  /// on a logarithmic axis. Positions outside of the domain lie outside of the plot area.
  public func callAsFunction(_ value: Double) -> Double? {
    let position = stretch.position(value)
    return position.isNaN ? nil : position
  }

  /// The position of an end of something that reaches from the data: of an error bar, a band, a
  /// whisker, a bar. Where the value has no place of its own because it lies beyond every end of the
  /// axis (infinities, values ≤ 0 on a logarithmic axis), and where its place is far away, this is a
  /// position beyond the axis' end. `nil` only for NaN.
  ///
  /// For shapes along the axes; slanted lines between such positions would have a wrong slope.
  public func reaching(_ value: Double) -> Double? {
    guard !value.isNaN else { return nil }
    let beyond = 1e4 * (end < start ? -1 : 1)
    if value == .infinity { return end + beyond }
    guard let position = self(value) else { return start - beyond }
    return min(max(position, min(start - beyond, end + beyond)), max(start - beyond, end + beyond))
  }

  /// The index of a category, or `nil` when the axis does not have it; the first of a name that
  /// comes more than once, see ``places(of:)``.
  public func index(of category: String) -> Int? { categories.firstIndex(of: category) }

  /// Where bars and areas stand: zero, or the nearest value of the domain.
  public var baseline: Double { min(max(0, domain.lowerBound), domain.upperBound) }

  /// Whether equal differences are equal lengths.
  var isEven: Bool { scale.isEven }

  /// The length of the axis in points.
  public var length: Double { (end - start).magnitude }

  /// Whether a value lies within the domain (with a hair's breadth for rounding).
  func contains(_ value: Double) -> Bool {
    guard let position = self(value) else { return false }
    let slack = length * 1e-9
    return min(start, end) - slack <= position && position <= max(start, end) + slack
  }
}

extension Projection {
  /// The position of an edge of a band: where it is, or just beyond the axis' end where it has no
  /// place of its own.
  func edge(_ value: Double) -> Double? { self(value) ?? reaching(value) }
}
