/// A line through data points, optionally in steps, with symbols or a band of uncertainty.
///
/// ```swift
/// LineMark(x: steps, y: losses, label: "train")
/// LineMark(y: means, label: "mean of 5 runs").band(lower: smallest, upper: largest)
/// ```
///
/// A NaN leaves a gap; so does a value ≤ 0 on a logarithmic axis. The figure says so.
public struct LineMark: Mark, Hashable {
  /// How the line goes from one point to the next.
  public enum Interpolation: Sendable, Hashable {
    /// Straight.
    case linear
    /// Level to the next point, then up or down: a value holds until the next one.
    case stepAfter
    /// Up or down at once, then level.
    case stepBefore
    /// Up or down half-way between the points.
    case stepMiddle
  }

  /// The horizontal values.
  public internal(set) var x: [Double]
  /// The vertical values, as many.
  public internal(set) var y: [Double]
  /// The name in the legend; without one the line is not in it.
  public var label: String?
  /// The colour; `nil` takes the next of the theme's.
  public var color: Ink?
  /// The width in points; `nil` is the theme's.
  public var width: Double? {
    didSet { MarkChecks("LineMark", label, #fileID, #line).length(width, "width") }
  }
  /// The dash pattern in points; empty is solid, or the theme's choice in print and where there are
  /// more series than colours.
  public var dash: [Double] {
    didSet { MarkChecks("LineMark", label, #fileID, #line).dash(dash) }
  }
  /// How the line goes from one point to the next.
  public var interpolation: Interpolation
  /// A symbol at every point.
  public var symbol: Symbol?
  /// The lower edge of the band of uncertainty; empty for none.
  public private(set) var lower: [Double] = []
  /// The upper edge.
  public private(set) var upper: [Double] = []
  /// A function at more places, for axes on which those of `x` are far apart; `nil` for data.
  var finer: FunctionPlaces?

  /// Makes a line through (x, y). Traps when their numbers differ, and on a width or dash that is no
  /// length.
  public init(
    x: some Sequence<some Plottable>, y: some Sequence<some Plottable>, label: String? = nil,
    color: Ink? = nil, width: Double? = nil, dash: [Double] = [],
    interpolation: Interpolation = .linear, symbol: Symbol? = nil,
    fileID: StaticString = #fileID, line: UInt = #line
  ) {
    self.x = x.map(\.plotted)
    self.y = y.map(\.plotted)
    self.label = label
    self.color = color
    self.width = width
    self.dash = dash
    self.interpolation = interpolation
    self.symbol = symbol
    let checks = MarkChecks("LineMark", label, fileID, line)
    checks.require(
      self.x.count == self.y.count, "\(self.x.count) x values, \(self.y.count) y values")
    checks.length(width, "width")
    checks.dash(dash)
  }

  /// Makes a line through (0, y₀), (1, y₁) …
  public init(
    y: some Sequence<some Plottable>, label: String? = nil, color: Ink? = nil,
    width: Double? = nil, dash: [Double] = [], interpolation: Interpolation = .linear,
    symbol: Symbol? = nil, fileID: StaticString = #fileID, line: UInt = #line
  ) {
    let values = y.map(\.plotted)
    self.init(
      x: 0..<values.count, y: values, label: label, color: color, width: width, dash: dash,
      interpolation: interpolation, symbol: symbol, fileID: fileID, line: line)
  }

  /// Makes the graph of a function over a domain, from samples that are evenly spaced on the axis: on a
  /// logarithmic one as many again by equal ratios. Traps on fewer than two samples.
  public init(
    over domain: ClosedRange<Double>, samples: Int = 400, label: String? = nil,
    color: Ink? = nil, width: Double? = nil, dash: [Double] = [],
    fileID: StaticString = #fileID, line: UInt = #line, _ function: (Double) -> Double
  ) {
    MarkChecks("LineMark", label, fileID, line).require(
      samples >= 2, "a function needs 2 samples or more, not \(samples)")
    MarkChecks("LineMark", label, fileID, line).require(
      (domain.upperBound - domain.lowerBound).isFinite,
      "a function is drawn between two numbers, not over \(domain)")
    let count = max(2, samples)
    let length = domain.upperBound - domain.lowerBound
    let x = (0..<count).map { domain.lowerBound + length * Double($0) / Double(count - 1) }
    self.init(
      x: x, y: x.map(function), label: label, color: color, width: width, dash: dash,
      fileID: fileID, line: line)
    if let places = FunctionPlaces.byRatio(x) {
      finer = FunctionPlaces(x: places, y: places.map(function))
    }
  }

  /// The line with a band of uncertainty between two curves. Traps when their lengths are not the
  /// line's, and where the lower one lies above the upper one.
  public func band(
    lower: some Sequence<some Plottable>, upper: some Sequence<some Plottable>,
    fileID: StaticString = #fileID, line: UInt = #line
  ) -> LineMark {
    var mark = self
    mark.lower = lower.map(\.plotted)
    mark.upper = upper.map(\.plotted)
    MarkChecks("LineMark", label, fileID, line).require(
      mark.lower.count == x.count && mark.upper.count == x.count,
      "a band of \(mark.lower.count) and \(mark.upper.count) values for \(x.count) points")
    MarkChecks("LineMark", label, fileID, line).edges(mark.lower, mark.upper, "a band")
    return mark
  }

  /// The line with a band of ± the given errors. Traps when their number is not the line's, and on
  /// an error below zero.
  public func band(
    error: some Sequence<some Plottable>, fileID: StaticString = #fileID, line: UInt = #line
  ) -> LineMark {
    let errors = ErrorLengths(error, checks: MarkChecks("LineMark", label, fileID, line), x.count)
    return band(
      lower: zip(y, errors.lower).map { $0 - $1 }, upper: zip(y, errors.upper).map { $0 + $1 },
      fileID: fileID, line: line)
  }

  /// All horizontal values.
  public var xDemand: AxisDemand { AxisDemand(x) }
  /// All vertical values, those of the band too.
  public var yDemand: AxisDemand {
    var demand = AxisDemand(y)
    if let finer, finer.matters(beside: demand) { demand.reach(of: AxisDemand(finer.y)) }
    if !lower.isEmpty {
      let data = demand.nonPositive
      demand = demand.union(AxisDemand(lower)).union(AxisDemand(upper))
      demand.nonPositive = data
    }
    return demand
  }
  /// One, unless a colour is given.
  public var seriesCount: Int { color == nil ? 1 : 0 }
  /// The label.
  public var name: String? { label }
  /// Whether no value of either axis is finite.
  public var isEmpty: Bool { finiteRange(of: x) == nil || finiteRange(of: y) == nil }

  /// The label beside a piece of the line.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] {
    guard let label else { return [] }
    return [
      LegendEntry(
        label, .line(color ?? .series(firstSeries), width: width, dash: dash, symbol: symbol))
    ]
  }

  /// How the values go from the first to the last, with their extremes when those lie between, and
  /// the band at both ends.
  public func summary(x: Axis, y: Axis) -> String? {
    let subject = label.named ?? y.label.named ?? "the line"
    let known = x.scale.isEven ? self : refined
    let sentence = SeriesSummary(x: known.x, y: known.y).sentence(subject: subject, x: x, y: y)
    return sentence.map { $0 + spokenBand }
  }

  private var spokenBand: String {
    let known = lower.indices.filter { !lower[$0].isNaN && !upper[$0].isNaN }
    guard let first = known.first, let last = known.last else { return "" }
    let say = SpokenNumbers(lower[first], upper[first], lower[last], upper[last])
    func span(_ index: Int) -> String { "\(say(lower[index])) to \(say(upper[index]))" }
    if first == last { return ", with a band from \(span(first))" }
    return ", with a band from \(span(first)) at the start and from \(span(last)) at the end"
  }

  /// Points that are left out, and places where the band has no ends.
  public func notes(x: Axis, y: Axis) -> [String] {
    seriesNotes(x: self.x, y: self.y, name: label, axis: x)
      + outsideNotes(x: self.x, y: self.y + lower + upper, on: (x, y))
      + MissingValues.ofEnds(label, "the band", lower, upper) {
        self.x[$0].isFinite && self.y[$0].isFinite
      } place: {
        x.place(self.x[$0], index: $0)
      }
  }
}
