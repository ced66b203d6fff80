import Raster

/// A colour bar beside the plot area: measured first, placed when the frame is known.
struct ColorBarLayout: Sendable {
  let bar: ColorBar
  let title: [Label]
  let ticks: TickLabels
  private let metrics: Metrics

  /// Measures a bar of a given height; a title that was broken into lines before stays as it is.
  init(
    _ bar: ColorBar, height: Double, theme: Theme, metrics: Metrics, title given: [Label]? = nil
  ) {
    self.bar = bar
    self.metrics = metrics
    title =
      given
      ?? Label.wrapped(
        bar.label ?? "", size: theme.labelSize, width: max(60, height), limit: 2)
    ticks = Self.ticks(bar, from: height, to: 0, theme)
  }

  /// Where a bar of bands or of classes changes its colour, or has its numbers; elsewhere nice numbers.
  private static func ticks(of bar: ColorBar) -> Axis.Ticks {
    if !bar.edges.isEmpty { return .values(bar.levels ?? bar.edges) }
    let count = bar.colormap.stepCount
    let isOfClasses = bar.domain == -0.5...Double(count) - 0.5 && count <= 24
    let numbers = (0..<count).map(Double.init)
    return bar.colormap.isStepped && isOfClasses ? .values(numbers) : .automatic
  }

  private static func ticks(
    _ bar: ColorBar, from start: Double, to end: Double, _ theme: Theme
  ) -> TickLabels {
    let axis = Axis(
      scale: bar.scale == .log ? .log : .linear, domain: bar.domain,
      ticks: ticks(of: bar),
      format: bar.format, showsMinorTicks: false)
    let demand = AxisDemand([bar.domain.lowerBound, bar.domain.upperBound])
    let resolved = ResolvedAxis(axis, demand, isVertical: true)
    return TickLabels(
      axis: axis, resolved: resolved, projection: resolved.projection(from: start, to: end),
      side: .left, theme: theme)
  }

  /// The room that it takes to the right of the plot area, with the gap before it.
  var width: Double {
    let heading = title.isEmpty ? 0 : title.reduce(metrics.labelGap) { $0 + $1.lineHeight }
    return metrics.colorBarGap + metrics.colorBarWidth + ticks.thickness(metrics) + heading
  }

  func draw(on canvas: inout Canvas, beside frame: Rect, within height: Double, theme: Theme) {
    let rect = canvas.aligned(
      Rect(
        x: frame.maxX + metrics.colorBarGap, y: frame.minY, width: metrics.colorBarWidth,
        height: frame.height))
    if bar.edges.count > 1 {
      drawBands(on: &canvas, in: rect, along: frame, theme)
    } else {
      drawRamp(on: &canvas, in: rect, theme)
    }
    let marks = Self.ticks(bar, from: frame.maxY, to: frame.minY, theme)
    drawTicks(marks, on: &canvas, beside: rect, theme)
    drawTitle(on: &canvas, beside: rect, frame, within: height, theme)
  }

  /// One colour between each two edges: that of the middle.
  private func drawBands(
    on canvas: inout Canvas, in rect: Rect, along frame: Rect, _ theme: Theme
  ) {
    let mapping = ColorMapping(bar.colormap, bar.domain, bar.scale)
    func height(_ value: Double) -> Double {
      rect.maxY - rect.height * min(max(mapping.fraction(value), 0), 1)
    }
    for (low, high) in zip(bar.edges, bar.edges.dropFirst()) {
      guard let color = mapping.color(low / 2 + high / 2, isDark: theme.isDark) else { continue }
      let band = Rect(minX: rect.minX, minY: height(high), maxX: rect.maxX, maxY: height(low))
      canvas.fill(.rect(canvas.aligned(band)), color.opacity(bar.opacity))
    }
  }

  private func drawRamp(on canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let steps = min(256, max(1, (rect.height * canvas.scale).integer))
    for step in 0..<steps {
      let top = rect.minY + rect.height * Double(step) / Double(steps)
      let bottom = rect.minY + rect.height * Double(step + 1) / Double(steps)
      let fraction = steps == 1 ? 0.5 : 1 - Double(step) / Double(steps - 1)
      canvas.fill(
        .rect(
          canvas.aligned(Rect(minX: rect.minX, minY: top, maxX: rect.maxX, maxY: bottom))),
        bar.colormap(fraction, isDark: theme.isDark).opacity(bar.opacity))
    }
  }

  private func drawTicks(
    _ marks: TickLabels, on canvas: inout Canvas, beside rect: Rect, _ theme: Theme
  ) {
    for item in marks.items {
      let place = canvas.aligned(Point(0, item.position), lineWidth: theme.axisWidth)
      canvas.stroke(
        .segment(
          from: Point(rect.maxX, place.y), to: Point(rect.maxX + metrics.tickLength, place.y)),
        Stroke(width: theme.axisWidth), theme.axis)
      item.label?.draw(
        on: &canvas,
        middle: Point(rect.maxX + metrics.tickLength + metrics.tickGap, item.position),
        side: .left, color: theme.muted)
    }
  }

  private func drawTitle(
    on canvas: inout Canvas, beside rect: Rect, _ frame: Rect, within height: Double, _ theme: Theme
  ) {
    // Read from below, as the vertical axis' label; the last line stands nearest to the bar.
    var x = rect.maxX + ticks.thickness(metrics) + metrics.labelGap
    for line in title {
      x += line.ascent
      // A line that is longer than the bar is moved so that it stays on the canvas.
      let half = line.width / 2 + 2
      let middle = min(max(frame.midY, half), max(half, height - half))
      line.draw(
        on: &canvas, baseline: Point(x, middle), side: .center, rotation: 90,
        color: theme.foreground)
      x += line.lineHeight - line.ascent
    }
  }
}
