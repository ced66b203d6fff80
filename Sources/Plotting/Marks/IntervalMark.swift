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
  public var opacity: Double {
    didSet { MarkChecks("IntervalMark", label, #fileID, #line).opacity(opacity) }
  }

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

  /// Shades the stretch, and writes its label into it or, where it is too narrow, beside it.
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
      let text = Label.fitted(label, size: plot.theme.noteSize, width: frame.width - 8)
    else { return }
    let (spots, ground) = spots(text, visible, frame, shaded: ink.opacity(opacity), plot)
    guard let spot = text.freest(of: spots, on: canvas, ground: ground) else { return }
    text.drawWithHalo(
      on: &canvas, baseline: spot.baseline, side: spot.side,
      color: color == .muted ? ink : plot.theme.foreground, halo: plot.theme.plotBackground)
  }

  /// Where the label may stand: within the stretch, or beside it where it is longer than that; and the
  /// colour that the place has as yet.
  private func spots(
    _ text: Label, _ visible: Rect, _ frame: Rect, shaded: Color, _ plot: PlotArea
  ) -> ([Label.Spot], Color) {
    let plain = plot.theme.plotBackground
    let lines = [visible.minY + 3 + text.ascent, visible.maxY - 3 - text.descent, visible.midY]
    let (left, right) = (Point(visible.minX, 0), Point(visible.maxX, 0))
    func at(_ x: Double, _ side: Label.Side) -> [Label.Spot] {
      lines.map { Label.Spot(baseline: Point(x, $0), side: side) }
    }
    let isInside = text.width + 8 <= visible.width
    if isInside && text.lineHeight <= visible.height {
      return (
        at(left.x + 4, .left) + at(right.x - 4, .right),
        plain.mixed(with: Color(red: shaded.red, green: shaded.green, blue: shaded.blue), opacity)
      )
    }
    if isInside {
      // A flat stretch has its label above or below.
      let (above, below) = (visible.minY - 3 - text.descent * 0.5, visible.maxY + 3 + text.ascent)
      return (
        [above, below].filter { frame.minY + text.ascent <= $0 && $0 <= frame.maxY - text.descent }
          .map { Label.Spot(baseline: Point(left.x + 4, $0), side: .left) }, plain
      )
    }
    var beside: [Label.Spot] = []
    if right.x + 4 + text.width <= frame.maxX { beside += at(right.x + 4, .left) }
    if left.x - 4 - text.width >= frame.minX { beside += at(left.x - 4, .right) }
    return (beside.isEmpty ? at(visible.midX, .center) : beside, plain)
  }

  /// From where to where the stretch goes.
  public func summary(x: Axis, y: Axis) -> String? {
    let words = label.named.map { " “\(PlainText.of($0))”" } ?? ""
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
