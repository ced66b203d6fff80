import Numbers
import Raster
import TestSupport
import Testing

@testable import Plotting

@Suite
struct SecondAxisTests {
  private let losses = [2.3, 1.2, 0.7, 0.5, 0.42]
  private let accuracies = [0.1, 0.55, 0.8, 0.88, 0.91]

  private func figure(_ legend: LegendPlacement = .automatic) -> Figure {
    Figure(
      "Training", x: Axis("epoch"), y: Axis("loss", unit: "nats"),
      secondY: Axis("accuracy", domain: 0...1, format: .percent(decimals: 0)),
      size: Size(width: 360, height: 220), legend: legend, legendTitle: "quantity"
    ) {
      LineMark(x: 1...5, y: losses, label: "loss")
      LineMark(x: 1...5, y: accuracies, label: "accuracy").onSecondAxis()
    }
  }

  @Test
  func `A mark on the second axis is drawn, named and described there`() {
    let figure = figure()
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    #expect(layout.axes.y.domain.lowerBound > 0.3)
    #expect(layout.axes.secondY?.domain == 0...1)
    #expect(layout.secondTicks.items.last?.label?.string == "100%")
    #expect(layout.frame.maxX < figure.size.width - 40)
    #expect(
      figure.legendEntries.map(\.label) == ["quantity", "loss", "accuracy (right)"])
    #expect(
      figure.alternativeText
        == "Training: loss (nats) and accuracy by epoch. By quantity: loss falls from 2.3 to 0.42 over "
        + "5 epochs; on the right axis: accuracy rises from 0.1 to 0.91 over 5 epochs.")
  }

  @Test
  func `A second axis alone hides the first, and one without marks is said`() {
    let alone = Figure(y: Axis("loss")) { LineMark(y: losses).onSecondAxis() }
    let layout = FigureLayout(alone, size: alone.size, theme: .light)
    #expect(layout.yTicks.items.isEmpty)
    #expect(!layout.secondTicks.items.isEmpty)
    #expect(!alone.alternativeText.contains("loss"))
    let none = Figure(secondY: Axis("accuracy")) { LineMark(y: losses) }
    #expect(none.alternativeText.hasSuffix("Nothing is drawn on the right axis."))
    #expect(FigureLayout(none, size: none.size, theme: .light).secondY == nil)
  }

  @Test
  func `Values without a logarithm are said for the axis that they miss`() {
    let figure = Figure(secondY: Axis(scale: .log)) {
      LineMark(y: [-1, 2, 3])
      LineMark(y: [-1, 2, 3], label: "b").onSecondAxis()
    }
    #expect(
      ResolvedAxes(figure).notes == [
        "1 value of “b” ≤ 0 is not on the logarithmic right axis: −1 at index 0"
      ])
  }

  @Test(arguments: [Theme.light, .dark, .print])
  func `A second axis in every theme`(theme: Theme) throws {
    try matchGolden(figure().render(theme: theme, scale: 1.5), "second-axis-\(theme.name)")
  }

  @Test
  func `Equal quantities are written alike on a linear and a logarithmic axis`() {
    func labels(
      _ top: Double, height: Double = 100
    ) -> (x: [Double: String], y: [Double: String]) {
      let figure = Figure(x: Axis(scale: .log), y: Axis()) {
        LineMark(x: [1, 10, 100, top], y: [0, height / 5, height / 2, height])
      }
      let layout = FigureLayout(figure, size: figure.size, theme: .light)
      func labels(_ ticks: TickLabels) -> [Double: String] {
        Dictionary(uniqueKeysWithValues: ticks.items.map { ($0.value, $0.label?.string ?? "") })
      }
      return (labels(layout.xTicks), labels(layout.yTicks))
    }
    // Short enough to be plain on both.
    let plain = labels(100_000)
    #expect(plain.x[100] == "100")
    #expect(plain.y[100] == "100")
    let powers = labels(1e12, height: 4e6)
    #expect(powers.x[1e6] == "10^{6}")
    #expect(powers.y[1e6] == "10^{6}")
  }
}
