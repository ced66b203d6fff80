import Numbers
import Raster
import Testing

@testable import Plotting

/// The gallery's longest examples with twice their length: that they compile is the test. A closure
/// whose statements were checked together would end in “unable to type-check this expression in
/// reasonable time”.
@Suite
struct LongFigureTests {
  @Test
  func `A long closure of marks compiles, with arithmetic in it`() {
    let epochs = Array(0..<60)
    let loss = epochs.map { 1 / (1 + Double($0) / 12) + Double($0 * $0) / 9000 }
    let figure = Figure(
      "Early stopping", x: Axis("epoch"), y: Axis("validation loss", unit: "nats"),
      secondY: Axis("accuracy", format: .percent(decimals: 0)), legendTitle: "set"
    ) {
      AreaMark(x: epochs, y: loss, opacity: 0.15)
      RuleMark(x: 29, label: "stop")
      AnnotationMark("stop here", x: 29, y: loss[29], offset: Point(44, -34))
      AnnotationMark("from here on\nit learns by heart", x: 48, y: loss[48] + 0.5 * 0.1)
      LineMark(x: epochs, y: loss.map { $0 * 1.1 + 0.02 - 0.001 * $0 * $0 }, label: "one")
        .band(error: loss.map { 0.05 * $0 + 0.01 })
      LineMark(x: epochs, y: loss.map { $0 * 0.9 - 0.02 + 0.001 * $0 * $0 }, label: "two")
        .band(lower: loss.map { 0.8 * $0 }, upper: loss.map { 1.2 * $0 })
      LineMark(over: 0...59, label: "1/(1 + n/12)") { 1 / (1 + $0 / 12) + $0 * $0 / 9000 }
      LineMark(over: 0...59, label: "n^{2}") { $0 * $0 / 9000 + 2 * $0 / 100 - 0.01 }
      for rate in [0.1, 0.2, 0.5] {
        if rate > 0.1 {
          PointMark(x: epochs, y: loss.map { $0 * (1 - rate) }, label: "rate \(rate)")
            .errorBars(loss.map { _ in 0.02 + rate / 10 })
        } else {
          PointMark(x: epochs.map { Double($0) + rate }, y: loss)
        }
      }
      LineMark(x: epochs, y: loss.map { 1 - $0 / 2 }, label: "accuracy").onSecondAxis()
      BarMark(["a", "b", "c"], [1.5, 2 * 0.7, loss[3] - 0.1], valueFormat: .decimal(places: 1))
      IntervalMark(x: 3...7, label: "warm-up")
    }
    #expect(figure.marks.count == 14)
  }

  @Test
  func `A long grid of figures compiles`() {
    let grid = FigureGrid("Scales", columns: 2) {
      Figure("Automatic", x: Axis("x"), y: Axis("parameters")) {
        LineMark(x: [0, 0.001], y: [0, 4_800_000])
      }
      Figure(
        "Metric prefixes, given ticks", x: Axis("x", ticks: .values([0, 0.25, 0.5, 1])),
        y: Axis("parameters", format: .metric(digits: 2))
      ) {
        LineMark(x: [0, 1], y: [0, 4_800_000])
      }
      Figure(
        "Labelled ticks",
        x: Axis("angle", ticks: .labelled([Tick(0, "0"), Tick(3.1416, "π"), Tick(6.2832, "2π")])),
        y: Axis("sin")
      ) {
        LineMark(over: 0...6.2832) { $0 * (1 - $0 / 6.2832) * 4 / 6.2832 }
      }
      Figure("Percent, reversed", x: Axis("rank", isReversed: true), y: Axis("share")) {
        LineMark(x: 1...9, y: (1...9).map { 1 / Double($0) }, symbol: .square)
      }
      for index in 0..<2 {
        Figure("Logarithmic \(index)") {
          HeatmapMark(
            Matrix(rows: 24, columns: 24) { row, column in
              1000 / (1 + Double(row * row + column * column) / 90) + 0.05
                + 0.01 * Double((7 * row + 5 * column) % 9)
            }, label: "power", colorScale: .log)
        }
        Figure("Centred at \(index)") {
          HeatmapMark(
            Matrix(rows: 24, columns: 24) { 1 + Double($0 - 12) / 5 * Double($1) / 16 },
            colormap: .diverging, label: "ratio", colorScale: .centered(at: Double(index)))
        }
      }
    }
    #expect(grid.figures.count == 8)
  }
}
