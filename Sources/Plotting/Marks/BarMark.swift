public import Numbers

/// Bars that stand on zero, one or several per category: grouped side by side or stacked, upright
/// or lying.
///
/// ```swift
/// BarMark(["Swift", "TensorFlow"], [11.2, 34.9])
/// BarMark(digits, series: ["precision": p, "recall": r], arrangement: .grouped)
/// ```
///
/// Series over the same categories are one mark: a second one would cover the first, and the figure
/// refuses it, unless its bars are narrower (`fill`) or stand where the first has none.
public struct BarMark: Mark, Hashable {
  /// Where the bars of several series stand.
  public enum Arrangement: Sendable, Hashable {
    /// Side by side.
    case grouped
    /// On top of each other; negative values downwards.
    case stacked
  }

  /// One bar per category, under one name.
  public struct Series: Sendable, Hashable {
    /// The name in the legend; without one the series is not in it.
    public var label: String?
    /// One value per category; NaN leaves a bar out.
    public var values: [Double]
  }

  /// The names of the categories.
  public let categories: [String]
  /// The series.
  public let series: [Series]
  /// Where the bars of several series stand.
  public var arrangement: Arrangement
  /// Whether bars lie, with the categories on the vertical axis, the first on top.
  public var isHorizontal: Bool
  /// The colours of the series; where there is none, the next of the theme's.
  public var colors: [Ink] {
    didSet {
      MarkChecks("BarMark", series.first?.label, #fileID, #line).require(
        colors.count <= series.count, "\(colors.count) colours for \(series.count) series")
    }
  }
  /// The format of the values written at the bars; `nil` for none.
  public var valueFormat: NumberFormat? {
    didSet { MarkChecks("BarMark", series.first?.label, #fileID, #line).format(valueFormat) }
  }
  /// The share of a category's place that its bars fill, 0…1.
  public var fill: Double {
    didSet {
      MarkChecks("BarMark", series.first?.label, #fileID, #line).require(
        fill > 0 && fill <= 1, "bars fill 0…1 of their place, not \(fill)")
    }
  }
  /// The error bars, one list per series; empty for none.
  private var errors: [ErrorLengths] = []

  /// Makes one bar per category. Traps when there is not one value for each, and when `fill` does
  /// not lie within 0…1.
  public init(
    _ categories: [String], _ values: some Sequence<some Plottable>, label: String? = nil,
    color: Ink? = nil, isHorizontal: Bool = false, valueFormat: NumberFormat? = nil,
    fill: Double = 0.72, fileID: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(
      categories, all: [Series(label: label, values: values.map(\.plotted))], arrangement: .grouped,
      isHorizontal: isHorizontal, colors: color.map { [$0] } ?? [], valueFormat: valueFormat,
      fill: fill, fileID, line)
  }

  /// Makes several bars per category. Traps when a series has not one value for each, and when
  /// `fill` does not lie within 0…1.
  public init(
    _ categories: [String], series: KeyValuePairs<String, [some Plottable]>,
    arrangement: Arrangement = .grouped, isHorizontal: Bool = false, colors: [Ink] = [],
    valueFormat: NumberFormat? = nil, fill: Double = 0.72, fileID: StaticString = #fileID,
    line: UInt = #line
  ) {
    self.init(
      categories, all: series.map { Series(label: $0.key, values: $0.value.map(\.plotted)) },
      arrangement: arrangement, isHorizontal: isHorizontal, colors: colors,
      valueFormat: valueFormat, fill: fill, fileID, line)
  }

  private init(
    _ categories: [String], all: [Series], arrangement: Arrangement,
    isHorizontal: Bool, colors: [Ink], valueFormat: NumberFormat?, fill: Double,
    _ file: StaticString, _ line: UInt
  ) {
    MarkChecks("BarMark", all.first?.label, file, line).require(
      colors.count <= all.count, "\(colors.count) colours for \(all.count) series")
    MarkChecks("BarMark", all.first?.label, file, line).format(valueFormat)
    for item in all {
      let checks = MarkChecks("BarMark", item.label, file, line)
      checks.count(item.values.count, "values", for: categories.count, "categories")
      checks.require(fill > 0 && fill <= 1, "bars fill 0…1 of their place, not \(fill)")
    }
    self.categories = categories
    self.series = all
    self.arrangement = arrangement
    self.isHorizontal = isHorizontal
    self.colors = colors
    self.valueFormat = valueFormat
    self.fill = max(fill, 0.05)
  }

  /// The bars with error bars of ± the given lengths, one list per series. Traps when their
  /// numbers are not the series', and on a length below zero.
  public func errorBars(
    _ errors: [[some Plottable]], fileID: StaticString = #fileID, line: UInt = #line
  ) -> BarMark {
    errorBars(lower: errors, upper: errors, fileID: fileID, line: line)
  }

  /// The bars with error bars of their own length below and above, one list per series. Traps as
  /// ``errorBars(_:fileID:line:)``.
  public func errorBars(
    lower: [[some Plottable]], upper: [[some Plottable]], fileID: StaticString = #fileID,
    line: UInt = #line
  ) -> BarMark {
    var mark = self
    let checks = MarkChecks("BarMark", series.first?.label, fileID, line)
    checks.count(lower.count, "lists of errors", for: series.count, "series")
    checks.count(upper.count, "lists of errors", for: series.count, "series")
    mark.errors = series.indices.map { index in
      ErrorLengths(
        lower: lower[index], upper: upper[index],
        checks: MarkChecks("BarMark", series[index].label, fileID, line), categories.count)
    }
    return mark
  }

  private var categoryDemand: AxisDemand {
    var demand = AxisDemand()
    demand.categories = categories
    return demand
  }

  private var valueDemand: AxisDemand {
    var ends: [Double] = []
    for index in series.indices {
      for category in categories.indices {
        let bar = span(series: index, category: category)
        ends += [bar.from, bar.to]
        ends += errorEnds(series: index, category: category, at: bar.to) ?? []
      }
    }
    var demand = AxisDemand(ends)
    demand.standsOnZero = true
    demand.reachesTick = true
    if valueFormat != nil && arrangement == .grouped { demand.headroom = isHorizontal ? 0.1 : 0.06 }
    // A bar's foot at zero is not a value that a logarithmic axis misses; the notes name its bars.
    demand.nonPositive = nil
    return demand
  }

  /// Categories, or for lying bars the values.
  public var xDemand: AxisDemand { isHorizontal ? valueDemand : categoryDemand }
  /// Values, or for lying bars the categories from top to bottom.
  public var yDemand: AxisDemand {
    isHorizontal ? categoryDemand.reversed : valueDemand
  }
  /// One per series that has no colour given.
  public var seriesCount: Int { max(0, series.count - colors.count) }
  /// The first label.
  public var name: String? { series.first?.label }
  /// Whether there is no bar.
  public var isEmpty: Bool { categories.isEmpty || series.isEmpty }

  func ink(_ index: Int, _ firstSeries: Int) -> Ink {
    index < colors.count ? colors[index] : .series(firstSeries + index - colors.count)
  }

  /// A box for every series that has a label.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] {
    series.enumerated().compactMap { index, item in
      item.label.map { LegendEntry($0, .box(ink(index, firstSeries), opacity: 1)) }
    }
  }

  func errorEnds(series: Int, category: Int, at value: Double) -> [Double]? {
    guard series < errors.count, value.isFinite else { return nil }
    let (down, up) = (errors[series].lower[category], errors[series].upper[category])
    return down.isNaN || up.isNaN ? nil : [value - down, value + up]
  }

  /// What a sentence says of a series' error bars.
  func spokenErrors(of series: Int) -> String? {
    series < errors.count ? errors[series].spoken : nil
  }

  /// What is said of a series' errors that are no numbers.
  func errorNotes(of series: Int, place: @escaping (Int) -> String) -> [String] {
    guard series < errors.count else { return [] }
    let (item, errors) = (self.series[series], errors[series])
    return MissingValues.ofEnds(
      item.label, "the error", errors.lower, errors.upper, where: { item.values[$0].isFinite },
      place: place)
  }

  /// From where to where a bar reaches.
  func span(series index: Int, category: Int) -> (from: Double, to: Double) {
    let value = series[index].values[category]
    guard arrangement == .stacked else { return (value.isNaN ? .nan : 0, value) }
    var foot = 0.0
    for below in series[..<index] where !below.values[category].isNaN {
      if (below.values[category] < 0) == (value < 0) { foot += below.values[category] }
    }
    return (foot, foot + value)
  }
}
