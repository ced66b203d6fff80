import Numbers
public import Raster

extension BarMark {
  /// A bar on the canvas.
  private struct Placed {
    var series: Int
    var category: Int
    var rect: Rect
    /// The value that its end stands for, and the middle of the end across the bar.
    var end: Double
    var middle: Double
  }

  /// Draws the bars, then error bars and values on top of all of them.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let bars = placed(in: plot)
    for bar in bars {
      let ink = ink(bar.series, plot.firstSeries)
      drawBar(bar.rect, plot.color(ink), ink, on: &canvas, in: plot)
    }
    for bar in bars {
      let (tip, inside) = drawError(bar, on: &canvas, in: plot)
      let color = plot.color(ink(bar.series, plot.firstSeries))
      drawValue(
        series[bar.series].values[bar.category], inside, beyond: tip, color, on: &canvas, in: plot)
    }
  }

  private func placed(in plot: PlotArea) -> [Placed] {
    let places = isHorizontal ? plot.y : plot.x
    let values = isHorizontal ? plot.x : plot.y
    let positions = places.places(of: categories)
    let slots = arrangement == .grouped ? max(1, series.count) : 1
    // Grouped bars touch each other but for a sliver of background.
    let slot = fill / Double(slots)
    var bars: [Placed] = []
    for (index, item) in series.enumerated() {
      for category in categories.indices where item.values[category].isFinite {
        guard let place = positions[category] else { continue }
        let offset =
          arrangement == .grouped ? (Double(index) - Double(slots - 1) / 2) * slot : 0
        let bar = span(series: index, category: category)
        guard let low = places(Double(place) + offset - slot / 2),
          let high = places(Double(place) + offset + slot / 2),
          let foot = values.reaching(bar.from), values(bar.to) != nil,
          let end = values.reaching(bar.to)
        else { continue }
        let across = (min(low, high), max(low, high))
        let rect =
          isHorizontal
          ? Rect(minX: min(foot, end), minY: across.0, maxX: max(foot, end), maxY: across.1)
          : Rect(minX: across.0, minY: min(foot, end), maxX: across.1, maxY: max(foot, end))
        bars.append(
          Placed(
            series: index, category: category, rect: rect, end: bar.to, middle: (low + high) / 2))
      }
    }
    return bars
  }

  private func drawBar(
    _ rect: Rect, _ color: Color, _ ink: Ink, on canvas: inout Canvas, in plot: PlotArea
  ) {
    guard !rect.isEmpty, let visible = rect.intersection(plot.frame.inset(by: -4)) else { return }
    var aligned = canvas.aligned(visible)
    // A hairline of background between neighbours.
    let gap = 1 / canvas.scale
    if isHorizontal, aligned.height > 4 * gap { aligned.height -= gap }
    if !isHorizontal, aligned.width > 4 * gap { aligned.width -= gap }
    plot.fill(.rect(aligned), color, ink, on: &canvas)
  }

  /// Whether the bar of a value ends to the left of its foot, or below it.
  private func pointsBack(_ value: Double, in plot: PlotArea) -> Bool {
    let isReversed = isHorizontal ? plot.x.end < plot.x.start : plot.y.end > plot.y.start
    return (value < 0) != isReversed
  }

  /// Draws the error bar of a bar on a rim of background, without which its dark half would be lost
  /// on a dark bar; returns how far it reaches, and the part of the bar that it leaves free.
  private func drawError(_ bar: Placed, on canvas: inout Canvas, in plot: PlotArea) -> (
    tip: Rect, inside: Rect
  ) {
    let axis = isHorizontal ? plot.x : plot.y
    let middle = bar.middle
    guard let ends = errorEnds(series: bar.series, category: bar.category, at: bar.end),
      let low = axis.reaching(ends[0]), let high = axis.reaching(ends[1])
    else { return (bar.rect, bar.rect) }
    func point(_ along: Double, _ across: Double) -> Point {
      isHorizontal ? Point(along, across) : Point(across, along)
    }
    var path = Path.segment(from: point(low, middle), to: point(high, middle))
    for tip in [low, high] {
      path.append(.segment(from: point(tip, middle - 3), to: point(tip, middle + 3)))
    }
    canvas.stroke(
      path, Stroke(width: 2.7, cap: .square), plot.theme.plotBackground.opacity(0.85))
    canvas.stroke(path, Stroke(width: 1.1), plot.theme.foreground)
    let (first, last) = (min(low, high), max(low, high))
    let rect = bar.rect
    let pointsBack = pointsBack(series[bar.series].values[bar.category], in: plot)
    if isHorizontal {
      let tip = Rect(
        minX: min(rect.minX, first), minY: rect.minY, maxX: max(rect.maxX, last), maxY: rect.maxY)
      let (left, right) = pointsBack ? (last, rect.maxX) : (rect.minX, first)
      return (
        tip, Rect(minX: min(left, right), minY: rect.minY, maxX: right, maxY: rect.maxY)
      )
    }
    let tip = Rect(
      minX: rect.minX, minY: min(rect.minY, first), maxX: rect.maxX, maxY: max(rect.maxY, last))
    let (top, bottom) = pointsBack ? (rect.minY, first) : (last, rect.maxY)
    return (tip, Rect(minX: rect.minX, minY: min(top, bottom), maxX: rect.maxX, maxY: bottom))
  }

  /// Writes a value at the end of its bar, beyond the error bar.
  private func drawValue(
    _ value: Double, _ rect: Rect, beyond tip: Rect, _ color: Color, on canvas: inout Canvas,
    in plot: PlotArea
  ) {
    guard let valueFormat else { return }
    let label = Label(valueFormat.string(value, .picture), size: plot.theme.noteSize)
    let frame = plot.frame
    if arrangement == .stacked {
      let fits =
        label.width + 3 <= rect.width && label.size * 1.15 <= rect.height
      guard fits else { return }
      label.draw(on: &canvas, middle: rect.center, color: plot.theme.textColor(on: color))
      return
    }
    // Beyond the bar's end where there is room, else inside of it.
    if isHorizontal {
      let isLeft = pointsBack(value, in: plot)
      let room = isLeft ? tip.minX - frame.minX : frame.maxX - tip.maxX
      let outside = room >= label.width + 6
      guard outside || rect.width >= label.width + 6 else { return }
      let x =
        isLeft
        ? (outside ? tip.minX - 4 : rect.minX + 4) : (outside ? tip.maxX + 4 : rect.maxX - 4)
      label.draw(
        on: &canvas, middle: Point(x, rect.midY), side: isLeft == outside ? .right : .left,
        color: outside ? plot.theme.foreground : plot.theme.textColor(on: color))
    } else {
      guard label.width <= max(rect.width * 1.25, rect.width + 6) else { return }
      let isBelow = pointsBack(value, in: plot)
      let room = isBelow ? frame.maxY - tip.maxY : tip.minY - frame.minY
      let outside = room >= label.size + 4
      guard outside || rect.height >= label.size + 4 else { return }
      let half = label.capHeight / 2 + 4
      let y =
        isBelow
        ? (outside ? tip.maxY + half : rect.maxY - half)
        : (outside ? tip.minY - half : rect.minY + half)
      label.draw(
        on: &canvas, middle: Point(rect.midX, y),
        color: outside ? plot.theme.foreground : plot.theme.textColor(on: color))
    }
  }
}
