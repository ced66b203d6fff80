import Raster
import TestSupport
import Testing

@testable import Plotting

@Suite
struct MarkTests {
  /// How many pixels the marks of a figure paint.
  private func painted(_ figure: Figure) -> Int {
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    var canvas = Canvas(size: figure.size, scale: 1, background: .clear)
    layout.drawMarks(on: &canvas)
    let pixels = canvas.bitmap().pixels
    return stride(from: 3, to: pixels.count, by: 4).count { pixels[$0] > 0 }
  }

  @Test
  func `NaN leaves a gap in a line, and a lonely point is a dot`() {
    let whole = Figure { LineMark(y: [0.0, 1, 2, 3, 4]) }
    let gap = Figure { LineMark(y: [0.0, 1, .nan, 3, 4]) }
    let lonely = Figure(x: Axis(domain: 0...4), y: Axis(domain: 0...4)) {
      LineMark(y: [.nan, .nan, 2.0, .nan, .nan])
    }
    // Two of four pieces are gone.
    let ratio = Double(painted(gap)) / Double(painted(whole))
    #expect(0.4 < ratio && ratio < 0.6)
    #expect((4...60).contains(painted(lonely)))
  }

  @Test
  func `A step after each point turns where the next point is`() {
    let figure = Figure(
      x: Axis(domain: 0...2), y: Axis(domain: 0...2), size: Size(width: 200, height: 200)
    ) {
      LineMark(x: [0, 1, 2], y: [0.5, 1.5, 1.5], width: 2, interpolation: .stepAfter)
    }
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    var canvas = Canvas(size: figure.size, scale: 1, background: .clear)
    layout.drawMarks(on: &canvas)
    let bitmap = canvas.bitmap()
    func isPainted(_ x: Double, _ y: Double) -> Bool {
      guard let px = layout.x(x), let py = layout.y(y) else { return false }
      return bitmap[Int(px), Int(py)].alpha > 0
    }
    #expect(isPainted(0.5, 0.5))
    #expect(isPainted(1, 1))
    #expect(!isPainted(0.5, 1))
    #expect(isPainted(1.5, 1.5))
  }

  @Test
  func `A long noisy line is thinned without a change to the eye`() {
    var figures = RandomFigures(seed: 1)
    let y = (0..<20_000).map { _ in figures.unit() }
    let size = Size(width: 300, height: 200)
    let thin = Figure(size: size) { LineMark(y: y) }
    // Cut into pieces that are too short to be thinned.
    let pieces = Figure(size: size) {
      for start in stride(from: 0, to: 19_000, by: 1000) {
        let end = min(start + 1001, y.count)
        LineMark(x: start..<end, y: Array(y[start..<end]), color: .series(0))
      }
      LineMark(x: 19_000..<20_000, y: Array(y[19_000...]), color: .series(0))
    }
    let a = thin.render(scale: 1).pixels
    let b = pieces.render(scale: 1).pixels
    let different = zip(a, b).count { abs(Int($0) - Int($1)) > 40 }
    #expect(Double(different) < 0.01 * Double(a.count))
  }

  @Test
  func `Bars stand on zero and end at their values; stacked ones stand on each other`() {
    let mark = BarMark(
      ["a", "b"], series: ["x": [1.0, -2], "y": [3.0, -1]], arrangement: .stacked)
    #expect(mark.yDemand.values == -3...4)
    #expect(BarMark(["a"], [5.0]).yDemand.values == 0...5)
    let figure = Figure { BarMark(["a"], [5.0]) }
    #expect(ResolvedAxes(figure).y.domain.lowerBound == 0)
    let lying = Figure { BarMark(["a"], [5.0], isHorizontal: true) }
    #expect(ResolvedAxes(lying).x.domain.lowerBound == 0)
    #expect(ResolvedAxes(lying).y.scale == .categorical)
  }

