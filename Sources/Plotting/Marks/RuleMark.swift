import Numbers
public import Raster

/// A straight line across the whole plot area at one value: a reference, a threshold, a mean.
public struct RuleMark: Mark, Hashable {
  /// The axis whose value the rule stands at.
  public enum Position: Sendable, Hashable {
    /// A vertical line at a horizontal value.
    case x(Double)
    /// A horizontal line at a vertical value.
    case y(Double)
  }

  /// Where the rule stands.
  public let position: Position
  /// A few words written along the rule, inside of the plot area.
  public var label: String?
  /// The colour.
  public var color: Ink
  /// The width in points.
  public var width: Double {
    didSet { MarkChecks("RuleMark", label, #fileID, #line).length(width, "width") }
  }
  /// The dash pattern in points; empty is solid.
  public var dash: [Double] {
    didSet { MarkChecks("RuleMark", label, #fileID, #line).dash(dash) }
  }

  /// Makes a vertical line at a horizontal value.
  public init(
    x: some Plottable, label: String? = nil, color: Ink = .muted, width: Double = 1,
    dash: [Double] = [4, 3], fileID: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(
      .x(x.plotted), label, color, width, dash, MarkChecks("RuleMark", label, fileID, line))
  }

  /// Makes a horizontal line at a vertical value.
  public init(
    y: some Plottable, label: String? = nil, color: Ink = .muted, width: Double = 1,
    dash: [Double] = [4, 3], fileID: StaticString = #fileID, line: UInt = #line
  ) {
    self.init(
      .y(y.plotted), label, color, width, dash, MarkChecks("RuleMark", label, fileID, line))
  }

  private init(
    _ position: Position, _ label: String?, _ color: Ink, _ width: Double, _ dash: [Double],
    _ checks: MarkChecks
  ) {
    checks.length(width, "width")
    checks.dash(dash)
    self.position = position
    self.label = label
    self.color = color
    self.width = width
    self.dash = dash
  }

  /// The value of a vertical rule.
  public var xDemand: AxisDemand {
    guard case .x(let value) = position else { return AxisDemand() }
    return .single(value)
  }
  /// The value of a horizontal rule.
  public var yDemand: AxisDemand {
    guard case .y(let value) = position else { return AxisDemand() }
    return .single(value)
  }

  /// The label.
  public var name: String? { label }

  /// Draws the line and its label beside it: at its upper or right end, unless something is there.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let ink = plot.color(color)
    let stroke = Stroke(width: width, dash: dash)
    let frame = plot.frame
    let size = plot.theme.noteSize
    switch position {
    case .x(let value):
      guard let x = plot.x(value) else { return }
      let place = canvas.aligned(Point(x, frame.minY), lineWidth: width)
      canvas.stroke(
        .segment(from: Point(place.x, frame.maxY), to: Point(place.x, frame.minY)), stroke, ink)
      guard let label, let text = Label.fitted(label, size: size, width: frame.width - 8) else {
        return
      }
      let top = frame.minY + 3 + text.ascent
      let spots = [top, frame.maxY - 5 - text.descent, frame.midY].flatMap { baseline in
        [
          Label.Spot(baseline: Point(x + 4, baseline), side: .left),
          Label.Spot(baseline: Point(x - 4, baseline), side: .right),
        ]
      }.filter { $0.side == .left ? x + 4 + text.width <= frame.maxX - 2 : true }
      write(text, at: spots, ink, on: &canvas, in: plot)
    case .y(let value):
      guard let y = plot.y(value) else { return }
      let place = canvas.aligned(Point(frame.minX, y), lineWidth: width)
      canvas.stroke(
        .segment(from: Point(frame.minX, place.y), to: Point(frame.maxX, place.y)), stroke, ink)
      guard let label, let text = Label.fitted(label, size: size, width: frame.width - 8) else {
        return
      }
      let above = y - 3 - text.descent * 0.5
      let below = y + 3 + text.ascent
      let places = [
        Label.Spot(baseline: Point(frame.maxX - 4, above), side: .right),
        Label.Spot(baseline: Point(frame.maxX - 4, below), side: .right),
        Label.Spot(baseline: Point(frame.minX + 6, above), side: .left),
        Label.Spot(baseline: Point(frame.minX + 6, below), side: .left),
        Label.Spot(baseline: Point(frame.midX, above), side: .center),
        Label.Spot(baseline: Point(frame.midX, below), side: .center),
      ]
      let spots = places.filter {
        $0.baseline.y == below
          ? below + text.descent <= frame.maxY : above - text.ascent + text.descent >= frame.minY
      }
      // In a frame as low as a line of text the label stands where it can.
      write(text, at: spots.isEmpty ? places : spots, ink, on: &canvas, in: plot)
    }
  }

  /// Writes the label where it hides least of what is drawn already.
  private func write(
    _ text: Label, at spots: [Label.Spot], _ ink: Color, on canvas: inout Canvas, in plot: PlotArea
  ) {
    let ground = plot.theme.plotBackground
    guard let spot = text.freest(of: spots, on: canvas, ground: ground) else { return }
    text.drawWithHalo(
      on: &canvas, baseline: spot.baseline, side: spot.side, color: ink, halo: ground)
  }

  /// A rule that has no place on its axis, or lies outside of it.
  public func notes(x: Axis, y: Axis) -> [String] {
    let (axis, value): (Axis, Double) =
      switch position {
      case .x(let value): (x, value)
      case .y(let value): (y, value)
      }
    let words = label.named.map { " “\(PlainText.of($0))”" } ?? ""
    let line = "the line\(words) at \(axis.spoken([value])[0])"
    if axis.scale == .log, value <= 0 { return [line + " has no place on the logarithmic axis"] }
    return axis.excludes(value) ? [line + " lies outside of the axis' domain"] : []
  }

  /// The value of the rule, with its label.
  public func summary(x: Axis, y: Axis) -> String? {
    let words = label.named.map { " “\(PlainText.of($0))”" } ?? ""
    switch position {
    case .x(let value):
      return "a vertical line\(words) at \(x.spoken([value])[0])"
    case .y(let value):
      return "a horizontal line\(words) at \(y.spoken([value])[0])"
    }
  }
}
