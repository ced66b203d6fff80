public import Numbers
public import Raster

/// Bars that stand on zero, one or several per category: grouped side by side or stacked, upright
/// or lying.
///
/// ```swift
/// BarMark(["Swift", "TensorFlow"], [11.2, 34.9])
/// BarMark(digits, series: ["precision": p, "recall": r], arrangement: .grouped)
/// ```
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
  public var colors: [Ink]
  /// The format of the values written at the bars; `nil` for none.
  public var valueFormat: NumberFormat?
  /// The share of a category's place that its bars fill, 0…1.
  public var fill: Double
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

  private func ink(_ index: Int, _ firstSeries: Int) -> Ink {
    index < colors.count ? colors[index] : .series(firstSeries + index - colors.count)
  }

  /// A box for every series that has a label.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] {
    series.enumerated().compactMap { index, item in
      item.label.map { LegendEntry($0, .box(ink(index, firstSeries), opacity: 1)) }
    }
  }

  private func errorEnds(series: Int, category: Int, at value: Double) -> [Double]? {
    guard series < errors.count, value.isFinite else { return nil }
    let (down, up) = (errors[series].lower[category], errors[series].upper[category])
    return down.isNaN || up.isNaN ? nil : [value - down, value + up]
  }

  /// What a sentence says of a series' error bars.
  func spokenErrors(of series: Int) -> String? {
    series < errors.count ? errors[series].spoken : nil
  }

  /// From where to where a bar reaches.
  private func span(series index: Int, category: Int) -> (from: Double, to: Double) {
    let value = series[index].values[category]
    guard arrangement == .stacked else { return (value.isNaN ? .nan : 0, value) }
    var foot = 0.0
    for below in series[..<index] where !below.values[category].isNaN {
      if (below.values[category] < 0) == (value < 0) { foot += below.values[category] }
    }
    return (foot, foot + value)
  }

  /// Draws the bars, error bars and values.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let places = isHorizontal ? plot.y : plot.x
    let values = isHorizontal ? plot.x : plot.y
    let positions = places.places(of: categories)
    let slots = arrangement == .grouped ? max(1, series.count) : 1
    // Grouped bars touch each other but for a sliver of background.
    let slot = fill / Double(slots)
    for (index, item) in series.enumerated() {
      let ink = ink(index, plot.firstSeries)
      let color = plot.color(ink)
      for category in categories.indices where item.values[category].isFinite {
        guard let place = positions[category] else { continue }
        let offset =
          arrangement == .grouped ? (Double(index) - Double(slots - 1) / 2) * slot : 0
        let bar = span(series: index, category: category)
        guard let low = places(Double(place) + offset - slot / 2),
          let high = places(Double(place) + offset + slot / 2),
          let foot = values.reaching(bar.from), values(bar.to) != nil,
          let end = values.reaching(bar.to)
        else { continue }
        let across = (min(low, high), max(low, high))
        let rect =
          isHorizontal
          ? Rect(minX: min(foot, end), minY: across.0, maxX: max(foot, end), maxY: across.1)
          : Rect(minX: across.0, minY: min(foot, end), maxX: across.1, maxY: max(foot, end))
        drawBar(rect, color, ink, on: &canvas, in: plot)
        drawError(
          series: index, category: category, from: bar.to, middle: (low + high) / 2, on: &canvas,
          in: plot)
        drawValue(item.values[category], rect, color, on: &canvas, in: plot)
      }
    }
  }

  private func drawBar(
    _ rect: Rect, _ color: Color, _ ink: Ink, on canvas: inout Canvas, in plot: PlotArea
  ) {
    guard !rect.isEmpty, let visible = rect.intersection(plot.frame.inset(by: -4)) else { return }
    var aligned = canvas.aligned(visible)
    // A hairline of background between neighbours.
    let gap = 1 / canvas.scale
    if isHorizontal, aligned.height > 4 * gap { aligned.height -= gap }
    if !isHorizontal, aligned.width > 4 * gap { aligned.width -= gap }
    plot.fill(.rect(aligned), color, ink, on: &canvas)
  }

  private func drawError(
    series: Int, category: Int, from end: Double, middle: Double, on canvas: inout Canvas,
    in plot: PlotArea
  ) {
    let axis = isHorizontal ? plot.x : plot.y
    guard let ends = errorEnds(series: series, category: category, at: end),
      let low = axis.reaching(ends[0]), let high = axis.reaching(ends[1])
    else { return }
    func point(_ along: Double, _ across: Double) -> Point {
      isHorizontal ? Point(along, across) : Point(across, along)
    }
    var path = Path.segment(from: point(low, middle), to: point(high, middle))
    for tip in [low, high] {
      path.append(.segment(from: point(tip, middle - 3), to: point(tip, middle + 3)))
    }
    canvas.stroke(path, Stroke(width: 1.1), plot.theme.foreground)
  }

  private func drawValue(
    _ value: Double, _ rect: Rect, _ color: Color, on canvas: inout Canvas, in plot: PlotArea
  ) {
    guard let valueFormat else { return }
    let label = Label(valueFormat.string(value, .picture), size: plot.theme.noteSize)
    let frame = plot.frame
    if arrangement == .stacked {
      let fits =
        label.width + 3 <= rect.width && label.size * 1.15 <= rect.height
      guard fits else { return }
      label.draw(on: &canvas, middle: rect.center, color: plot.theme.textColor(on: color))
      return
    }
    // Beyond the bar's end where there is room, else inside of it.
    if isHorizontal {
      let isLeft = value < 0
      let room = isLeft ? rect.minX - frame.minX : frame.maxX - rect.maxX
      let outside = room >= label.width + 6
      let x =
        isLeft ? rect.minX + (outside ? -4 : 4) : rect.maxX + (outside ? 4 : -4)
      label.draw(
        on: &canvas, middle: Point(x, rect.midY), side: isLeft == outside ? .right : .left,
        color: outside ? plot.theme.foreground : plot.theme.textColor(on: color))
    } else {
      guard label.width <= max(rect.width * 1.25, rect.width + 6) else { return }
      let isBelow = value < 0
      let room = isBelow ? frame.maxY - rect.maxY : rect.minY - frame.minY
      let outside = room >= label.size + 4
      let half = label.capHeight / 2 + 4
      let y =
        isBelow ? rect.maxY + (outside ? half : -half) : rect.minY + (outside ? -half : half)
      label.draw(
        on: &canvas, middle: Point(rect.midX, y),
        color: outside ? plot.theme.foreground : plot.theme.textColor(on: color))
    }
  }
}
