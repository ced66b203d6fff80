public import Raster

/// A mark whose vertical values are read on the figure's second axis, on the right. Made by
/// ``Mark/onSecondAxis()``.
///
/// ```swift
/// Figure("Training", x: Axis("step"), y: Axis("loss"), secondY: Axis("accuracy")) {
///   LineMark(x: steps, y: losses, label: "loss")
///   LineMark(x: steps, y: accuracies, label: "accuracy").onSecondAxis()
/// }
/// ```
///
/// Its legend entries end in “(right)”, and the figure's description says the same, so that nobody
/// reads its values on the wrong axis.
public struct SecondAxisMark: Mark {
  /// The mark itself.
  public let mark: any Mark

  /// Puts a mark on the second axis; one that stands there already stays.
  public init(_ mark: any Mark) {
    self.mark = (mark as? SecondAxisMark)?.mark ?? mark
  }

  /// What the mark asks of the horizontal axis, which both vertical ones share.
  public var xDemand: AxisDemand { mark.xDemand }
  /// What the mark asks of the second axis.
  public var yDemand: AxisDemand { mark.yDemand }
  /// Draws the mark; the figure hands it the second axis.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) { mark.draw(on: &canvas, in: plot) }
  /// The mark's.
  public var seriesCount: Int { mark.seriesCount }
  /// The mark's entries, followed by where they are read.
  public func legendEntries(firstSeries: Int) -> [LegendEntry] {
    mark.legendEntries(firstSeries: firstSeries).map {
      LegendEntry($0.swatch == .heading ? $0.label : "\($0.label) (right)", $0.swatch)
    }
  }
  /// The mark's.
  public var colorBar: ColorBar? { mark.colorBar }
  /// The mark's, after where it is read.
  public func summary(x: Axis, y: Axis) -> String? {
    mark.summary(x: x, y: y).map { "on the right axis: \($0)" }
  }
  /// The mark's.
  public func notes(x: Axis, y: Axis) -> [String] { mark.notes(x: x, y: y) }
  /// The mark's.
  public var name: String? { mark.name }
  /// The mark's.
  public var isEmpty: Bool { mark.isEmpty }
}

extension Mark {
  /// The mark on the figure's second vertical axis, on the right.
  public func onSecondAxis() -> SecondAxisMark { SecondAxisMark(self) }

  /// Whether the mark's vertical values are read on the right.
  var isOnSecondAxis: Bool { self is SecondAxisMark }
}

extension Array where Element == any Mark {
  /// The marks, each on the figure's second vertical axis: for stacked areas and the like.
  public func onSecondAxis() -> [any Mark] { map { SecondAxisMark($0) } }
}
