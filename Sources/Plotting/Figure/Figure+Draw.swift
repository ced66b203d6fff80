import Raster

extension FigureLayout {
  /// Draws the marks, each clipped to the plot area.
  ///
  /// - Parameter axes: Draws the axes, over what is cut at them and under the lines and symbols that come
  ///   after it.
  func drawMarks(on canvas: inout Canvas, axes: (inout Canvas) -> Void = { _ in }) {
    let marks = Array(zip(figure.marks, figure.firstSeries))
    let cut = marks.lastIndex { $0.0.edge == nil } ?? -1
    for (index, (mark, firstSeries)) in marks.enumerated() {
      if index == cut + 1 { axes(&canvas) }
      let room = frame.inset(by: -(mark.edge?.overhang(theme) ?? 0))
        .intersection(Rect(x: 0, y: 0, width: size.width, height: size.height).inset(by: 1))
      canvas.clipped(to: canvas.aligned(room ?? frame)) { canvas in
        mark.draw(
          on: &canvas,
          in: PlotArea(
            frame: frame, x: x, y: mark.isOnSecondAxis ? secondY ?? y : y, theme: theme,
            firstSeries: firstSeries))
      }
    }
    if cut + 1 == marks.count { axes(&canvas) }
  }

  func drawGrid(on canvas: inout Canvas) {
    let stroke = Stroke(width: theme.gridWidth)
    if axes.x.showsGrid {
      for item in xTicks.items {
        let place = canvas.aligned(Point(item.position, 0), lineWidth: stroke.width)
        canvas.stroke(
          .segment(from: Point(place.x, frame.minY), to: Point(place.x, frame.maxY)), stroke,
          theme.grid)
      }
    }
    // Lines of both vertical axes would cross each other's: where there are two, the left has them.
    if axes.hidesY && axes.secondY?.showsGrid ?? false {
      for item in secondTicks.items {
        let place = canvas.aligned(Point(0, item.position), lineWidth: stroke.width)
        canvas.stroke(
          .segment(from: Point(frame.minX, place.y), to: Point(frame.maxX, place.y)), stroke,
          theme.grid)
      }
    }
    if axes.y.showsGrid {
      for item in yTicks.items {
        let place = canvas.aligned(Point(0, item.position), lineWidth: stroke.width)
        canvas.stroke(
          .segment(from: Point(frame.minX, place.y), to: Point(frame.maxX, place.y)), stroke,
          theme.grid)
      }
    }
  }

  /// The lines of the axes.
  func drawAxisLines(on canvas: inout Canvas) {
    let stroke = Stroke(width: theme.axisWidth, cap: .square)
    let corner = canvas.aligned(Point(frame.minX, frame.maxY), lineWidth: stroke.width)
    if !axes.isTight && detail != .bare {
      var path = Path()
      path.move(to: Point(corner.x, frame.minY))
      path.line(to: corner)
      path.line(to: Point(frame.maxX, corner.y))
      if secondY != nil {
        let edge = canvas.aligned(Point(frame.maxX, frame.minY), lineWidth: stroke.width)
        path.move(to: Point(edge.x, frame.minY))
        path.line(to: Point(edge.x, corner.y))
      }
      canvas.stroke(path, stroke, theme.axis)
    }
  }

  /// The ticks of the axes and their labels.
  func drawTicks(on canvas: inout Canvas) {
    guard detail != .bare else { return }
    if let secondY {
      secondTicks.drawMinor(
        on: &canvas, projection: secondY, frame: frame, theme: theme, metrics: metrics)
      secondTicks.draw(on: &canvas, frame: frame, theme: theme, metrics: metrics)
    }
    xTicks.drawMinor(on: &canvas, projection: x, frame: frame, theme: theme, metrics: metrics)
    yTicks.drawMinor(on: &canvas, projection: y, frame: frame, theme: theme, metrics: metrics)
    xTicks.draw(on: &canvas, frame: frame, theme: theme, metrics: metrics)
    yTicks.draw(on: &canvas, frame: frame, theme: theme, metrics: metrics)
  }

  func drawTitles(on canvas: inout Canvas) {
    var top = metrics.outer
    for line in title + subtitle {
      line.draw(
        on: &canvas, baseline: Point(frame.minX, top + line.ascent),
        color: line.isBold ? theme.foreground : theme.muted)
      top += line.lineHeight
    }
    var below = frame.maxY + xTicks.thickness(metrics) + metrics.labelGap
    for line in xTitle {
      line.draw(
        on: &canvas, baseline: Point(centred(line), below + line.ascent), side: .center,
        color: theme.foreground)
      below += line.lineHeight
    }
    // Read from below; the last line stands nearest to the axis.
    var left = frame.minX - yTicks.thickness(metrics) - metrics.labelGap
    for line in yTitle.reversed() {
      let half = line.width / 2
      let middle = min(max(frame.midY, half + 2), max(half + 2, size.height - half - 2))
      line.draw(
        on: &canvas, baseline: Point(left - line.descent, middle), side: .center, rotation: 90,
        color: theme.foreground)
      left -= line.lineHeight
    }
    var right = frame.maxX + secondTicks.thickness(metrics) + metrics.labelGap
    for line in secondTitle {
      let half = line.width / 2
      let middle = min(max(frame.midY, half + 2), max(half + 2, size.height - half - 2))
      line.draw(
        on: &canvas, baseline: Point(right + line.ascent, middle), side: .center, rotation: 90,
        color: theme.foreground)
      right += line.lineHeight
    }
    var bottom = size.height - metrics.outer
    for line in notes.reversed() {
      line.draw(
        on: &canvas, baseline: Point(metrics.outer, bottom - line.descent), color: theme.muted)
      bottom -= line.lineHeight
    }
    if axes.notes.contains("no data"),
      let label = Label.fitted("no data", size: theme.fontSize, width: frame.width - 4)
    {
      label.draw(on: &canvas, middle: frame.center, color: theme.muted)
    }
  }

  /// The middle of the horizontal axis, moved so that the line stays on the canvas.
  func centred(_ line: Label) -> Double {
    let half = line.width / 2
    return min(max(frame.midX, half + 2), max(half + 2, size.width - half - 2))
  }
}

extension Figure {
  /// Draws what the layout decided, from the background to the legend.
  func draw(on canvas: inout Canvas, layout: FigureLayout) {
    let theme = layout.theme
    if theme.plotBackground != theme.background {
      canvas.fill(.rect(layout.frame), theme.plotBackground)
    }
    layout.drawGrid(on: &canvas)
    layout.drawMarks(on: &canvas) {
      layout.drawAxisLines(on: &$0)
      layout.drawTicks(on: &$0)
    }
    let frame = layout.frame
    layout.colorBar?.draw(
      on: &canvas,
      beside: Rect(
        x: frame.minX, y: frame.minY, width: frame.width + layout.secondThickness,
        height: frame.height), within: layout.size.height, theme: theme)
    layout.legend?.draw(on: &canvas, theme: theme)
    layout.drawTitles(on: &canvas)
  }
}
