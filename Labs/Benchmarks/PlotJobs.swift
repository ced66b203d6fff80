import ElementaryFunctions
import LabKit

/// A plot that this package and matplotlib both draw, from the same data at the same size.
struct PlotJob {
  /// What `Peers/plots.py` calls it.
  let name: String
  /// What the report calls it.
  let title: String
  /// The numbers, for the peer to read.
  let data: [Double]
  /// How many times faster than matplotlib it is to be drawn.
  let wanted: Double
  /// How many points it has, if it is a scatter.
  var points: Int?
  /// The plot.
  let graphic: any Graphic

  /// All of them.
  static func all() -> [PlotJob] {
    var random = SplitMix64(seed: 6)
    return [lines(&random), line(&random), heatmap(&random), images(&random)]
      + [10_000, 100_000, 1_000_000].map(scatter)
  }

  static let size = Size(width: 640, height: 480)
  private static let x = Axis("step")
  private static let y = Axis("cross-entropy", unit: "nats")

  /// Falling losses with a little noise.
  private static func losses(
    _ count: Int, series: Int, _ random: inout SplitMix64
  ) -> [Double] {
    (0..<count).map { step in
      let decay = 2.1 * Elementary.exp(-Double(step) / Double(60 + 20 * series))
      return 0.2 + 0.1 * Double(series) + decay + 0.02 * (Double(random.nextUnitFloat()) - 0.5)
    }
  }

  private static func lines(_ random: inout SplitMix64) -> PlotJob {
    let series = (0..<3).map { losses(500, series: $0, &random) }
    let names = ["Swift", "TensorFlow", "PyTorch"]
    return PlotJob(
      name: "lines", title: "3 lines of 500 points", data: series.flatMap { $0 }, wanted: 3,
      graphic: Figure("Training loss", x: x, y: y, size: size) {
        for (values, name) in zip(series, names) { LineMark(y: values, label: name) }
      })
  }

  private static func line(_ random: inout SplitMix64) -> PlotJob {
    let values = losses(1000, series: 5, &random)
    return PlotJob(
      name: "line", title: "a line of 1,000 points", data: values, wanted: 3,
      graphic: Figure("Training loss", x: x, y: y, size: size) {
        LineMark(y: values, label: "loss")
      })
  }

  private static func heatmap(_ random: inout SplitMix64) -> PlotJob {
    let values = (0..<1_000_000).map { index in
      let (row, column) = (Double(index / 1000) / 1000, Double(index % 1000) / 1000)
      return Elementary.sin(9 * row) * Elementary.cos(7 * column + 3 * row)
        + 0.1 * Double(random.nextUnitFloat())
    }
    return PlotJob(
      name: "heatmap", title: "a heat map of 1000×1000", data: values, wanted: 3,
      graphic: Figure("Training loss", x: x, y: y, size: size) {
        HeatmapMark(Matrix(rows: 1000, columns: 1000, values))
      })
  }

  private static func images(_ random: inout SplitMix64) -> PlotJob {
    let values = (0..<50 * 784).map { index in
      let (row, column) = (Double(index % 784 / 28) - 14, Double(index % 28) - 14)
      let radius = Double(3 + index / 784 % 9)
      let distance = (row * row + column * column).squareRoot() - radius
      return min(max(1.6 - distance * distance / 4 - 0.2 * Double(random.nextUnitFloat()), 0), 1)
    }
    let tiles = (0..<50).map { index in
      ImageGrid.Tile(
        Matrix(rows: 28, columns: 28, values[784 * index..<784 * (index + 1)]),
        caption: "\(index % 10)")
    }
    return PlotJob(
      name: "images", title: "50 images of 28×28", data: values, wanted: 3,
      graphic: ImageGrid(tiles: tiles, columns: 10, domain: 0...1))
  }

  /// Points of two normal distributions that hang together.
  static func scatter(_ count: Int) -> PlotJob {
    var random = SplitMix64(seed: 7)
    func normal() -> Double {
      (0..<12).reduce(-6.0) { sum, _ in sum + Double(random.nextUnitFloat()) }
    }
    let across = (0..<count).map { _ in normal() }
    let up = across.map { 0.5 * $0 + normal() }
    return PlotJob(
      name: "scatter\(count)", title: "a scatter of \(grouped(count)) points", data: across + up,
      wanted: 1, points: count,
      graphic: Figure("Training loss", x: x, y: y, size: size) {
        PointMark(x: across, y: up, label: "points")
      })
  }
}

/// A whole number with commas between its thousands.
func grouped(_ count: Int) -> String {
  count < 1000 ? "\(count)" : grouped(count / 1000) + "," + "\(1000 + count % 1000)".dropFirst()
}
