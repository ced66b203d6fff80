public import Raster

/// A shaded stretch of one axis across the whole plot area: a phase, a pause, an accepted range.
///
/// ```swift
/// IntervalMark(x: 3...7, label: "warm-up")
/// IntervalMark(y: 0.9...1, label: "accepted")
/// ```
public struct IntervalMark: Mark, Hashable {
  /// The axis that the stretch lies on.
  public enum Position: Sendable, Hashable {
    /// A stretch of the horizontal axis, from top to bottom.
    case x(ClosedRange<Double>)
    /// A stretch of the vertical axis, from left to right.
    case y(ClosedRange<Double>)
  }

  /// Where the stretch lies.
  public let position: Position
  /// A few words inside of it.
  public var label: String?
  /// The colour.
  public var color: Ink
  /// The opacity, 0…1.
  public var opacity: Double

  /// Shades a stretch of the horizontal axis. Traps on an opacity outside of 0…1.
  public init(
    x: ClosedRange<some Plottable>, label: String? = nil, color: Ink = .muted,
    opacity: Double = 0.15, fileID: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(
      .x(x.lowerBound.plotted...x.upperBound.plotted), label, color, opacity,
      MarkChecks("IntervalMark", label, fileID, line))
  }

  /// Shades a stretch of the vertical axis. Traps on an opacity outside of 0…1.
  public init(
    y: ClosedRange<some Plottable>, label: String? = nil, color: Ink = .muted,
    opacity: Double = 0.15, fileID: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(
      .y(y.lowerBound.plotted...y.upperBound.plotted), label, color, opacity,
      MarkChecks("IntervalMark", label, fileID, line))
  }

  private init(
    _ position: Position, _ label: String?, _ color: Ink, _ opacity: Double, _ checks: MarkChecks
  ) {
    checks.opacity(opacity)
    self.position = position
    self.label = label
    self.color = color
    self.opacity = opacity
  }

  /// The ends of a horizontal stretch, as far as they are finite.
  public var xDemand: AxisDemand {
    guard case .x(let range) = position else { return AxisDemand() }
    return Self.demand(range)
  }
  /// The ends of a vertical stretch, as far as they are finite.
  public var yDemand: AxisDemand {
    guard case .y(let range) = position else { return AxisDemand() }
    return Self.demand(range)
  }
  private static func demand(_ range: ClosedRange<Double>) -> AxisDemand {
    var demand = AxisDemand([range.lowerBound, range.upperBound])
    demand.nonPositive = nil
    return demand
  }
  /// The label.
  public var name: String? { label }

  /// Shades the stretch, and writes its label at its upper left corner.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let frame = plot.frame
    let place: Rect
    switch position {
    case .x(let range):
      guard let a = plot.x.reaching(range.lowerBound), let b = plot.x.reaching(range.upperBound)
      else { return }
      place = Rect(minX: min(a, b), minY: frame.minY, maxX: max(a, b), maxY: frame.maxY)
    case .y(let range):
      guard let a = plot.y.reaching(range.lowerBound), let b = plot.y.reaching(range.upperBound)
      else { return }
      place = Rect(minX: frame.minX, minY: min(a, b), maxX: frame.maxX, maxY: max(a, b))
    }
    guard let visible = place.intersection(frame) else { return }
    let ink = plot.color(color)
    plot.fill(.rect(canvas.aligned(visible)), ink.opacity(opacity), color, on: &canvas)
    guard let label,
      let text = Label.fitted(label, size: plot.theme.noteSize, width: visible.width - 8)
    else { return }
    text.drawWithHalo(
      on: &canvas, baseline: Point(visible.minX + 4, visible.minY + 3 + text.ascent),
      color: color == .muted ? ink : plot.theme.foreground, halo: plot.theme.plotBackground)
  }

  /// From where to where the stretch goes.
  public func summary(x: Axis, y: Axis) -> String? {
    let words = label.map { " “\(PlainText.of($0))”" } ?? ""
    switch position {
    case .x(let range):
      let ends = x.spoken([range.lowerBound, range.upperBound])
      return "a vertical stretch\(words) from \(ends[0]) to \(ends[1])"
    case .y(let range):
      let ends = y.spoken([range.lowerBound, range.upperBound])
      return "a horizontal stretch\(words) from \(ends[0]) to \(ends[1])"
    }
  }
}
