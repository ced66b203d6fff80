import Raster
import TestSupport
import Testing

@testable import Plotting

@Suite
struct MissingEndTests {
  private let x = Axis("epoch")

  private func notes(_ marks: any Mark...) -> [String] {
    ResolvedAxes(Figure(x: x) { marks }).notes
  }

  @Test
  func `Bounds of a band that are no numbers are said in the figure and its description`() {
    let nan = Double.nan
    let line = LineMark(x: 1...5, y: [1, 2, 3, 4, 5], label: "q")
    let holes = line.band(lower: [0, nan, 2, nan, 4], upper: [2, 3, 4, 5, 6])
    #expect(
      notes(holes) == ["the band of “q”: 2 of 5 values are NaN, the first at epoch 2, left out"])
    #expect(
      Figure(x: x) { holes }.alternativeText.contains(
        "The band of “q”: 2 of 5 values are NaN, the first at epoch 2, left out."))
    #expect(
      notes(line.band(lower: [0, 1, 2, 3, 4], upper: [2, 3, nan, nan, nan]))
        == ["the band of “q” is NaN from epoch 3 on (3 of 5 values), left out"])
    #expect(
      notes(LineMark(x: 1...2, y: [1, 2]).band(error: [.infinity, 1.0]))
        == ["the band: 1 of 2 values is ∞, at epoch 1, drawn to the end of the axis"])
    // Where the value is missing itself, that says it.
    #expect(
      notes(LineMark(x: 1...2, y: [nan, 2], label: "q").band(error: [nan, 1]))
        == ["“q”: 1 of 2 values is NaN, at epoch 1"])
    #expect(notes(line.band(error: [1, 1, 1, 1, 1])).isEmpty)
  }

  @Test
  func `Errors that are no numbers are said`() {
    let points = PointMark(x: [1, 2, 3], y: [1, 2, 3], label: "m")
    #expect(
      notes(points.errorBars([0.5, .nan, 0.5]))
        == ["the error of “m”: 1 of 3 values is NaN, at epoch 2, left out"])
    #expect(
      notes(points.horizontalErrorBars([.infinity, 0.1, 0.5])) == [
        "the horizontal error of “m”: 1 of 3 values is ∞, at epoch 1, drawn to the end of the axis"
      ])
    #expect(notes(points.errorBars([0.5, 0.1, 0.5])).isEmpty)
    let bars = BarMark(["a", "b"], series: ["s": [1.0, 2], "t": [3.0, .nan]])
    #expect(
      notes(bars.errorBars([[.nan, 1.0], [1.0, .nan]])) == [
        "the error of “s”: 1 of 2 values is NaN, at “a”, left out",
        "“t”: 1 of 2 values is NaN, at “b”",
      ])
  }

  @Test
  func `A series without a single number is said`() {
    let bars = BarMark(["a", "b"], series: ["p": [1.0, 2], "q": [.nan, .nan]])
    #expect(notes(bars) == ["“q”: 2 of 2 values are NaN, the first at “a”"])
    #expect(Figure { bars }.alternativeText.contains("“q”: 2 of 2 values are NaN"))
    #expect(
      notes(PointMark(x: [1, 2], y: [Double.nan, .nan], label: "q"), LineMark(y: [1, 2]))
        == ["“q” has no data", "“q”: 2 of 2 values are NaN, the first at epoch 1"])
  }

  @Test
  func `An area or a band at one place alone is drawn`() {
    func isPainted(_ mark: any Mark, _ x: Double, _ y: Double) -> Bool {
      let figure = Figure(x: Axis(domain: 0...6), y: Axis(domain: 0...6)) { mark }
      let layout = FigureLayout(figure, size: figure.size, theme: .light)
      var canvas = Canvas(size: figure.size, scale: 1, background: .clear)
      layout.drawMarks(on: &canvas)
      return canvas.bitmap()[Int(layout.x(x) ?? 0), Int(layout.y(y) ?? 0)].alpha > 0
    }
    let nan = Double.nan
    let area = AreaMark(x: 1...5, y: [1, 2, nan, 3, nan])
    #expect(isPainted(area, 4, 1.5) && isPainted(area, 4, 2.8) && !isPainted(area, 4, 3.5))
    #expect(isPainted(AreaMark(x: [3], y: [3]), 3, 1.5) && !isPainted(area, 3, 1))
    let line = LineMark(x: 1...5, y: [1, 2, 3, 4, 5])
      .band(lower: [0, nan, 1, nan, 4], upper: [2, 3, 5, 5, 6])
    #expect(isPainted(line, 3, 1.5) && isPainted(line, 3, 4.5) && !isPainted(line, 2, 2.6))
  }
}
