import Plotting
import Raster

/// Figures that between them use everything that a drawing can hold.
enum Figures {
  static let all: [(name: String, graphic: any Graphic)] = [
    ("lines", lines), ("dashes", dashes), ("points", points), ("areas", areas),
    ("heatmap", heatmap), ("picture", picture), ("images", images), ("grid", grid),
    ("tensors", tensors),
  ]

  private static let values: [Double] = (0..<30).map { (i: Int) -> Double in
    let fall = 3.0 / Double(i + 1)
    return fall + Double(i % 3) / 10
  }

  /// A clip, a translucent band, symbols, letters with scripts, accents and a quarter turn.
  static var lines: Figure {
    Figure("Loss of x̄_{i}^{2} & θ < 1", x: Axis("Schritte, größer"), y: Axis("loss", scale: .log)) {
      LineMark(y: values, label: "a “b” <c>", symbol: .diamond)
      LineMark(y: values.map { $0 * 2 }, label: "test").band(error: values.map { $0 / 3 })
      RuleMark(y: 1, label: "one")
    }
  }

  static var dashes: Figure {
    Figure("Dashes", x: Axis("x", domain: 5...20)) {
      LineMark(y: values, dash: [4, 2])
      LineMark(y: values.map { $0 + 1 }, dash: [6, 2, 1], interpolation: .stepAfter)
      LineMark(y: values.map { $0 + 2 }, width: 4)
    }
  }

  static var points: Figure {
    let x = (0..<400).map { (i: Int) -> Double in Double((i * 7919) % 1000) / 1000 }
    let y = (0..<400).map { (i: Int) -> Double in Double((i * 104_729) % 1000) / 1000 }
    return Figure("Points") {
      PointMark(x: x, y: y, label: "many")
      PointMark(x: x.prefix(20), y: y.prefix(20).map { $0 / 2 }, symbol: .cross, size: 9)
      PointMark(x: x.prefix(50), y: y.prefix(50).map { $0 + 0.5 }, opacity: 0.4)
        .colored(by: x.prefix(50))
    }
  }

  static var areas: Figure {
    Figure("Areas") {
      HistogramMark(values, label: "histogram")
      HistogramMark(values.map { $0 + 1 }, label: "other")
    }
  }

  static var heatmap: Figure {
    Figure("Cells") {
      HeatmapMark(
        Matrix(rows: 6, columns: 7) { ($0 + $1) % 5 == 4 ? .nan : Double($0 * $1) },
        label: "cells")
    }
  }

  static var picture: Figure {
    Figure { HeatmapMark(Matrix(rows: 60, columns: 60) { Double(($0 * $1) % 17) }) }
  }

  static var images: ImageGrid {
    ImageGrid(
      "Digits",
      tiles: (0..<6).map { index in
        ImageGrid.Tile(
          Matrix(rows: 9, columns: 9) { Double(($0 * 3 + $1 * (index + 1)) % 7) },
          caption: "\(index)", highlight: index == 2 ? .series(1) : nil)
      }, columns: 3)
  }

  static var grid: FigureGrid {
    FigureGrid("Both", columns: 2, showsLetters: true) {
      Figure("Bars") { BarMark(["a", "b"], series: ["x": [1.0, 2], "y": [2.0, 1]]) }
      Figure("Boxes") { BoxMark(["all": values, "some": Array(values.prefix(9))]) }
    }
  }

  static var tensors: TensorGrid {
    TensorGrid.convolution(
      "Padding", input: Matrix([[1, 2, 3], [4, 5, 6], [7, 8, 9]]),
      kernel: Matrix([[1, -1], [2, 0]]),
      padding: .init(1), stride: 2, at: (0, 1))
  }
}
