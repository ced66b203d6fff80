import Raster
import TestSupport
import Testing

@testable import Plotting

@Suite
struct TroubleTests {
  @Test
  func `A logarithmic axis says which values it cannot show`() {
    let figure = Figure(y: Axis(scale: .log)) {
      LineMark(y: [1, 10, 0, 100, -5], label: "loss")
      LineMark(y: [3.0, 2, -1], label: "test")
    }
    #expect(
      ResolvedAxes(figure).notes == [
        "2 values of “loss” ≤ 0 are not on the logarithmic vertical axis, first 0 at index 2",
        "1 value of “test” ≤ 0 is not on the logarithmic vertical axis: −1 at index 2",
      ])
    #expect(figure.alternativeText.contains("first 0 at index 2"))
    #expect(FigureLayout(figure, size: figure.size, theme: .light).notes.count == 2)
  }

  @Test
  func `Bars on a logarithmic axis stand on its lower end, and zero feet are no trouble`() {
    let figure = Figure(y: Axis(scale: .log)) { BarMark(["a", "b"], [10.0, 1000]) }
    #expect(ResolvedAxes(figure).notes.isEmpty)
    #expect(ResolvedAxes(figure).y.domain.contains(10))
  }

  @Test
  func `Nothing to draw is an axis with a note`() {
    #expect(ResolvedAxes(Figure {}).notes == ["no data"])
    let one = Figure {
      LineMark(y: [1.0, 2], label: "a")
      LineMark(y: [Double](), label: "b")
    }
    #expect(ResolvedAxes(one).notes == ["“b” has no data"])
    let nan = Figure { LineMark(y: [Double.nan, Double.infinity]) }
    #expect(
      ResolvedAxes(nan).notes == [
        "no data", "1 of 2 values is NaN, at x = 0", "1 of 2 values is ∞, at x = 1",
      ])
  }

  @Test func `Values at the limits of a Double are drawn without a trap`() {
    let cases: [[Double]] = [
      [0, 0], [5, 5], [-1e308, 1e308],
      [Double.leastNonzeroMagnitude, 2 * Double.leastNonzeroMagnitude], [1, 1.0.nextUp],
      [1e15, 1e15 + 1],
      [Double.infinity, -Double.infinity], [0, Double.greatestFiniteMagnitude],
    ]
    for values in cases {
      for scale in [Scale.linear, .log, .symlog(threshold: 1e-3)] {
        for mark in [
          LineMark(y: values, label: "a") as any Mark, PointMark(x: values, y: values),
          AreaMark(x: values, y: values), HistogramMark(values), BarMark(["a", "b"], values),
          RuleMark(y: values[0], label: "r"), AnnotationMark("here", x: values[0], y: values[1]),
        ] {
          let figure = Figure(y: Axis(scale: scale), size: Size(width: 120, height: 80)) { mark }
          #expect(figure.render(scale: 1).width == 120)
          #expect(!figure.alternativeText.isEmpty)
        }
      }
      let heat = Figure { HeatmapMark(Matrix(rows: 1, columns: 2, values)) }
      #expect(heat.render(scale: 1).width > 0)
    }
  }

  @Test(arguments: [1, 3, 8, 20, 40, 60])
  func `Very small figures leave things out, but are drawn`(side: Int) {
    let figure = Figure(
      "A title", x: Axis("x"), y: Axis("y"),
      size: Size(width: Double(side), height: Double(side))
    ) {
      LineMark(y: [1, 2, 3], label: "a")
    }
    #expect(figure.render(scale: 1).width == side)
  }
}
