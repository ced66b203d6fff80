public import Raster
import Sweeps

/// Where and how a mark draws: the frame between the axes, the two projections from data to points,
/// and the theme.
public struct PlotArea: Sendable {
  /// The rectangle between the axes, in points.
  public let frame: Rect
  /// From horizontal data to points.
  public let x: Projection
  /// From vertical data to points; larger values are higher up unless the axis is reversed.
  public let y: Projection
  /// The theme.
  public let theme: Theme
  /// The index of the mark's first series colour.
  public let firstSeries: Int

  /// The place of a data point, or `nil` when it has none on these axes.
  public func point(_ xValue: Double, _ yValue: Double) -> Point? {
    guard let px = x(xValue), let py = y(yValue) else { return nil }
    return Point(px, py)
  }

  /// The places of many points that lie in a rectangle, with their indices.
  func points(
    _ xValues: [Double], _ yValues: [Double], in visible: Rect
  ) -> (indices: [Int], points: [Point]) {
    Stretch.points(xValues, yValues, across: x.stretch, up: y.stretch, in: visible)
  }

  /// The colour of an ink; without one, that of the mark's own series.
  public func color(_ ink: Ink? = nil, series: Int = 0) -> Color {
    theme.color(ink ?? .series(firstSeries + series))
  }

  /// The number of the series that an ink stands for; `nil` for colours that are no series'.
  func index(of ink: Ink?, series: Int = 0) -> Int? {
    switch ink {
    case nil: return firstSeries + series
    case .series(let index): return index
    case .foreground, .muted, .background, .color: return nil
    }
  }

  /// The dash pattern of a series' lines, in points: solid unless the theme tells series apart
  /// without colour, or there are more series than colours.
  public func dash(_ ink: Ink? = nil, series: Int = 0) -> [Double] {
    index(of: ink, series: series).map { theme.dash(series: $0) } ?? []
  }

  /// The symbol of a series' points: a disc unless the theme tells series apart without colour, or
  /// there are more series than colours.
  public func symbol(_ ink: Ink? = nil, series: Int = 0) -> Symbol {
    index(of: ink, series: series).map { theme.symbol(series: $0) } ?? .circle
  }

  static let dashes: [[Double]] = [
    [], [5, 2.5], [1.4, 2], [6, 2, 1.4, 2], [9, 3], [3, 1.5, 1.4, 1.5, 1.4, 1.5],
  ]
}
