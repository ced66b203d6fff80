import Raster
import Testing

@testable import Plotting

/// What figures look like when nothing is said about it: found wanting beside other libraries, and mended.
@Suite struct DefaultLooksTests {
  private func labels(_ figure: Figure) -> [String] {
    FigureLayout(figure, size: figure.size, theme: .light).xTicks.items.compactMap(\.label?.string)
  }

  @Test func `A logarithmic axis of two decades has more labels than the decades`() {
    let sizes = (4...12).map { Double(1 << $0) }
    let found = labels(Figure(x: Axis(scale: .log)) { LineMark(x: sizes, y: sizes) })
    #expect(found.contains("50") && found.contains("200") && found.count >= 6, "\(found)")
    // Where the labels are long, or the decades many, these are enough.
    let wide = labels(Figure(x: Axis(scale: .log)) { LineMark(x: [1, 1e5], y: [1, 2]) })
    #expect(wide.count <= 6, "\(wide)")
  }

  @Test func `A bar does not leave an eighth of its axis empty`() {
    for top in stride(from: 1.3, to: 99, by: 1.7) {
      let figure = Figure { BarMark(["a"], [top]) }
      let domain = FigureLayout(figure, size: figure.size, theme: .light).axes.y.domain
      #expect(top >= 0.86 * domain.upperBound, "\(top) of \(domain)")
    }
  }

  @Test func `A grid's legend stands beside its short title, and under a long one`() {
    func grid(_ title: String) -> FigureGridLayout {
      FigureGridLayout(
        FigureGrid(title, columns: 2) {
          for _ in 0..<2 {
            Figure { BarMark(["a", "b"], series: ["one": [1.0, 2], "two": [2.0, 1]]) }
          }
        }, theme: .light)
    }
    let short = grid("Times")
    let long = grid("Times of a step forwards and backwards on three machines, by layer")
    #expect(short.size.height + 10 < long.size.height)
    #expect(short.origins[0].y + 10 < long.origins[0].y)
  }

  @Test func `The diverging map ends in a red and a blue of one lightness`() {
    for isDark in [false, true] {
      let (low, high) = (
        Colormap.diverging(0, isDark: isDark), Colormap.diverging(1, isDark: isDark)
      )
      #expect(high.red > 1.9 * high.green && high.green < 1.3 * high.blue + 0.05, "\(high)")
      #expect(low.blue > 1.3 * low.green && low.blue > 2 * low.red, "\(low)")
    }
  }

  @Test func `Points stand out on a field in the colours of their classes`() {
    for theme in [Theme.light, .dark] {
      let map = Colormap.between(0, 1)
      for (series, end) in [(0, 0.0), (1, 1.0)] {
        let point = theme.color(.series(series))
        let field = theme.background.mixed(with: map(end, isDark: theme.isDark), 0.6)
        let (a, b) = (point.luminance + 0.05, field.luminance + 0.05)
        #expect(max(a, b) / min(a, b) > 1.9, "\(theme) \(series): \(a) on \(b)")
        // The field leans to the colour of its points.
        #expect((point.blue > point.red) == (field.blue > field.red))
      }
    }
  }

  @Test func `A heat map of more cells than pixels leaves none out`() {
    func shown(_ stripe: Int?, _ colormap: Colormap = .gray) -> Bitmap {
      let matrix = Matrix(rows: 40, columns: 1500) { $1 == stripe ? 1 : 0 }
      return Figure(size: Size(width: 300, height: 120), aspect: .free) {
        HeatmapMark(matrix, colormap: colormap, domain: 0...1, showsColorBar: false)
      }.render()
    }
    let empty = shown(nil)
    for stripe in stride(from: 700, to: 712, by: 1) {
      #expect(shown(stripe) != empty, "column \(stripe)")
    }
    // Classes are not mixed.
    let classes = Colormap.classes([.black, .white])
    let colors = Set(
      stride(from: 0, to: 200, by: 1).map { shown(700, classes)[200 + $0, 100] })
    #expect(colors.isSubset(of: [.black, .white]))
  }

  @Test func `A column names what is stacked from the top`() {
    func labels(_ arrangement: BarMark.Arrangement) -> [String] {
      let bars = BarMark(
        ["a", "b"], series: ["low": [2.0, 3], "high": [4.0, 1]], arrangement: arrangement)
      return Figure(legend: .right, legendTitle: "part") { bars }.legendColumn.map(\.label)
    }
    #expect(labels(.stacked) == ["part", "high", "low"])
    #expect(labels(.grouped) == ["part", "low", "high"])
    let areas = Figure {
      AreaMark.stacked(x: 0..<2, series: ["low": [1.0, 2], "high": [2.0, 1]])
    }
    #expect(areas.legendColumn.map(\.label) == ["high", "low"])
    let mixed = Figure {
      LineMark(y: [1, 2], label: "line"); LineMark(y: [2, 1], label: "other")
    }
    #expect(mixed.legendColumn.map(\.label) == ["line", "other"])
  }

  @Test func `An axis of days names its zone, and a narrow logarithmic one fits its data`() {
    let days = (0..<12).map { 1_792_800_000 + 86_400 * Double($0) }
    func title(_ zone: String) -> String {
      let figure = Figure(x: Axis("day", scale: .time(zone: zone))) { LineMark(x: days, y: days) }
      return FigureLayout(figure, size: figure.size, theme: .light).xTitle.map(\.string).joined()
    }
    #expect(title("Europe/Berlin") == "day · 2026, Europe/Berlin")
    #expect(title("UTC") == "day · 2026")
    for (low, high) in [(0.45, 0.46), (1.001, 1.002), (3, 70), (1e-9, 1.0001e-9)] {
      let figure = Figure(y: Axis(scale: .log)) { LineMark(y: [low, high]) }
      let layout = FigureLayout(figure, size: figure.size, theme: .light)
      let shown = layout.axes.y.domain
      let share = (high / low - 1) / (shown.upperBound / shown.lowerBound - 1)
      #expect(share > 0.7, "\(low)…\(high) on \(shown)")
      #expect(layout.yTicks.items.count >= 2)
    }
  }
}