  @Test
  func `Histograms count every finite value once, in bins on nice edges`() {
    var figures = RandomFigures(seed: 3)
    for _ in 0..<50 {
      let values = figures.values(figures.integer(1...300))
      let finite = values.filter(\.isFinite).count
      let mark = HistogramMark(values)
      #expect(mark.count == finite)
      #expect(mark.heights.reduce(0, +) == Double(finite))
      let density = HistogramMark(values, height: .density)
      let area = zip(density.heights, zip(density.edges, density.edges.dropFirst()))
        .reduce(0) { $0 + $1.0 * ($1.1.1 - $1.1.0) }
      if finite > 0 { #expect((area - 1).magnitude < 1e-9) }
    }
    let fixed = HistogramMark([0, 0.1, 0.2, 0.9, 1.0], bins: .width(0.5))
    #expect(fixed.edges == [0, 0.5, 1])
    #expect(fixed.heights == [3, 2])
  }

  @Test
  func `Boxes have Tukey's quartiles, whiskers and outliers`() throws {
    let mark = BoxMark(["a": [1.0, 2, 3, 4, 5, 6, 7, 8, 100]])
    let group = try #require(mark.groups.first)
    #expect(group.quartiles == [3, 5, 7])
    #expect(group.whiskers == 1...8)
    #expect(group.outliers == [100])
    #expect(BoxMark(["none": [Double]()]).isEmpty)
  }

  @Test
  func `A heatmap's cells have the colours of their values, row 0 on top`() {
    let figure = Figure(size: Size(width: 200, height: 200)) {
      HeatmapMark(
        Matrix([[0.0, 1], [1, .nan]]), colormap: .gray, cellValues: .hidden, showsColorBar: false)
    }
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    var canvas = Canvas(size: figure.size, scale: 1, background: .clear)
    layout.drawMarks(on: &canvas)
    let bitmap = canvas.bitmap()
    func color(_ row: Double, _ column: Double) -> Color? {
      guard let x = layout.x(column), let y = layout.y(row) else { return nil }
      return bitmap[Int(x), Int(y)]
    }
    #expect(color(0, 0) == .black)
    #expect(color(0, 1) == .white)
    #expect(color(1, 0) == .white)
    // Hatched, not the colour of any value.
    #expect(color(1, 1)?.alpha == 1)
    #expect(layout.frame.width == layout.frame.height)
  }

  @Test
  func `Series take the theme's colours in order, given colours take none`() {
    let figure = Figure {
      LineMark(y: [1], label: "a")
      RuleMark(y: 1)
      LineMark(y: [1], label: "b", color: .muted)
      BarMark(["c"], series: ["d": [1], "e": [2]])
      PointMark(x: [1], y: [1], label: "f")
    }
    #expect(figure.firstSeries == [0, 1, 1, 1, 3])
    #expect(figure.legendEntries.map(\.label) == ["a", "b", "d", "e", "f"])
  }

  @Test
  func `Lists of different lengths stop with a sentence`() async {
    let flat = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = PictureMark(Bitmap(width: 1, height: 1), x: 0...0, y: 0...1) }
    #expect(flat.said("PictureMark: it fills a rectangle of the plane, not 0.0...0.0 by 0.0...1.0"))
    let endless = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = ImageMark(Matrix([[1]]), x: 0...1, y: 0...(.infinity)) }
    #expect(endless.said("ImageMark: it fills a rectangle of the plane"))
    let wide = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = ContourMark(Matrix([[1, 2], [3, 4]]), x: -1.7e308...1.7e308, y: 0...1) }
    #expect(wide.said("ContourMark: it fills a rectangle of the plane, not -1.7e+308...1.7e+308"))
    let ended1 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = LineMark(x: [1, 2], y: [1]) }
    #expect(ended1.said("LineMark"))
    let ended2 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Matrix([[1, 2], [3]]) }
    #expect(ended2.said("Matrix"))
    let ended3 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Axis(scale: .log, domain: 0...1) }
    #expect(ended3.said("a logarithmic domain starts above zero, not at 0.0...1.0"))
  }
}
