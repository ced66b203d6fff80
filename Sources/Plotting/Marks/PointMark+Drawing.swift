public import Raster
import Sweeps

extension PointMark: WholeEdges {
  /// Symbols on the edge of the frame are whole.
  func overhang(_ theme: Theme) -> Double {
    (sizes?.diameters.compactMap { $0 }.max() ?? size ?? theme.pointSize) + 1
  }

  /// Draws error bars, then symbols in the order of the data; sized ones from large to small, so that
  /// none hides another.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    let ink = plot.color(color)
    if vertical != nil || horizontal != nil {
      canvas.clipped(to: canvas.aligned(plot.frame)) { drawErrors(on: &$0, in: plot, ink) }
    }
    let visible = plot.frame.inset(by: -PlotArea.hair)
    let shape = symbol ?? plot.symbol(color)
    // Rims keep opaque points apart; among translucent ones they would hide what lies below, and
    // where points lie by the thousand nothing but rims would be seen. They would cut short error bars.
    let hasErrors = vertical != nil || horizontal != nil
    // Coloured points have an outline where the colour of one of them can hardly be told from the page.
    var rim =
      opacity < 1 || hasErrors || x.count > Self.mostWithRims
      ? nil : plot.theme.plotBackground.opacity(0.8)
    if x.count <= Self.mostWithRims, hasFaintColors(plot.theme) { rim = plot.theme.muted }
    func fill(_ index: Int) -> Color? {
      guard let colors else { return ink.opacity(opacity) }
      return colors.mapping.color(colors.values[index], isDark: plot.theme.isDark)?
        .opacity(opacity)
    }
    func hollow(_ center: Point, _ diameter: Double) {
      canvas.stroke(shape.path(at: center, size: diameter), Stroke(width: 1), plot.theme.muted)
    }
    if let sizes {
      for index in sizes.order {
        guard let diameter = sizes.diameters[index], let center = plot.point(x[index], y[index]),
          visible.contains(center)
        else { continue }
        if let color = fill(index) {
          shape.draw(on: &canvas, at: center, size: diameter, color: color, rim: rim)
        } else {
          hollow(center, diameter)
        }
      }
      return
    }
    // All of one size are one stamp, which the canvas paints much faster than so many shapes.
    let diameter = size ?? plot.theme.pointSize
    let stamp = shape.stamp(size: diameter, rim: rim)
    var centers: [Point] = []
    var fills: [Color] = []
    func flush() {
      canvas.draw(stamp, at: centers, colors: fills)
      centers.removeAll(keepingCapacity: true)
      fills.removeAll(keepingCapacity: true)
    }
    let places = plot.points(x, y, in: visible)
    if colors == nil {
      canvas.draw(stamp, at: places.points, color: ink.opacity(opacity))
      return
    }
    for (index, center) in zip(places.indices, places.points) {
      guard let color = fill(index) else {
        flush()
        hollow(center, diameter)
        continue
      }
      fills.append(color)
      centers.append(center)
    }
    flush()
  }

  /// Whether a value has a colour with hardly any contrast to the page.
  private func hasFaintColors(_ theme: Theme) -> Bool {
    guard let colors else { return false }
    let page = theme.plotBackground.luminance
    return colors.values.contains { value in
      guard let color = colors.mapping.color(value, isDark: theme.isDark) else { return false }
      let light = color.luminance
      return (max(light, page) + 0.05) / (min(light, page) + 0.05) < 1.35
    }
  }

  /// More points than these have no rims.
  private static let mostWithRims = 5000

  private func drawErrors(on canvas: inout Canvas, in plot: PlotArea, _ ink: Color) {
    let cap = (size ?? plot.theme.pointSize) * 0.5
    let color = colors == nil ? ink : plot.theme.muted
    func bar(_ low: Point, _ high: Point, _ cap: Point) {
      var path = Path.segment(from: low, to: high)
      path.append(.segment(from: low - cap, to: low + cap))
      path.append(.segment(from: high - cap, to: high + cap))
      canvas.stroke(path, Stroke(width: 1.1), color)
    }
    let up = vertical?.ends(y)
    let along = horizontal?.ends(x)
    for index in x.indices {
      // Only data have error bars; their ends stop at the end of the axis.
      guard let center = plot.point(x[index], y[index]) else { continue }
      if let up, let low = plot.y.reaching(up.low[index]),
        let high = plot.y.reaching(up.high[index])
      {
        bar(Point(center.x, low), Point(center.x, high), Point(cap, 0))
      }
      if let along, let low = plot.x.reaching(along.low[index]),
        let high = plot.x.reaching(along.high[index])
      {
        bar(Point(low, center.y), Point(high, center.y), Point(0, cap))
      }
    }
  }
}
