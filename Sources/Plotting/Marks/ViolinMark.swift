import ElementaryFunctions
public import Raster

/// The shapes of several groups of values: the density on both sides of an axis, with the quartiles
/// and the median.
///
/// ```swift
/// ViolinMark(["Swift": swiftTimes, "TensorFlow": tensorFlowTimes])
/// ```
public struct ViolinMark: Mark, Hashable {
  /// The names of all groups, in order.
  public let categories: [String]
  /// The colour; `nil` takes the next of the theme's.
  public var color: Ink?
  private let curves: [DensityCurve]
  /// The curves over the logarithms of the values, for a logarithmic axis.
  private let logarithmic: [DensityCurve]
  private let missing: [MissingValues]

  /// Summarises groups of values. A group without finite values keeps its empty place.
  public init(_ groups: KeyValuePairs<String, [some Plottable]>, color: Ink? = nil) {
    self.init(groups.map { (name: $0.key, values: $0.value) }, color: color)
  }

  /// Summarises groups of values that are not written as a literal.
  public init(_ groups: [(name: String, values: [some Plottable])], color: Ink? = nil) {
    categories = groups.map(\.name)
    let values = groups.map { $0.values.map(\.plotted) }
    curves = values.map { DensityCurve($0) }
    logarithmic = values.map { DensityCurve($0.filter { $0 > 0 }.map(Elementary.log10)).raised }
    missing = values.map { MissingValues($0) }
    self.color = color
  }

  /// The groups.
  public var xDemand: AxisDemand {
    var demand = AxisDemand()
    demand.categories = categories
    return demand
  }
  /// The values, and the ends of the curves.
  public var yDemand: AxisDemand {
    var demand = AxisDemand(curves.flatMap { $0.isConstant ? $0.sorted : $0.places + $0.sorted })
    demand.nonPositive = nil
    demand.positives = finiteRange(
      of: logarithmic.flatMap { $0.isConstant ? $0.sorted : $0.places + $0.sorted })
    demand.isWhole = false
    return demand
  }
  /// One, unless a colour is given.
  public var seriesCount: Int { color == nil ? 1 : 0 }
  /// Whether no group has a value.
  public var isEmpty: Bool { curves.allSatisfy { $0.sorted.isEmpty } }

  /// Draws the shapes, all of the same greatest width, then quartiles and medians.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let ink = plot.color(color)
    let positions = plot.x.places(of: categories)
    // On a logarithmic axis a shape says how densely the logarithms lie.
    let shown = plot.y.scale == .log ? logarithmic : curves
    for (index, curve) in shown.enumerated() {
      guard let place = positions[index], let middle = plot.x(Double(place)),
        let edge = plot.x(Double(place) + 0.4), let top = curve.heights.max(), top > 0
      else { continue }
      let reach = (edge - middle).magnitude
      if curve.isConstant {
        // Equal values have no shape: a level line, not a bell of invented width.
        if let y = plot.y(curve.sorted[0]) {
          canvas.stroke(
            .segment(from: Point(middle - reach, y), to: Point(middle + reach, y)),
            Stroke(width: 2), ink)
        }
        continue
      }
      var left: [Point] = []
      var right: [Point] = []
      for (value, height) in zip(curve.places, curve.heights) {
        guard let y = plot.y(value) else { continue }
        left.append(Point(middle - reach * height / top, y))
        right.append(Point(middle + reach * height / top, y))
      }
      let shape = plot.cut(polygon: left + right.reversed())
      plot.fill(
        .polygon(shape), ink.opacity(plot.theme.isDark ? 0.4 : 0.3), color, on: &canvas)
      canvas.stroke(.polygon(shape), Stroke(width: 1.1, join: .round), ink)
      let quantiles = Quantiles(sorted: curves[index].sorted)
      if let low = plot.y.reaching(quantiles[0.25]), let high = plot.y.reaching(quantiles[0.75]) {
        canvas.stroke(
          .segment(from: Point(middle, low), to: Point(middle, high)), Stroke(width: 4), ink)
      }
      if let median = plot.y(quantiles[0.5]) {
        canvas.fill(.circle(center: Point(middle, median), radius: 2.6), plot.theme.plotBackground)
        canvas.stroke(
          .circle(center: Point(middle, median), radius: 2.6), Stroke(width: 1.2), ink)
      }
    }
  }

  /// The median of every group with its quartiles and range.
  public func summary(x: Axis, y: Axis) -> String? {
    BoxMark(zip(categories, curves).map { (name: $0, values: $1.sorted) }).summary(x: x, y: y)
  }

  /// Values that are left out, and groups without any.
  public func notes(x: Axis, y: Axis) -> [String] {
    if isEmpty { return [] }
    return categories.indices.flatMap { index in
      curves[index].sorted.isEmpty
        ? ["“\(PlainText.of(categories[index]))” has no values"]
        : missing[index].sentences(categories[index]) + curves[index].notes(categories[index])
    } + notOnLogarithmic(y, categories, curves.map { $0.sorted.count { $0 <= 0 } })
      + outsideSentences(
        of: zip(categories, curves).compactMap { name, curve in
          guard let low = curve.sorted.first, let high = curve.sorted.last else { return nil }
          return (name, low...high, [])
        }, on: y)
  }
}
