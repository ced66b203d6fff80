public import Raster

/// The spread of several groups of values: boxes from the lower to the upper quartile with a line
/// at the median, whiskers to the last values within 1.5 interquartile ranges of the box, and every
/// value beyond as a point (J. Tukey, 1977).
///
///     BoxMark(["Swift": swiftTimes, "TensorFlow": tensorFlowTimes])
public struct BoxMark: Mark, Hashable {
  /// One group's summary.
  public struct Group: Sendable, Hashable {
    /// The name.
    public let name: String
    /// How many finite values there are.
    public let count: Int
    /// The lower quartile, the median and the upper quartile.
    public let quartiles: [Double]
    /// The smallest and the largest value within the whiskers.
    public let whiskers: ClosedRange<Double>
    /// The values beyond the whiskers.
    public let outliers: [Double]

    init?(_ name: String, _ values: [Double]) {
      let sorted = values.filter(\.isFinite).sorted()
      guard let first = sorted.first, let last = sorted.last else { return nil }
      let quantiles = Quantiles(sorted: sorted)
      let quartiles = [quantiles[0.25], quantiles[0.5], quantiles[0.75]]
      let reach = 1.5 * (quartiles[2] - quartiles[0])
      let within = sorted.filter { quartiles[0] - reach <= $0 && $0 <= quartiles[2] + reach }
      self.name = name
      count = sorted.count
      self.quartiles = quartiles
      whiskers = (within.first ?? first)...(within.last ?? last)
      outliers = sorted.filter { $0 < quartiles[0] - reach || quartiles[2] + reach < $0 }
    }
  }

  /// The groups that have values.
  public let groups: [Group]
  /// The names of all groups, in order.
  public let categories: [String]
  /// Whether the boxes lie, with the groups on the vertical axis, the first on top.
  public var isHorizontal: Bool
  /// The colour; `nil` takes the next of the theme's.
  public var color: Ink?

  /// Summarises groups of values. A group without finite values keeps its empty place.
  public init(
    _ groups: KeyValuePairs<String, [some Plottable]>, isHorizontal: Bool = false,
    color: Ink? = nil
  ) {
    self.init(
      groups.map { (name: $0.key, values: $0.value) }, isHorizontal: isHorizontal, color: color)
  }

  /// Summarises groups of values that are not written as a literal.
  public init(
    _ groups: [(name: String, values: [some Plottable])], isHorizontal: Bool = false,
    color: Ink? = nil
  ) {
    categories = groups.map(\.name)
    self.groups = groups.compactMap { Group($0.name, $0.values.map(\.plotted)) }
    self.isHorizontal = isHorizontal
    self.color = color
  }

  private var categoryDemand: AxisDemand {
    var demand = AxisDemand()
    demand.categories = categories
    return demand
  }
  private var valueDemand: AxisDemand {
    var demand = AxisDemand(
      groups.flatMap { $0.outliers + [$0.whiskers.lowerBound, $0.whiskers.upperBound] })
    demand.isWhole = false
    return demand
  }
  /// The groups, or for lying boxes the values.
  public var xDemand: AxisDemand { isHorizontal ? valueDemand : categoryDemand }
  /// The values, or for lying boxes the groups from top to bottom.
  public var yDemand: AxisDemand {
    guard isHorizontal else { return valueDemand }
    var demand = categoryDemand
    demand.isReversed = true
    return demand
  }
  /// One, unless a colour is given.
  public var seriesCount: Int { color == nil ? 1 : 0 }
  /// Whether no group has a value.
  public var isEmpty: Bool { groups.isEmpty }

  /// Draws whiskers, boxes, medians and outliers.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let ink = plot.color(color)
    let places = isHorizontal ? plot.y : plot.x
    let values = isHorizontal ? plot.x : plot.y
    func point(_ along: Double, _ across: Double) -> Point {
      isHorizontal ? Point(along, across) : Point(across, along)
    }
    for group in groups {
      guard let index = places.index(of: group.name),
        let a = places(Double(index) - 0.26), let b = places(Double(index) + 0.26),
        let box = group.box(on: values)
      else { continue }
      let middle = (a + b) / 2
      let cap = (b - a).magnitude * 0.22
      let stroke = Stroke(width: 1.2)
      var whiskers = Path()
      for (end, start) in [(box.low, box.lower), (box.high, box.upper)] {
        whiskers.append(.segment(from: point(start, middle), to: point(end, middle)))
        whiskers.append(.segment(from: point(end, middle - cap), to: point(end, middle + cap)))
      }
      canvas.stroke(whiskers, stroke, ink)
      let corners = [
        point(box.lower, a), point(box.upper, a), point(box.upper, b), point(box.lower, b),
      ]
      canvas.fill(.polygon(corners), plot.theme.plotBackground)
      canvas.fill(.polygon(corners), ink.opacity(plot.theme.isDark ? 0.35 : 0.25))
      canvas.stroke(.polygon(corners), stroke, ink)
      canvas.stroke(
        .segment(from: point(box.median, a), to: point(box.median, b)), Stroke(width: 2.2), ink)
      for value in group.outliers {
        guard let along = values(value) else { continue }
        canvas.stroke(
          .circle(center: point(along, middle), radius: plot.theme.pointSize * 0.42),
          Stroke(width: 1), ink)
      }
    }
  }

  /// The median of every group, with its quartiles.
  public func summary(x: Axis, y: Axis) -> String? {
    let say = NumberFormat.spoken
    let clauses = groups.map {
      "\($0.name): median \(say($0.quartiles[1])) of \($0.count), quartiles "
        + "\(say($0.quartiles[0])) and \(say($0.quartiles[2]))"
    }
    return clauses.isEmpty ? nil : clauses.joined(separator: "; ")
  }
}

extension BoxMark.Group {
  /// Positions along the value axis; `nil` when one of them has none.
  fileprivate func box(on axis: Projection) -> (
    low: Double, lower: Double, median: Double, upper: Double, high: Double
  )? {
    guard let low = axis(whiskers.lowerBound), let lower = axis(quartiles[0]),
      let median = axis(quartiles[1]), let upper = axis(quartiles[2]),
      let high = axis(whiskers.upperBound)
    else { return nil }
    return (low, lower, median, upper, high)
  }
}
