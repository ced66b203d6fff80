public import Raster
import Requirements

/// Data points as symbols, optionally with error bars.
public struct PointMark: Mark, Hashable {
  /// The horizontal values.
  public let x: [Double]
  /// The vertical values, as many.
  public let y: [Double]
  /// The name in the legend; without one the points are not in it.
  public var label: String?
  /// The colour; `nil` takes the next of the theme's.
  public var color: Ink?
  /// The shape; `nil` is a disc, or the theme's choice in print.
  public var symbol: Symbol?
  /// The diameter in points; `nil` is the theme's.
  public var size: Double?
  /// The opacity, 0…1: less than one shows where many points lie on each other.
  public var opacity: Double
  /// Half the length of the vertical error bars; empty for none.
  public private(set) var errors: [Double] = []

  /// Makes points at (x, y). Traps when their numbers differ.
  public init(
    x: some Sequence<some Plottable>, y: some Sequence<some Plottable>, label: String? = nil,
    color: Ink? = nil, symbol: Symbol? = nil, size: Double? = nil, opacity: Double = 1
  ) {
    self.x = x.map(\.plotted)
    self.y = y.map(\.plotted)
    self.label = label
    self.color = color
    self.symbol = symbol
    self.size = size
    self.opacity = opacity
    require(
      self.x.count == self.y.count,
      "PointMark: \(self.x.count) x values, \(self.y.count) y values")
  }

  /// The points with vertical error bars of ± the given lengths. Traps when their number is not
  /// the points'.
  public func errorBars(_ errors: some Sequence<some Plottable>) -> PointMark {
    var mark = self
    mark.errors = errors.map(\.plotted)
    require(
      mark.errors.count == x.count,
      "PointMark: \(mark.errors.count) errors for \(x.count) points")
    return mark
  }

  /// All horizontal values.
  public var xDemand: AxisDemand { AxisDemand(x) }
  /// All vertical values and the ends of the error bars.
  public var yDemand: AxisDemand {
    let ends = zip(y, errors).flatMap { [$0 - $1, $0 + $1] }
    return ends.isEmpty ? AxisDemand(y) : AxisDemand(y).union(AxisDemand(ends))
  }
  /// One, unless a colour is given.
  public var seriesCount: Int { color == nil ? 1 : 0 }
  /// The label.
  public var name: String? { label }
  /// Whether no value of either axis is finite.
  public var isEmpty: Bool { xDemand.values == nil || yDemand.values == nil }

  /// The label beside a symbol.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] {
    guard let label else { return [] }
    return [LegendEntry(label, .symbol(symbol ?? .circle, color ?? .series(firstSeries)))]
  }

  /// Draws error bars, then symbols in the order of the data.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let ink = plot.color(color)
    let diameter = size ?? plot.theme.pointSize
    let shape = symbol ?? plot.symbol()
    for (index, error) in errors.enumerated() {
      guard let low = plot.point(x[index], y[index] - error),
        let high = plot.point(x[index], y[index] + error)
      else { continue }
      let cap = diameter * 0.5
      var path = Path.segment(from: low, to: high)
      path.append(.segment(from: low - Point(cap, 0), to: low + Point(cap, 0)))
      path.append(.segment(from: high - Point(cap, 0), to: high + Point(cap, 0)))
      canvas.stroke(path, Stroke(width: 1.1), ink)
    }
    // Rims keep opaque points apart; among translucent ones they would hide what lies below.
    let rim = opacity < 1 ? nil : plot.theme.plotBackground.opacity(0.8)
    for (px, py) in zip(x, y) {
      guard let center = plot.point(px, py) else { continue }
      shape.draw(
        on: &canvas, at: center, size: diameter, color: ink.opacity(opacity), rim: rim)
    }
  }

  /// The number of points and the ranges that they cover.
  public func summary(x: Axis, y: Axis) -> String? {
    let points = zip(self.x, self.y).filter { $0.0.isFinite && $0.1.isFinite }
    guard let horizontal = finiteRange(of: points.map(\.0)),
      let vertical = finiteRange(of: points.map(\.1))
    else { return nil }
    func span(_ range: ClosedRange<Double>) -> String {
      "\(NumberFormat.spoken(range.lowerBound)) to \(NumberFormat.spoken(range.upperBound))"
    }
    let subject = label.map { "\($0): " } ?? ""
    let count = points.count == 1 ? "1 point" : "\(points.count) points"
    return "\(subject)\(count), \(x.label ?? "x") from \(span(horizontal)), "
      + "\(y.label ?? "y") from \(span(vertical))"
  }
}

extension PlotArea {
  /// The symbol of a series: a disc unless the theme tells series apart without colour.
  public func symbol(series: Int = 0) -> Symbol {
    guard theme.distinguishesWithoutColor else { return .circle }
    return Symbol.allCases[(firstSeries + series) % Symbol.allCases.count]
  }
}
