import Raster
import TestSupport
import Testing

@testable import Plotting

@Suite
struct DomainNoteTests {
  private let unit = Axis(domain: 0...1)

  private func notes(
    _ x: Axis = Axis(), _ y: Axis = Axis(), @MarkBuilder _ marks: () -> [any Mark]
  ) -> [String] {
    ResolvedAxes(Figure(x: x, y: y, marks: marks)).notes
  }

  private func isBlank(_ figure: Figure) -> Bool {
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    var canvas = Canvas(size: figure.size, scale: 1, background: .clear)
    layout.drawMarks(on: &canvas)
    let bitmap = canvas.bitmap()
    return (0..<bitmap.height).allSatisfy { y in
      (0..<bitmap.width).allSatisfy { bitmap[$0, y].alpha == 0 }
    }
  }

  @Test
  func `What lies outside of a given domain is said`() {
    #expect(
      notes(unit) { PointMark(x: [0.0, 0.5, 2, 3], y: [1, 2, 3, 4], label: "p") }
        == ["2 of 4 points of “p” lie outside of the axes' domains"])
    #expect(
      notes(unit, unit) { LineMark(x: [2.0, 3], y: [0.1, 0.2], label: "l") }
        == ["“l” lies outside of the axes' domains"])
    #expect(
      notes(unit, unit) { AreaMark(x: [0.0, 1], lower: [2.0, 2], upper: [3.0, 3]) }
        == ["a series lies outside of the axes' domains"])
    #expect(
      notes(unit) { RuleMark(x: 5, label: "r") }
        == ["the line “r” at 5 lies outside of the axis' domain"])
    #expect(
      notes(Axis(), Axis(domain: 10...20)) { BarMark(["a", "b"], [5.0, 15], label: "n") }
        == [
          "1 of 2 bars of “n” lies outside of the axis' domain",
          "the axis ends at 10, not at 0: lengths do not compare",
        ])
    // A line that can be seen in part leaves the plot before everybody's eyes.
    #expect(notes(unit, unit) { LineMark(x: [-1e17, 1e17], y: [-1e17, 1e17]) }.isEmpty)
    #expect(
      notes(unit, unit) {
        PointMark(x: [0.0, 1], y: [1.0, 0])
        RuleMark(y: 0.5)
        BarMark([], [Double]())
      }.allSatisfy { !$0.contains("outside") })
  }

  @Test
  func `Every kind of mark says what lies outside of a given domain`() {
    let matrix = Matrix([[1.0, 2], [3, 4]])
    let cases: [(Axis, Axis, any Mark, String?)] = [
      (
        unit, Axis(), HistogramMark([0.1, 0.2, 0.9, 4], label: "h"),
        "1 of 4 values of “h” lies outside of the axes' domains"
      ),
      (
        unit, Axis(), DensityMark([2.0, 3, 4], label: "d"),
        "3 of 3 values of “d” lie outside of the axes' domains"
      ),
      (
        Axis(), unit, BoxMark(["in": [0.1, 0.5, 0.9], "out": [7.0, 8, 9]]),
        "“out” lies outside of the axes' domains"
      ),
      (
        Axis(), Axis(domain: 0...5), BoxMark(["half": [1.0, 2, 2, 3, 3, 4, 40]]),
        "1 of 1 outlier of “half” lies outside of the axes' domains"
      ),
      (
        Axis(), unit, ViolinMark(["in": [0.1, 0.5, 0.9], "out": [7.0, 8, 9]]),
        "“out” lies outside of the axes' domains"
      ),
      (
        unit, unit, ArrowMark(x: [0.5, 3], y: [0.5, 3], dx: [0.1, 1], dy: [0.1, 1], label: "v"),
        "1 of 2 arrows of “v” lies outside of the axes' domains"
      ),
      (
        unit, Axis(), IntervalMark(x: 3.0...4.0, label: "test"),
        "“test” lies outside of the axes' domains"
      ),
      (
        unit, unit, FitMark(x: [2.0, 3, 4], y: [3.0, 4, 5], label: "fit"),
        "“fit” lies outside of the axes' domains"
      ),
      (
        Axis(domain: 5...6), Axis(), ContourMark(matrix, x: 0...1, y: 0...1, label: "f"),
        "“f” lies outside of the axes' domains"
      ),
      (
        Axis(domain: 0...0.5), Axis(), ImageMark(matrix, x: 0...1, y: 0...1, label: "i"),
        "“i” goes on beyond the axes' domains"
      ),
      (
        Axis(domain: -0.5...0.5), Axis(), HeatmapMark(matrix, label: "m"),
        "“m” goes on beyond the axes' domains"
      ),
      (
        Axis(domain: 0.6...2.4), Axis(), BarMark(["a", "b", "c", "d"], [1.0, 2, 3, 4]),
        "2 of 4 categories lie outside of the axis' domain, the first “a”"
      ),
      (Axis(), Axis(domain: 0...1), ImageMark(matrix, x: 0...1, y: 0...1), nil),
    ]
    for (x, y, mark, sentence) in cases {
      #expect(notes(x, y) { mark } == (sentence.map { [$0] } ?? []), "\(mark)")
    }
    // Points beyond the last category have no place either.
    #expect(
      notes {
        BarMark(["a", "b"], [1.0, 2])
        PointMark(x: [-3.0, 0, 5], y: [1.0, 1, 1], label: "p")
      } == ["2 of 3 points of “p” lie outside of the axes' domains"])
  }

  @Test
  func `Bars that do not begin at zero are said not to compare`() {
    let cut = "the axis ends at 90, not at 0: lengths do not compare"
    #expect(notes(Axis(), Axis(domain: 90...100)) { BarMark(["a", "b"], [91.0, 99]) } == [cut])
    #expect(notes(Axis(), Axis(domain: -5...100)) { BarMark(["a", "b"], [91.0, 99]) }.isEmpty)
    #expect(
      notes(Axis(domain: -20...(-10)), Axis()) {
        BarMark(["a"], [-15.0], isHorizontal: true)
      } == ["the axis ends at −10, not at 0: lengths do not compare"])
    // A logarithmic axis has no zero.
    #expect(notes(Axis(), Axis(scale: .log, domain: 90...100)) { BarMark(["a"], [95.0]) }.isEmpty)
  }

  @Test
  func `A colour bar that holds for one of two marks says so`() {
    func points(_ colors: [Double], _ name: String) -> any Mark {
      PointMark(x: [1, 2], y: [1, 2], label: name).colored(by: colors, label: name)
    }
    #expect(
      notes {
        points([1, 2], "p")
        points([100, 200], "q")
      } == ["the colour bar does not hold for the colours of “q”, which go from 100 to 200"])
    #expect(
      notes {
        points([1, 2], "p")
        points([2, 1], "q")
      }.isEmpty)
  }

  @Test
  func `Arrows of another length than their vectors say so`() {
    #expect(
      notes { ArrowMark(x: [0], y: [0], dx: [100], dy: [0], label: "flow", scale: 0.001) }
        == ["“flow”: arrows drawn 0.001 times as long"])
  }

  @Test
  func `Words whose point is outside of the axes are left out, and the figure says so`() {
    let figure = Figure(x: unit, y: unit) { AnnotationMark("peak\nhere", x: 5, y: 0.5) }
    #expect(isBlank(figure))
    #expect(
      ResolvedAxes(figure).notes == [
        "“peak here” is left out: its point lies outside of the axes' domains"
      ])
    let edge = Figure(x: unit, y: unit) { AnnotationMark("edge", x: 1, y: 0.5) }
    #expect(!isBlank(edge) && ResolvedAxes(edge).notes.isEmpty)
  }

  @Test
  func `Values beyond a given domain of colours are counted`() {
    let values = (0..<400).map { Double($0) }
    let matrix = Matrix(rows: 20, columns: 20, values)
    #expect(
      notes { ImageMark(matrix, domain: 10...299) } == [
        "10 of 400 pixels are below 10, in the first colour",
        "100 of 400 pixels are above 299, in the last colour",
      ])
    #expect(
      notes { HeatmapMark(Matrix([[1.0, 2]]), domain: 0...1) }
        == ["1 of 2 cells is above 1, in the last colour"])
    #expect(
      notes { PointMark(x: [1, 2], y: [1, 2]).colored(by: [1, 20], domain: 0...10) }
        == ["1 of 2 values is above 10, in the last colour"])
    #expect(notes { ImageMark(matrix) }.isEmpty)
    #expect(notes { ImageMark(matrix, domain: 0...399) }.isEmpty)
  }

  @Test
  func `Points that would be too small to be seen are drawn larger, which is said`() {
    let mark = PointMark(x: [1, 2, 3, 4], y: [1, 2, 3, 4]).sized(by: [1, 100, 10_000, 1_000_000])
    #expect(mark.sizes?.diameters == [1.5, 1.5, 2, 20])
    #expect(
      notes { mark } == ["2 of 4 points would be too small to be seen, drawn larger"])
    let odd = PointMark(x: [1, 2, 3], y: [1, 2, 3]).sized(by: [.nan, -1, 5])
    #expect(
      notes { odd } == [
        "1 of 3 sizes is NaN, left out",
        "1 of 3 sizes is not above zero, their points are left out",
      ])
  }

  // MARK: Contours

  private func field(_ low: Double, _ step: Double) -> Matrix {
    Matrix(rows: 11, columns: 11) { low + step * Double($0 + $1) }
  }

  @Test
  func `Level lines have their levels' own digits, and are drawn for every range of values`() {
    let mark = ContourMark(
      field(1_000_000, 0.1), x: 0...1, y: 0...1, levels: [1_000_000.25, 1_000_000.75])
    #expect(
      mark.summary(x: Axis(), y: Axis())?.contains("at 1,000,000.25, 1,000,000.75;") == true)
    for (low, step) in [(0, 1e-200), (0, 1e-300), (1e14, 0.1), (-1.7e308, 1.7e307)] {
      for isFilled in [false, true] {
        let mark = ContourMark(field(low, step), x: 0...1, y: 0...1, isFilled: isFilled)
        #expect(mark.levels.count >= 5, "\(low) + \(step)·k")
        #expect(!isBlank(Figure { mark }))
      }
    }
  }

  @Test
  func `Level lines that are not there, and parts without a place, are said`() {
    #expect(
      notes { ContourMark(field(3, 0), x: 0...1, y: 0...1) }
        == ["no level lines: all values are 3"])
    #expect(
      notes { ContourMark(field(0, 1), x: 0...1, y: 0...1, levels: [50, 60]) }
        == ["no level lines: the values go from 0 to 20"])
    #expect(
      notes(Axis(scale: .log)) { ContourMark(field(0, 1), x: -1...9, y: 0...1) }
        == ["2 of 11 columns of the grid lie at ≤ 0, and are not on the logarithmic axis"])
    #expect(notes { ContourMark(field(0, 1), x: -1...9, y: 0...1) }.isEmpty)
  }

  // MARK: Whole numbers

  @Test
  func `Ticks that must be whole numbers are`() {
    func ticks(_ x: Axis, _ values: [Double]) -> [String] {
      let figure = Figure(x: x) { PointMark(x: values, y: values) }
      let layout = FigureLayout(figure, size: figure.size, theme: .light)
      return layout.xTicks.items.map { $0.label?.string ?? "" }
    }
    #expect(ticks(Axis(ticks: .integers), [1]) == ["1"])
    #expect(ticks(Axis(ticks: .integers), [0.2, 0.4]) == ["0", "1"])
    #expect(ticks(Axis(scale: .log, ticks: .integers), [0.1, 0.9]) == ["1"])
    #expect(ticks(Axis(scale: .log, ticks: .integers), [1, 40]) == ["1", "2", "5", "10", "20"])
    #expect(ticks(Axis(domain: 0.2...0.4, ticks: .integers), [0.3]) == [])
    #expect(ticks(Axis(ticks: .integers), [0, 10]) == ["0", "2", "4", "6", "8", "10"])
    // Without being asked, a domain without whole numbers has others.
    #expect(ticks(Axis(domain: 0.2...0.4), [0, 1]).count > 2)
  }

  @Test func `An image grid says what lies beyond its colours`() {
    let tile = ImageGrid.Tile(Matrix([[0.0, 2], [-1, 0.5]]))
    #expect(
      ImageGrid(tiles: [tile], columns: 1, domain: 0...1).notes == [
        "1 of 4 pixels is below 0, in the first colour",
        "1 of 4 pixels is above 1, in the last colour",
      ])
    #expect(ImageGrid(tiles: [tile], columns: 1).notes.isEmpty)
    let rounded = ImageGrid.Tile(Matrix([[0, 1.0000001]]))
    #expect(ImageGrid(tiles: [rounded], columns: 1, domain: 0...1).notes.isEmpty)
    let clear = ImageGrid(tiles: [tile], columns: 1, domain: -1...2)
    #expect(clear.notes.isEmpty)
  }

  @Test func `Bins of unlike width with counts are said, and densities are not`() {
    func notes(_ edges: [Double], _ height: HistogramMark.Height, _ axis: Axis = Axis()) -> [String]
    {
      HistogramMark([1.0, 2, 30], bins: .edges(edges), height: height).notes(x: axis, y: Axis())
    }
    #expect(
      notes([1, 10, 100], .count) == [
        "bins are 9 to 90 wide and heights are counts, so areas do not compare; densities would"
      ])
    #expect(notes([1, 10, 100], .density).isEmpty && notes([0, 20, 40], .count).isEmpty)
    #expect(notes([1, 10, 100], .share, Axis(scale: .log)).isEmpty)
  }

  @Test func `Levels at large numbers keep their decimals at the colour bar`() {
    let base = 1e14
    let mark = ContourMark(
      Matrix(rows: 3, columns: 3) { base + 3 * Double($0 + $1) / 4 }, x: 0...1, y: 0...1,
      levels: [base + 0.75, base + 1.5, base + 2.25], isFilled: true)
    let words = mark.summary(x: Axis(), y: Axis()) ?? ""
    #expect(
      words.contains("100,000,000,000,000.75, 100,000,000,000,001.5,") || words.contains("×"),
      "\(words)")
    let figure = Figure { mark }
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    let labels = layout.colorBar?.ticks.items.compactMap(\.label?.string) ?? []
    #expect(labels.contains("100,000,000,000,000.75") || labels.isEmpty, "\(labels)")
    #expect(!labels.contains { $0.hasSuffix(".8") })
  }
}
