public import Raster

/// What stands in the plot area of a figure: a line, bars, a heatmap …
///
/// To add a mark, say which data it needs to show on each axis, and draw it where the plot area
/// says they are. Everything else has a default.
///
/// ```swift
/// struct CrossMark: Mark {
///   var x: Double
///   var y: Double
///   var xDemand: AxisDemand { AxisDemand([x]) }
///   var yDemand: AxisDemand { AxisDemand([y]) }
///   func draw(on canvas: inout Canvas, in plot: PlotArea) {
///     guard let p = plot.point(x, y) else { return }
///     let arm = Point(4, 4)
///     canvas.stroke(.segment(from: p - arm, to: p + arm), Stroke(width: 1), plot.color())
///   }
/// }
/// ```
public protocol Mark: Sendable {
  /// The data that the horizontal axis must show.
  var xDemand: AxisDemand { get }
  /// The data that the vertical axis must show.
  var yDemand: AxisDemand { get }
  /// Draws the mark. What falls outside of the plot area is clipped by the figure.
  func draw(on canvas: inout Canvas, in plot: PlotArea)

  /// How many of the theme's series colours the mark takes. 0 unless said otherwise.
  var seriesCount: Int { get }
  /// The lines of the legend that belong to the mark; its first series colour is given.
  func legendEntries(firstSeries: Int) -> [LegendEntry]
  /// The colour bar that explains the mark's colours, if it has one.
  var colorBar: ColorBar? { get }
  /// What the mark shows, as a clause with its data: “train falls from 2.30 to 0.08 over 40 steps”.
  func summary(x: Axis, y: Axis) -> String?
  /// What the reader must be told about the data: values that are left out. Sentences for the figure
  /// and its description.
  func notes(x: Axis, y: Axis) -> [String]
  /// What the figure calls the mark when something about it must be said.
  var name: String? { get }
  /// Whether there is nothing to draw.
  var isEmpty: Bool { get }
}

extension Mark {
  /// No series colour is taken.
  public var seriesCount: Int { 0 }
  /// No line in the legend.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] { [] }
  /// No colour bar.
  public var colorBar: ColorBar? { nil }
  /// Nothing is said.
  public func summary(x: Axis, y: Axis) -> String? { nil }
  /// Nothing was left out.
  public func notes(x: Axis, y: Axis) -> [String] { [] }
  /// No name.
  public var name: String? { nil }
  /// Without values on either axis there is nothing to draw.
  public var isEmpty: Bool { xDemand.values == nil && yDemand.values == nil }
}

/// Lists marks in a figure's closure; `if`, `for` and arrays of marks work.
@resultBuilder
public enum MarkBuilder {
  /// One mark.
  public static func buildExpression(_ mark: any Mark) -> [any Mark] { [mark] }
  /// Several marks.
  public static func buildExpression(_ marks: [any Mark]) -> [any Mark] { marks }
  /// All marks in order.
  public static func buildBlock(_ marks: [any Mark]...) -> [any Mark] { marks.flatMap { $0 } }
  /// The marks of an `if` without `else`.
  public static func buildOptional(_ marks: [any Mark]?) -> [any Mark] { marks ?? [] }
  /// The marks of an `if`.
  public static func buildEither(first: [any Mark]) -> [any Mark] { first }
  /// The marks of an `else`.
  public static func buildEither(second: [any Mark]) -> [any Mark] { second }
  /// The marks of a `for`.
  public static func buildArray(_ marks: [[any Mark]]) -> [any Mark] { marks.flatMap { $0 } }
}
