import Numbers
import Plotting
import Raster
import TestSupport
import Testing

/// Pictures to look at: what they show is right when it looks right.
@Suite
struct GoldenFigureTests {
  private let train = [2.3, 1.7, 1.3, 1.0, 0.8, 0.62, 0.5, 0.41, 0.35, 0.31, 0.28, 0.27]
  private let test = [2.31, 1.8, 1.45, 1.2, 1.0, 0.86, 0.77, 0.7, 0.66, 0.64, 0.63, 0.64]

  private var loss: Figure {
    Figure(
      "Loss", x: Axis("epoch"), y: Axis("cross-entropy", unit: "nats"),
      size: Size(width: 320, height: 200)
    ) {
      LineMark(x: 1...12, y: train, label: "training").band(error: train.map { $0 * 0.1 })
      LineMark(x: 1...12, y: test, label: "test", symbol: .circle)
      RuleMark(y: 2.303, label: "guessing")
    }
  }

  @Test(arguments: [Theme.light, .dark, .print])
  func `A line plot in every theme`(theme: Theme) throws {
    try matchGolden(loss.render(theme: theme), "loss-\(theme.name)")
  }

  @Test
  func `Bars, a logarithmic scale, a histogram and boxes on one grid`() throws {
    let values = (0..<200).map { index -> Double in
      let first = (index * index * 7919) % 1000
      let second = (index * 104_729) % 1000
      return Double(first + second) / 200
    }
    let grid = FigureGrid("Marks", columns: 2, showsLetters: true) {
      Figure("Bars", y: Axis("time", unit: "ms")) {
        BarMark(
          ["Swift", "JAX", "PyTorch"], series: ["forward": [2.0, 3, 5], "backward": [4.0, 6, 7]],
          valueFormat: .decimal(places: 0))
      }
      Figure("Scales", x: Axis("n", scale: .log), y: Axis("t", unit: "s", scale: .log)) {
        LineMark(x: [1, 10, 100, 1000], y: [1e-6, 1e-4, 1e-2, 1.0], label: "n^{2}")
        AnnotationMark("here", x: 100, y: 1e-2)
      }
      Figure("Histogram", x: Axis("value")) { HistogramMark(values) }
      Figure("Boxes") { BoxMark(["all": values, "half": Array(values.prefix(100))]) }
    }
    try matchGolden(grid.render(scale: 1.5), "grid")
  }

  @Test
  func `A heatmap with values and a colour bar`() throws {
    let matrix = Matrix(rows: 5, columns: 5) { row, column in
      row == column ? 90 + Double(row) : Double((row * 3 + column * 5) % 7)
    }
    let names = ["0", "1", "2", "3", "4"]
    let figure = Figure("Confusion", x: Axis("prediction"), y: Axis("label")) {
      HeatmapMark(
        matrix, rowLabels: names, columnLabels: names, colormap: .blues, label: "images")
    }
    try matchGolden(figure.render(), "heatmap")
  }

  @Test
  func `A tensor grid: hatched ring, window, beam and sum`() throws {
    let diagram = TensorGrid.convolution(
      "Padding", input: Matrix([[1, 2, 3], [4, 5, 6], [7, 8, 9]]),
      kernel: Matrix([[1, -1], [2, 0]]),
      padding: .init(1), stride: 2, at: (0, 1))
    try matchGolden(diagram.render(), "tensor-grid")
    try matchGolden(diagram.render(theme: .dark), "tensor-grid-dark")
  }

  @Test
  func `A grid of images with captions and a frame`() throws {
    let tiles = (0..<4).map { index in
      ImageGrid.Tile(
        Matrix(rows: 8, columns: 8) { row, column in Double((row * (index + 1) + column) % 8) },
        caption: index == 2 ? "2, read as 7" : "\(index)", highlight: index == 2 ? .series(1) : nil)
    }
    try matchGolden(ImageGrid("Digits", tiles: tiles, columns: 4).render(), "images")
  }

  @Test
  func `What cannot be drawn is said`() throws {
    let figure = Figure(
      "Trouble", x: Axis("step"), y: Axis("loss", scale: .log), size: Size(width: 320, height: 200)
    ) {
      LineMark(y: [1, 0.1, .nan, 0.01, -0.5, 0.001], label: "loss", symbol: .square)
      LineMark(y: [Double](), label: "test")
    }
    try matchGolden(figure.render(), "trouble")
  }
}
