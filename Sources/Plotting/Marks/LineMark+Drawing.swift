public import Raster
import Sweeps

extension LineMark: WholeEdges {
  /// Lines and symbols on the edge of the frame are whole.
  func overhang(_ theme: Theme) -> Double {
    max((width ?? theme.lineWidth) / 2, symbol == nil ? 0 : theme.pointSize) + 1
  }

  /// Draws the band, the line, then the symbols.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let ink = plot.color(color)
    if !lower.isEmpty {
      canvas.clipped(to: canvas.aligned(plot.frame)) { drawBand(on: &$0, in: plot, ink) }
    }
    (plot.x.isEven ? self : refined).drawLine(on: &canvas, in: plot, ink)
  }

  /// The same with all the places at which a function is known.
  var refined: LineMark {
    guard let finer else { return self }
    var mark = self
    (mark.x, mark.y) = (finer.x, finer.y)
    return mark
  }

  private func drawLine(on canvas: inout Canvas, in plot: PlotArea, _ ink: Color) {
    let stroke = Stroke(
      width: width ?? plot.theme.lineWidth, cap: dash.isEmpty ? .round : .butt, join: .round,
      dash: dash.isEmpty ? plot.dash(color) : dash)
    let runs = runs(in: plot)
    // Half of a line that runs along the edge of the frame lies outside of it, in whole pixels.
    let half = (stroke.width / 2 * canvas.scale).rounded(.up) / canvas.scale
    canvas.clipped(to: canvas.aligned(plot.frame.inset(by: -half))) { canvas in
      for (indices, points) in runs {
        if points.count == 1 {
          // A single point between gaps has no line: show it as a dot.
          if symbol == nil { canvas.fill(.circle(center: points[0], radius: stroke.width), ink) }
        } else {
          for piece in pieces(of: indices, points, in: plot) {
            canvas.stroke(.polyline(piece), stroke, ink)
          }
        }
      }
    }
    guard let symbol else { return }
    let visible = plot.frame.inset(by: -PlotArea.hair)
    canvas.draw(
      symbol.stamp(size: plot.theme.pointSize, rim: plot.theme.plotBackground),
      at: runs.flatMap(\.points).filter { visible.contains($0) }, color: ink)
  }

  /// What can be seen of the line through a stretch of data.
  private func pieces(
    of indices: Range<Int>, _ points: [Point], in plot: PlotArea
  ) -> [[Point]] {
    guard plot.isFar(points) else { return plot.cut(Self.thinned(stepped(points))) }
    let line = indices.compactMap { plot.straight(x[$0], y[$0]) }
    return plot.cut(straight: stepped(line)).map(Self.thinned)
  }

  private func drawBand(on canvas: inout Canvas, in plot: PlotArea, _ ink: Color) {
    // An edge that has no place on a logarithmic axis lies below its lower end.
    let runs = lower.indices.runs {
      plot.x(x[$0]) != nil && plot.y.edge(lower[$0]) != nil && plot.y.edge(upper[$0]) != nil
    }
    let faint = ink.opacity(plot.theme.isDark ? 0.28 : 0.2)
    for run in runs {
      if run.count > 1 {
        let polygon = plot.area(run, x: x, between: lower, and: upper, stepped)
        canvas.fill(.polygon(polygon), faint)
      } else {
        plot.drawStub(
          at: x[run.lowerBound], lower[run.lowerBound], upper[run.lowerBound], faint, on: &canvas)
      }
    }
  }

  /// The stretches between gaps.
  private func runs(in plot: PlotArea) -> [(indices: Range<Int>, points: [Point])] {
    Stretch.runs(x, y, across: plot.x.stretch, up: plot.y.stretch)
  }

  private func stepped(_ points: [Point]) -> [Point] {
    guard interpolation != .linear, var last = points.first else { return points }
    var result = [last]
    for point in points.dropFirst() {
      switch interpolation {
      case .linear: break
      case .stepAfter: result.append(Point(point.x, last.y))
      case .stepBefore: result.append(Point(last.x, point.y))
      case .stepMiddle:
        let middle = last.x / 2 + point.x / 2
        result.append(Point(middle, last.y))
        result.append(Point(middle, point.y))
      }
      result.append(point)
      last = point
    }
    return result
  }

  /// A long line with many points per pixel column looks the same, and draws much faster, when
  /// each quarter point of width keeps only its first, lowest, highest and last point.
  static func thinned(_ points: [Point]) -> [Point] {
    guard points.count > 2000 else { return points }
    var result: [Point] = []
    var start = 0
    while start < points.count {
      let column = (points[start].x * 4).rounded(.down)
      var end = start
      var low = start
      var high = start
      while end + 1 < points.count && (points[end + 1].x * 4).rounded(.down) == column {
        end += 1
        if points[end].y < points[low].y { low = end }
        if points[end].y > points[high].y { high = end }
      }
      result.append(points[start])
      for index in [min(low, high), max(low, high)] where start < index && index < end {
        result.append(points[index])
      }
      if end > start { result.append(points[end]) }
      start = end + 1
    }
    return result
  }
}
