import Numbers
public import Raster

/// The spread of several groups of values: boxes from the lower to the upper quartile with a line
/// at the median, whiskers to the last values within 1.5 interquartile ranges of the box, and every
/// value beyond as a point (J. Tukey, 1977).
///
/// ```swift
/// BoxMark(["Swift": swiftTimes, "TensorFlow": tensorFlowTimes])
/// ```
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
    /// The place of the group among the mark's categories.
    let place: Int

    init?(_ name: String, at place: Int, _ values: [Double]) {
      let sorted = values.filter(\.isFinite).sorted()
      guard let first = sorted.first, let last = sorted.last else { return nil }
      let quantiles = Quantiles(sorted: sorted)
      let quartiles = [quantiles[0.25], quantiles[0.5], quantiles[0.75]]
      let reach = 1.5 * (quartiles[2] - quartiles[0])
      self.place = place
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
  private let missing: [MissingValues]
  /// How many values of each category a logarithmic axis has no place for.
  private let nonPositive: [Int]

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
    let values = groups.map { $0.values.map(\.plotted) }
    self.groups = groups.indices.compactMap { Group(groups[$0].name, at: $0, values[$0]) }
    missing = values.map { MissingValues($0) }
    nonPositive = values.map { $0.count { $0 <= 0 } }
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
      groups.flatMap {
        $0.outliers + $0.quartiles + [$0.whiskers.lowerBound, $0.whiskers.upperBound]
      }
    )
    demand.isWhole = false
    // The notes name their groups.
    demand.nonPositive = nil
    return demand
  }
  /// The groups, or for lying boxes the values.
  public var xDemand: AxisDemand { isHorizontal ? valueDemand : categoryDemand }
  /// The values, or for lying boxes the groups from top to bottom.
  public var yDemand: AxisDemand {
    isHorizontal ? categoryDemand.reversed : valueDemand
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
    let positions = places.places(of: categories)
    for group in groups {
      guard let index = positions[group.place], let a = places(Double(index) - 0.26),
        let b = places(Double(index) + 0.26)
      else { continue }
      let middle = (a + b) / 2
      for value in group.outliers {
        guard let along = values(value) else { continue }
        canvas.stroke(
          .circle(center: point(along, middle), radius: plot.theme.pointSize * 0.42),
          Stroke(width: 1), ink)
      }
      guard let box = group.box(on: values) else { continue }
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
      plot.fill(
        .polygon(corners), ink.opacity(plot.theme.isDark ? 0.35 : 0.25), color, on: &canvas)
      canvas.stroke(.polygon(corners), stroke, ink)
      canvas.stroke(
        .segment(from: point(box.median, a), to: point(box.median, b)), Stroke(width: 2.2), ink)
    }
  }

  /// The median of every group, with its quartiles, its range and how many values are outliers.
  public func summary(x: Axis, y: Axis) -> String? {
    let names = Categories.spoken(categories)
    let axis = isHorizontal ? x : y
    let clauses = groups.map { group in
      let low = min(group.whiskers.lowerBound, group.outliers.first ?? .infinity)
      let high = max(group.whiskers.upperBound, group.outliers.last ?? -.infinity)
      let name = names[group.place]
      if low == high {
        return "\(name): \(counted(group.count, "value", "values")) of \(axis.spoken([low])[0])"
      }
      let words = axis.spoken(group.quartiles + [low, high])
      let outliers =
        group.outliers.isEmpty
        ? "" : ", " + counted(group.outliers.count, "outlier", "outliers")
      return "\(name): median \(words[1]) of \(grouped(group.count)), quartiles "
        + "\(words[0]) and \(words[2]), from \(words[3]) to \(words[4])\(outliers)"
    }
    return clauses.isEmpty ? nil : clauses.joined(separator: "; ")
  }

  /// Values that are left out, and groups without any.
  public func notes(x: Axis, y: Axis) -> [String] {
    if isEmpty { return [] }
    let known = Set(groups.map(\.place))
    return categories.indices.flatMap { index in
      known.contains(index)
        ? missing[index].sentences(categories[index])
        : ["“\(PlainText.of(categories[index]))” has no values"]
    } + notOnLogarithmic(isHorizontal ? x : y, categories, nonPositive)
      + outsideSentences(
        of: groups.map { group in
          let low = min(group.whiskers.lowerBound, group.outliers.first ?? .infinity)
          let high = max(group.whiskers.upperBound, group.outliers.last ?? -.infinity)
          return (categories[group.place], low...high, group.outliers)
        }, on: isHorizontal ? x : y)
  }
}

/// What is said of groups that have values without a place on a logarithmic axis.
func notOnLogarithmic(_ axis: Axis, _ names: [String], _ counts: [Int]) -> [String] {
  guard axis.scale == .log else { return [] }
  return zip(names, counts).filter { $0.1 > 0 }.map { name, count in
    "\(counted(count, "value", "values")) of “\(PlainText.of(name))” ≤ 0 "
      + "\(count == 1 ? "is" : "are") not on the logarithmic axis"
  }
}

extension BoxMark.Group {
  /// Positions along the value axis; what lies beyond its ends is beyond them. `nil` when the box
  /// has no part with a place.
  fileprivate func box(on axis: Projection) -> (
    low: Double, lower: Double, median: Double, upper: Double, high: Double
  )? {
    guard axis(whiskers.upperBound) != nil, let low = axis.reaching(whiskers.lowerBound),
      let lower = axis.reaching(quartiles[0]), let median = axis.reaching(quartiles[1]),
      let upper = axis.reaching(quartiles[2]), let high = axis.reaching(whiskers.upperBound)
    else { return nil }
    return (low, lower, median, upper, high)
  }
}
