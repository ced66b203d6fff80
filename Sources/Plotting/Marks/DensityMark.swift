import ElementaryFunctions
public import Raster

/// How densely values lie: a smooth curve of total area one, the sum of a bell over each value.
///
/// ```swift
/// DensityMark(errors, label: "errors")
/// ```
///
/// The width of the bells is B. Silverman's rule (1986), 0.9 · min(σ, IQR/1.34) · n^(−1/5), unless it
/// is given. The curve ends three widths beyond the data. On a logarithmic axis the bells lie over the
/// logarithms, unless their width is given; the heights are those of the values there, too.
public struct DensityMark: Mark, Hashable {
  /// The name in the legend; without one the curve is not in it.
  public var label: String?
  /// The colour; `nil` takes the next of the theme's.
  public var color: Ink?
  private(set) var curve: DensityCurve
  private let missing: MissingValues
  private let hasOwnWidth: Bool
  private var isLogarithmic = false

  /// Estimates the density. Traps on a bandwidth that is no positive number.
  public init(
    _ values: some Sequence<some Plottable>, bandwidth: Double? = nil, label: String? = nil,
    color: Ink? = nil, fileID: StaticString = #fileID, line: UInt = #line
  ) {
    let values = values.map(\.plotted)
    if let bandwidth {
      MarkChecks("DensityMark", label, fileID, line).require(
        bandwidth > 0 && bandwidth.isFinite, "bells cannot be \(bandwidth) wide")
    }
    missing = MissingValues(values)
    curve = DensityCurve(values, bandwidth: bandwidth)
    hasOwnWidth = bandwidth != nil
    self.label = label
    self.color = color
  }

  /// The mark on a logarithmic axis: its bells are equally wide there.
  var onLogarithmicAxis: DensityMark {
    guard !hasOwnWidth, let logarithmic = curve.logarithmic else { return self }
    var mark = self
    (mark.curve, mark.isLogarithmic) = (logarithmic, true)
    return mark
  }

  private var area: AreaMark {
    AreaMark(x: curve.places, y: curve.heights, label: label, color: color)
  }
  /// From three widths before to three widths after the data.
  public var xDemand: AxisDemand {
    var demand = AxisDemand(curve.places)
    // The ends of the curve are no data; neither do they stretch a logarithmic axis.
    let data = AxisDemand(curve.sorted)
    demand.nonPositive = data.nonPositive
    if !isLogarithmic { demand.positives = data.positives }
    return demand
  }
  /// The heights, standing on zero.
  public var yDemand: AxisDemand { area.yDemand }
  /// One, unless a colour is given.
  public var seriesCount: Int { color == nil ? 1 : 0 }
  /// The label.
  public var name: String? { label }
  /// Whether there are no values.
  public var isEmpty: Bool { curve.sorted.isEmpty }
  /// A box.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] {
    area.legendEntries(firstSeries: firstSeries)
  }
  /// Draws the area under the curve, and the curve.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    guard plot.x.scale == .log, hasOwnWidth, let last = curve.places.last, last > 0 else {
      return area.draw(on: &canvas, in: plot)
    }
    // As many points to each decade as the curve needs there.
    let (low, high) = (Elementary.log10(plot.x.domain.lowerBound), Elementary.log10(last))
    let places = (0...400).map { Elementary.pow(10, low + (high - low) * Double($0) / 400) }
    AreaMark(x: places, y: places.map { curve.height(at: $0) }, label: label, color: color)
      .draw(on: &canvas, in: plot)
  }

  /// The number of values, their range, and where they lie most densely.
  public func summary(x: Axis, y: Axis) -> String? {
    guard let low = curve.sorted.first, let high = curve.sorted.last else { return nil }
    let subject = label.named.map { "\(PlainText.of($0)): " } ?? ""
    let words = x.spoken([low, high] + (curve.mode.map { [$0] } ?? []))
    let count = counted(curve.sorted.count, "value", "values")
    return "\(subject)the density of \(count) from \(words[0]) to \(words[1])"
      + (words.count > 2 ? ", highest at \(words[2])" : "")
  }
  /// Values that are left out.
  public func notes(x: Axis, y: Axis) -> [String] {
    missing.sentences(label) + curve.notes(label)
      + outsideSentences(
        curve.sorted.count(where: x.excludes), of: curve.sorted.count, ("value", "values"), label)
  }
}
