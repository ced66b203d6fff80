public import Raster
import Requirements

/// A line through data points, optionally in steps, with symbols or a band of uncertainty.
///
///     LineMark(x: steps, y: losses, label: "train")
///     LineMark(y: means, label: "mean of 5 runs").band(lower: smallest, upper: largest)
///
/// A NaN leaves a gap; so does a value ≤ 0 on a logarithmic axis, and the figure says so.
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
  public let x: [Double]
  /// The vertical values, as many.
  public let y: [Double]
  /// The name in the legend; without one the line is not in it.
  public var label: String?
  /// The colour; `nil` takes the next of the theme's.
  public var color: Ink?
  /// The width in points; `nil` is the theme's.
  public var width: Double?
  /// The dash pattern in points; empty is solid, or the theme's choice in print.
  public var dash: [Double]
  /// How the line goes from one point to the next.
  public var interpolation: Interpolation
  /// A symbol at every point.
  public var symbol: Symbol?
  /// The lower and upper edge of the band of uncertainty.
  public private(set) var lower: [Double] = []
  /// The upper edge.
  public private(set) var upper: [Double] = []

  /// Makes a line through (x, y). Traps when their numbers differ.
  public init(
    x: some Sequence<some Plottable>, y: some Sequence<some Plottable>, label: String? = nil,
    color: Ink? = nil, width: Double? = nil, dash: [Double] = [],
    interpolation: Interpolation = .linear, symbol: Symbol? = nil
  ) {
    self.x = x.map(\.plotted)
    self.y = y.map(\.plotted)
    self.label = label
    self.color = color
    self.width = width
    self.dash = dash
    self.interpolation = interpolation
    self.symbol = symbol
    require(
      self.x.count == self.y.count,
      "LineMark: \(self.x.count) x values, \(self.y.count) y values")
  }

  /// Makes a line through (0, y₀), (1, y₁) …
  public init(
    y: some Sequence<some Plottable>, label: String? = nil, color: Ink? = nil,
    width: Double? = nil, dash: [Double] = [], interpolation: Interpolation = .linear,
    symbol: Symbol? = nil
  ) {
    let values = y.map(\.plotted)
    self.init(
      x: 0..<values.count, y: values, label: label, color: color, width: width, dash: dash,
      interpolation: interpolation, symbol: symbol)
  }

  /// Makes the graph of a function over a domain, from evenly spaced samples.
  public init(
    over domain: ClosedRange<Double>, samples: Int = 400, label: String? = nil,
    color: Ink? = nil, width: Double? = nil, dash: [Double] = [],
    _ function: (Double) -> Double
  ) {
    let count = max(2, samples)
    let length = domain.upperBound - domain.lowerBound
    let x = (0..<count).map { domain.lowerBound + length * Double($0) / Double(count - 1) }
    self.init(
      x: x, y: x.map(function), label: label, color: color, width: width, dash: dash)
  }

  /// The line with a band of uncertainty between two curves. Traps when their lengths are not the
  /// line's.
  public func band(
    lower: some Sequence<some Plottable>, upper: some Sequence<some Plottable>
  ) -> LineMark {
    var mark = self
    mark.lower = lower.map(\.plotted)
    mark.upper = upper.map(\.plotted)
    require(
      mark.lower.count == x.count && mark.upper.count == x.count,
      "LineMark: a band of \(mark.lower.count) and \(mark.upper.count) values for \(x.count) points"
    )
    return mark
  }

  /// The line with a band of ± the given errors. Traps when their number is not the line's.
  public func band(error: some Sequence<some Plottable>) -> LineMark {
    let errors = error.map(\.plotted)
    require(
      errors.count == x.count, "LineMark: \(errors.count) errors for \(x.count) points")
    return band(
      lower: zip(y, errors).map { $0 - $1 }, upper: zip(y, errors).map { $0 + $1 })
  }

  /// All horizontal values.
  public var xDemand: AxisDemand { AxisDemand(x) }
  /// All vertical values, those of the band too.
  public var yDemand: AxisDemand {
    lower.isEmpty ? AxisDemand(y) : AxisDemand(y).union(AxisDemand(lower + upper))
  }
  /// One, unless a colour is given.
  public var seriesCount: Int { color == nil ? 1 : 0 }
  /// The label.
  public var name: String? { label }
  /// Whether no value of either axis is finite.
  public var isEmpty: Bool { xDemand.values == nil || yDemand.values == nil }

  /// The label beside a piece of the line.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] {
    guard let label else { return [] }
    return [
      LegendEntry(
        label, .line(color ?? .series(firstSeries), width: width, dash: dash, symbol: symbol))
    ]
  }

  /// Draws the band, the line, then the symbols.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let ink = plot.color(color)
    if !lower.isEmpty {
      for run in runs(in: plot, values: [lower, upper]) {
        let low = stepped(run.map { $0.points[0] })
        let high = stepped(run.map { $0.points[1] })
        canvas.fill(.polygon(low + high.reversed()), ink.opacity(plot.theme.isDark ? 0.28 : 0.2))
      }
    }
    let stroke = Stroke(
      width: width ?? plot.theme.lineWidth, cap: dash.isEmpty ? .round : .butt, join: .round,
      dash: dash.isEmpty ? plot.dash() : dash)
    let runs = runs(in: plot, values: [y])
    for run in runs {
      let points = run.map { $0.points[0] }
      if points.count == 1 {
        // A single point between gaps has no line: show it as a dot.
        if symbol == nil { canvas.fill(.circle(center: points[0], radius: stroke.width), ink) }
      } else {
        canvas.stroke(.polyline(thinned(stepped(points))), stroke, ink)
      }
    }
    guard let symbol else { return }
    for run in runs {
      for place in run {
        symbol.draw(
          on: &canvas, at: place.points[0], size: plot.theme.pointSize, color: ink,
          rim: plot.theme.plotBackground)
      }
    }
  }

  /// How the values go from the first to the last, with their extremes when those lie between.
  public func summary(x: Axis, y: Axis) -> String? {
    SeriesSummary(x: self.x, y: self.y).sentence(
      subject: label ?? y.label ?? "the line", x: x)
  }

  private struct Place {
    var points: [Point]
  }

  /// The stretches between gaps, each place with one point per curve.
  private func runs(in plot: PlotArea, values: [[Double]]) -> [[Place]] {
    var runs: [[Place]] = []
    var current: [Place] = []
    for index in x.indices {
      let points = values.compactMap { plot.point(x[index], $0[index]) }
      if points.count == values.count {
        current.append(Place(points: points))
      } else if !current.isEmpty {
        runs.append(current)
        current = []
      }
    }
    if !current.isEmpty { runs.append(current) }
    return runs
  }

  private func stepped(_ points: [Point]) -> [Point] {
    guard interpolation != .linear, var last = points.first else { return points }
    var result = [last]
    for point in points.dropFirst() {
      switch interpolation {
      case .linear: break
      case .stepAfter: result.append(Point(point.x, last.y))
      case .stepBefore: result.append(Point(last.x, point.y))
      case .stepMiddle:
        let middle = (last.x + point.x) / 2
        result.append(Point(middle, last.y))
        result.append(Point(middle, point.y))
      }
      result.append(point)
      last = point
    }
    return result
  }

  /// A long line with many points per pixel column looks the same, and draws much faster, when
  /// each quarter point of width keeps only its first, lowest, highest and last point.
  private func thinned(_ points: [Point]) -> [Point] {
    guard points.count > 2000 else { return points }
    var result: [Point] = []
    var start = 0
    while start < points.count {
      let column = (points[start].x * 4).rounded(.down)
      var end = start
      var low = start
      var high = start
      while end + 1 < points.count && (points[end + 1].x * 4).rounded(.down) == column {
        end += 1
        if points[end].y < points[low].y { low = end }
        if points[end].y > points[high].y { high = end }
      }
      for index in Set([start, low, high, end]).sorted() { result.append(points[index]) }
      start = end + 1
    }
    return result
  }
}
