import Sweeps

/// What a mark asks of one axis: the values it must show and how it wants to be framed.
public struct AxisDemand: Sendable, Hashable {
  /// The finite values to be shown, or `nil` when there are none.
  public var values: ClosedRange<Double>?
  /// The values above zero, which is what a logarithmic axis can show.
  public var positives: ClosedRange<Double>?
  /// The names of a categorical axis; index i stands at the value i. Names may repeat.
  public var categories: [String]
  /// The mark stands on zero (bars, areas), so zero is shown, and is where the axis ends when all
  /// values lie on one side of it.
  public var standsOnZero: Bool
  /// The mark fills its extent (images, heatmaps): no room is left around it.
  public var isTight: Bool
  /// The mark wants the values to grow the other way (rows downwards).
  public var isReversed: Bool
  /// The mark is better without grid lines across it.
  public var hidesGrid: Bool
  /// How much more room than usual is left beyond the values, as a fraction of the axis: for what
  /// is written at their ends.
  public var headroom: Double
  /// The axis goes on to a tick at or beyond the values, so that every end (of a bar) is read between
  /// two grid lines.
  public var reachesTick: Bool
  /// All values are whole numbers, or the axis counts cells.
  public var isWhole: Bool
  /// How many values are not numbers.
  public var missingCount: Int
  /// How many data are at or below zero, with the first of them and its index. Ends of error bars,
  /// bands and feet at zero are no data: they end where the axis does.
  public var nonPositive: NonPositive?

  /// Values that a logarithmic axis has no place for.
  public struct NonPositive: Sendable, Hashable {
    /// How many there are.
    public var count: Int
    /// The first of them.
    public var first: Double
    /// The index of the first in the data.
    public var index: Int
  }

  /// Asks for these values to be shown.
  public init(_ values: some Sequence<Double> = EmptyCollection()) {
    categories = []
    standsOnZero = false
    isTight = false
    isReversed = false
    hidesGrid = false
    headroom = 0
    reachesTick = false
    let sweep = Sweep(array(of: values))
    isWhole = sweep.isWhole
    missingCount = sweep.missingCount
    nonPositive = sweep.nonPositive.map {
      NonPositive(count: $0.count, first: $0.first, index: $0.index)
    }
    self.values = sweep.range
    positives = sweep.positives
  }

  /// The demand of a picture on the axis of its rows or columns, `nil` for one without pixels.
  static func picture(_ range: ClosedRange<Double>?, isUpright: Bool) -> AxisDemand {
    var demand = AxisDemand(range.map { [$0.lowerBound, $0.upperBound] } ?? [])
    demand.isTight = true
    demand.hidesGrid = true
    demand.isWhole = !isUpright
    demand.nonPositive = nil
    return demand
  }

  /// The same with values that grow the other way.
  var reversed: AxisDemand {
    var copy = self
    copy.isReversed = true
    return copy
  }

  /// Both demands together: the union of values, the categories in order of first appearance.
  func union(_ other: AxisDemand) -> AxisDemand {
    var result = self
    result.values = Self.hull(values, other.values)
    result.positives = Self.hull(positives, other.positives)
    result.categories = Categories.union(categories, other.categories)
    result.standsOnZero = standsOnZero || other.standsOnZero
    result.isTight = isTight || other.isTight
    result.isReversed = isReversed || other.isReversed
    result.headroom = max(headroom, other.headroom)
    result.reachesTick = reachesTick || other.reachesTick
    result.hidesGrid = hidesGrid || other.hidesGrid
    // A demand without values says nothing about wholeness.
    result.isWhole = isWhole && other.isWhole
    result.missingCount += other.missingCount
    if result.nonPositive == nil { result.nonPositive = other.nonPositive }
    return result
  }

  private static func hull(_ a: ClosedRange<Double>?, _ b: ClosedRange<Double>?)
    -> ClosedRange<Double>?
  {
    guard let a else { return b }
    guard let b else { return a }
    return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
  }
}

extension AxisDemand {
  /// One value that the mark itself speaks of where the axis has no place for it.
  static func single(_ value: Double) -> AxisDemand {
    var demand = AxisDemand([value])
    demand.nonPositive = nil
    return demand
  }
}
