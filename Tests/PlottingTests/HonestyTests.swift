import Raster
import TestSupport
import Testing

@testable import Plotting

@Suite
struct HonestyTests {
  private func drawn(_ figure: Figure) -> (FigureLayout, Bitmap) {
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    var canvas = Canvas(size: figure.size, scale: 1, background: .clear)
    layout.drawMarks(on: &canvas)
    return (layout, canvas.bitmap())
  }

  private func isPainted(_ picture: (FigureLayout, Bitmap), _ x: Double, _ y: Double) -> Bool {
    guard let px = picture.0.x(x), let py = picture.0.y(y),
      picture.0.frame.contains(Point(px, py))
    else { return false }
    return picture.1[Int(px), Int(py)].alpha > 0
  }

  // MARK: Repeated categories

  @Test
  func `Repeated categories keep their places in bars, boxes and heatmaps`() {
    let names = ["conv", "relu", "conv", "relu", "linear"]
    let bars = Figure { BarMark(names, [5.0, 1, 3, 2, 4]) }
    #expect(ResolvedAxes(bars).x.categories == names)
    let picture = drawn(bars)
    for (place, value) in [5.0, 1, 3, 2, 4].enumerated() {
      #expect(isPainted(picture, Double(place), value - 0.2))
      #expect(!isPainted(picture, Double(place), value + 0.2))
    }
    let boxes = Figure {
      BoxMark([
        (name: "a", values: [1.0, 2, 3]), (name: "a", values: [11.0, 12, 13]),
      ])
    }
    let boxPicture = drawn(boxes)
    #expect(isPainted(boxPicture, 0, 2) && !isPainted(boxPicture, 0, 12))
    #expect(isPainted(boxPicture, 1, 12) && !isPainted(boxPicture, 1, 2))
    let heat = Figure {
      HeatmapMark(
        Matrix([[0.0, 1], [1, 0]]), rowLabels: ["r", "r"], columnLabels: ["c", "c"],
        colormap: .gray, cellValues: .hidden)
    }
    let (layout, bitmap) = drawn(heat)
    func cell(_ row: Double, _ column: Double) -> Color {
      bitmap[Int(layout.x(column) ?? 0), Int(layout.y(row) ?? 0)]
    }
    #expect(cell(0, 0) == .black && cell(1, 1) == .black && cell(0, 1) == .white)
    #expect(bars.alternativeText.contains("from 1 (relu) to 5 (conv)"))
  }

