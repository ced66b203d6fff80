import Raster

/// Patterns of thin lines that tell areas apart without colour.
enum Hatch: Int, CaseIterable {
  case none, rising, falling, level, upright, crossed, grid

  /// The pattern of a series, all of them in turn.
  init(series: Int) {
    let count = Hatch.allCases.count
    self = Hatch.allCases[((series % count) + count) % count]
  }

  /// The lines of the pattern over a rectangle. They start from the origin of the canvas, so that
  /// areas that touch continue each other's.
  func lines(over rect: Rect, spacing: Double) -> Path {
    var path = Path()
    func slanted(_ rises: Bool) {
      // Lines x ± y = k · spacing · √2.
      let step = spacing * 1.4142135623730951
      let low = rises ? rect.minX + rect.minY : rect.minX - rect.maxY
      let high = rises ? rect.maxX + rect.maxY : rect.maxX - rect.minY
      for k in (low / step).rounded(.down).integer...(high / step).rounded(.up).integer {
        let c = Double(k) * step
        path.append(
          rises
            ? .segment(from: Point(c - rect.minY, rect.minY), to: Point(c - rect.maxY, rect.maxY))
            : .segment(from: Point(c + rect.minY, rect.minY), to: Point(c + rect.maxY, rect.maxY)))
      }
    }
    func straight(_ isLevel: Bool) {
      let low = isLevel ? rect.minY : rect.minX
      let high = isLevel ? rect.maxY : rect.maxX
      for k in (low / spacing).rounded(.down).integer...(high / spacing).rounded(.up).integer {
        let c = Double(k) * spacing
        path.append(
          isLevel
            ? .segment(from: Point(rect.minX, c), to: Point(rect.maxX, c))
            : .segment(from: Point(c, rect.minY), to: Point(c, rect.maxY)))
      }
    }
    if self == .rising || self == .crossed { slanted(true) }
    if self == .falling || self == .crossed { slanted(false) }
    if self == .level || self == .grid { straight(true) }
    if self == .upright || self == .grid { straight(false) }
    return path
  }
}

extension Canvas {
  /// Draws a pattern of lines over the inside of a path.
  mutating func hatch(
    _ path: Path, _ hatch: Hatch, _ color: Color, spacing: Double = 5, width: Double = 0.9
  ) {
    guard hatch != .none, let bounds = path.bounds, bounds.width < 1e4, bounds.height < 1e4 else {
      return
    }
    clipped(to: path) { canvas in
      canvas.stroke(hatch.lines(over: bounds, spacing: spacing), Stroke(width: width), color)
    }
  }

  /// Draws what stands where there is no value: lines on the background, like no colour of a map.
  mutating func hatchMissing(_ path: Path, theme: Theme) {
    fill(path, theme.plotBackground)
    hatch(path, .rising, theme.axis, spacing: 4)
  }
}

extension PlotArea {
  /// Fills a shape in its colour, and with the lines that tell its series from others where colours
  /// alone do not: in print, and where there are more series than colours.
  func fill(
    _ path: Path, _ color: Color, _ ink: Ink?, series: Int = 0, on canvas: inout Canvas
  ) {
    canvas.fill(path, color)
    guard let index = index(of: ink, series: series) else { return }
    canvas.hatch(path, theme.hatch(series: index), theme.hatchColor(on: color))
  }
}

extension Theme {
  /// The pattern that a series' areas have beside their colour.
  func hatch(series: Int) -> Hatch { Hatch(series: look(series, Hatch.allCases.count)) }

  /// The dash pattern of a series' lines, in points; empty is solid.
  func dash(series: Int) -> [Double] {
    PlotArea.dashes[look(series, PlotArea.dashes.count)]
  }

  /// The symbol of a series' points.
  func symbol(series: Int) -> Symbol {
    Symbol.allCases[look(series, Symbol.allCases.count)]
  }

  /// Which of several looks a series has beside its colour: its own in print, else the first until
  /// the colours begin again. Each round of the colours begins one look further on, so that no two
  /// series share both before all pairs are used up, however many looks there are.
  private func look(_ series: Int, _ count: Int) -> Int {
    let round = series / palette.colors.count
    let index = distinguishesWithoutColor ? series % palette.colors.count + round : round
    return ((index % count) + count) % count
  }

  /// Lines on an area: dark on pale colours, pale on dark ones.
  func hatchColor(on color: Color) -> Color {
    let opaque = Color(red: color.red, green: color.green, blue: color.blue)
    let seen = plotBackground.mixed(with: opaque, color.alpha)
    return textColor(on: seen).opacity(0.75)
  }
}