  @Test
  func `The second of a name in one mark stands at the second of it in another`() {
    #expect(
      Categories.union(["a", "b", "a"], ["a", "c", "a", "a"]) == ["a", "b", "a", "c", "a"])
    let figure = Figure {
      BarMark(["a", "b", "a"], [1.0, 1, 1])
      BarMark(["a", "a"], [2.0, 3], fill: 0.4)
    }
    let axis = ResolvedAxes(figure).x.projection(from: 0, to: 100)
    #expect(axis.places(of: ["a", "a", "c"]) == [0, 2, nil])
    #expect(Categories.spoken(["a", "a", "x_{1}"]) == ["a", "a (2)", "x₁"])
  }

  // MARK: Logarithmic axes

  @Test
  func `What reaches below zero ends at the floor of a logarithmic axis, and is no lost value`() {
    let size = Size(width: 300, height: 200)
    let points = Figure(y: Axis(scale: .log), size: size) {
      PointMark(x: [1, 2], y: [1.0, 10]).errorBars([2.0, 1])
    }
    let band = Figure(y: Axis(scale: .log), size: size) {
      LineMark(x: [1, 2, 3], y: [1.0, 1, 1]).band(lower: [-1.0, -1, -1], upper: [2.0, 2, 2])
      RuleMark(y: 0.1)
    }
    let boxes = Figure(y: Axis(scale: .log), size: size) {
      BoxMark([(name: "a", values: [-1.0, 0, 1, 2, 3, 4, 50])])
    }
    let bars = Figure(y: Axis(scale: .log), size: size) {
      BarMark(["a"], [1.0]).errorBars([[3.0]])
    }
    for figure in [points, band, bars] { #expect(ResolvedAxes(figure).notes == []) }
    let low = drawn(points)
    #expect(isPainted(low, 1, low.0.y.domain.lowerBound * 1.05))
    let banded = drawn(band)
    #expect(isPainted(banded, 1.5, banded.0.y.domain.lowerBound * 1.05))
    // The box itself reaches below zero; its median does not.
    let boxed = drawn(boxes)
    #expect(isPainted(boxed, 0, 1.5))
    #expect(
      ResolvedAxes(boxes).notes.last?.hasPrefix("2 values of “") == true)
  }

  @Test
  func `The footnote of a logarithmic axis has true numbers, and names bars`() {
    let figure = Figure(y: Axis(scale: .log)) {
      LineMark(y: [1.0, -2, 3]).band(lower: [-1.0, -5, -6], upper: [2.0, 2, 4])
      BarMark(["a", "b"], series: ["p": [1.0, 2], "q": [0.0, -3]])
    }
    #expect(
      ResolvedAxes(figure).notes == [
        "2 values of “q” ≤ 0 are not on the logarithmic axis, first 0 for “a”",
        "1 value ≤ 0 is not on the logarithmic vertical axis: −2 at index 1",
      ])
  }

  @Test
  func `An image on a logarithmic axis lies where its values are`() {
    // The left half of the values 0…100 is black: on a logarithmic axis from 1, most of its length.
    let figure = Figure(
      x: Axis(scale: .log, domain: 1...100), y: Axis(domain: 0...1),
      size: Size(width: 400, height: 200)
    ) {
      ImageMark(Matrix([[0.0, 1]]), x: 1...101, y: 0...1, colormap: .gray, showsColorBar: false)
    }
    let (layout, bitmap) = drawn(figure)
    func color(_ x: Double) -> Color {
      bitmap[Int(layout.x(x) ?? 0), Int(layout.y(0.5) ?? 0)]
    }
    #expect(color(2) == .black && color(45) == .black && color(60) == .white)
  }

  // MARK: Values that are not finite

  @Test
  func `NaN and ∞ are said in the figure and its description`() {
    let loss = Figure(x: Axis("epoch")) {
      LineMark(x: 1...6, y: [2.0, 1.5, 1.2, .nan, .nan, .nan], label: "loss")
      PointMark(x: [1.0, .infinity, 3], y: [1.0, 2, -.infinity], label: "p_{1}")
    }
    #expect(
      ResolvedAxes(loss).notes == [
        "“loss” is NaN from epoch 4 on (3 of 6 values)",
        "“p₁”: 1 of 3 values is ∞, at index 1", "“p₁”: 1 of 3 values is −∞, at epoch 3",
      ])
    #expect(loss.alternativeText.contains("is NaN from epoch 4 on"))
    let heat = Figure { HeatmapMark(Matrix([[1.0, .nan], [.infinity, -.infinity]])) }
    #expect(
      ResolvedAxes(heat).notes == [
        "1 of 4 cells is NaN, at row 0, column 1, hatched",
        "1 of 4 cells is ∞, at row 1, column 0, in the last colour",
        "1 of 4 cells is −∞, at row 1, column 1, in the first colour",
      ])
    let named = Figure {
      HeatmapMark(Matrix([[1.0, .nan], [.nan, 2]]), label: "p", missing: "no design")
    }
    #expect(ResolvedAxes(named).notes == ["hatched: no design (2 of 4 cells)"])
    let bars = Figure { BarMark(["a", "b"], [1.0, .nan]) }
    #expect(ResolvedAxes(bars).notes == ["1 of 2 values is NaN, at “b”"])
    let stack = Figure {
      AreaMark.stacked(x: [0, 1], series: ["a": [1.0, .nan], "b": [2.0, 5]])
    }
    #expect(ResolvedAxes(stack).notes == ["“a”: 1 of 2 values is NaN, at x = 1, stacked as zero"])
    let histogram = Figure { HistogramMark([1.0, .nan, 2, .infinity, 3, 3]) }
    #expect(
      ResolvedAxes(histogram).notes == ["1 of 6 values is NaN", "1 of 6 values is ∞"])
    let boxes = Figure { BoxMark(["a": [1.0, .nan, 2]]) }
    #expect(ResolvedAxes(boxes).notes == ["“a”: 1 of 3 values is NaN"])
  }

  @Test
  func `A cell without a value looks like no value of the map`() {
    let figure = Figure(size: Size(width: 220, height: 200)) {
      HeatmapMark(
        Matrix([[0.0, 1], [1, .nan]]), colormap: .gray, cellValues: .hidden,
        showsColorBar: false)
    }
    let (layout, bitmap) = drawn(figure)
    var colors: Set<Color> = []
    for step in -4...4 {
      let x = (layout.x(1) ?? 0) + Double(step) * 4
      colors.insert(bitmap[Int(x), Int(layout.y(1) ?? 0)])
    }
    #expect(colors.count > 1)
    let many = Figure(size: Size(width: 220, height: 200)) {
      HeatmapMark(
        Matrix(rows: 60, columns: 60) { $0 == 30 || $1 == 3 ? .nan : Double($0) },
        showsColorBar: false)
    }
    let filled = drawn(many).1.pixels
    #expect(stride(from: 3, to: filled.count, by: 4).count { filled[$0] == 255 } > 16_000)
  }

  // MARK: Zoom and limits

  @Test(arguments: [1e3, 1e5, 1e8, 1e12])
  func `A line that leaves a zoomed figure keeps its slope`(far: Double) {
    let figure = Figure(
      x: Axis(domain: -1...1), y: Axis(domain: -1...1), size: Size(width: 300, height: 300)
    ) {
      LineMark(x: [-far, far], y: [-far * 0.5, far * 0.5], width: 3)
    }
    let picture = drawn(figure)
    for x in [-0.9, -0.3, 0.4, 0.9] {
      #expect(isPainted(picture, x, x / 2), "\(x)")
      #expect(!isPainted(picture, x, x / 2 + 0.1) && !isPainted(picture, x, x / 2 - 0.1))
    }
    // From inside to far away, at a slope that clamping both ends would change.
    let ray = Figure(
      x: Axis(domain: 0...1), y: Axis(domain: 0...1), size: Size(width: 300, height: 300)
    ) {
      LineMark(x: [0, far], y: [0, far / 4], width: 3)
      AreaMark(x: [0, far], lower: [0.5, 0.5 + far / 4], upper: [0.7, 0.7 + far / 4])
    }
    let beam = drawn(ray)
    #expect(isPainted(beam, 0.8, 0.2) && !isPainted(beam, 0.8, 0.3))
    #expect(isPainted(beam, 0.8, 0.8) && !isPainted(beam, 0.8, 0.6))
    #expect(!isPainted(beam, 0.8, 0.95))
  }

  @Test func `Values at the limits of a Double have ticks that differ and a line`() {
    let cases: [[Double]] = [
      [1e17, 1e17, 1e17], [-1.7e308, 0, 1.7e308], [1e17, 1e17 + 16, 1e17 + 32],
      [1, 1.0.nextUp, 1.0.nextUp.nextUp], [-Double.greatestFiniteMagnitude, 1e308, 0],
      [0x1p-1074, 0x1p-1073, 0x1p-1072],
    ]
    for values in cases {
      let figure = Figure(size: Size(width: 400, height: 260)) { LineMark(y: values, width: 3) }
      let (layout, bitmap) = drawn(figure)
      let labels = layout.yTicks.items.compactMap { $0.label?.string }
      #expect(labels.count >= 2, "\(values): \(labels)")
      #expect(Set(labels).count == labels.count)
      #expect(
        layout.yTicks.items.allSatisfy { layout.frame.minY...layout.frame.maxY ~= $0.position })
      for (x, y) in values.enumerated() {
        let place = Point(layout.x(Double(x)) ?? -1, layout.y(y) ?? -1)
        #expect(layout.frame.inset(by: -1).contains(place))
        let around = [-1.0, 0, 1].contains { dy in
          let (px, py) = (Int(place.x), Int(place.y + dy))
          return px < bitmap.width && bitmap[min(px, bitmap.width - 1), py].alpha > 0
        }
        #expect(around, "\(values) at \(x)")
      }
    }
  }

  @Test
  func `Colours of values at the limits of a Double are those of their places`() {
    let mapping = ColorMapping(.gray, [-1.7e308, 1.7e308], domain: nil)
    #expect(mapping.fraction(0) == 0.5 && mapping.fraction(1.7e308) == 1)
    #expect(ColorMapping(.gray, [1e17, 1e17], domain: nil).fraction(1e17) == 0.5)
    #expect(ColorMapping(.gray, [1, 100], domain: nil, scale: .log).fraction(10) == 0.5)
    #expect(ColorMapping(.gray, [-3, 1], domain: nil, scale: .centered(at: 0)).domain == -3...3)
    #expect(ColorMapping(.gray, [1, 2], domain: nil, scale: .log).fraction(0).isNaN)
  }
}
