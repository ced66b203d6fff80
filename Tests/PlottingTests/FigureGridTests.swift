import Raster
import TestSupport
import Testing

@testable import Plotting

@Suite
struct FigureGridTests {
  @Test(arguments: 0..<6)
  func `Plot areas have one size and share their edges`(seed: Int) {
    var figures = RandomFigures(seed: 400 + seed)
    for _ in 0..<8 {
      let columns = figures.integer(1...3)
      let list = (0..<figures.integer(1...6)).map { _ in
        Figure(
          figures.words(upTo: 3), x: Axis(figures.words(upTo: 2)), y: Axis(figures.words(upTo: 2)),
          legend: .none
        ) {
          LineMark(y: figures.values(10))
        }
      }
      let grid = FigureGrid(columns: columns) { list }
      let layout = FigureGridLayout(grid, theme: .light)
      let frames = zip(layout.layouts, layout.origins).map {
        $0.frame.offset(dx: $1.x, dy: $1.y)
      }
      for (index, frame) in frames.enumerated() {
        #expect(frame.size == frames[0].size)
        #expect(frame.minX == frames[index % columns % frames.count].minX)
        #expect(frame.maxY == frames[index / columns * columns].maxY)
        #expect(Rect(origin: .zero, size: layout.size).contains(frame))
      }
    }
  }

  @Test
  func `Shared axes have one domain and are labelled at the edge only`() {
    let grid = FigureGrid(
      facets: [1.0, 5, 20], columns: 2, x: Axis("step"), y: Axis("loss"), shares: .both
    ) { scale in
      LineMark(y: [0, scale, 2 * scale], label: "loss")
    }
    let layouts = FigureGridLayout(grid, theme: .light).layouts
    #expect(Set(layouts.map(\.y.domain)).count == 1)
    #expect(layouts.map { $0.yTicks.items.contains { $0.label != nil } } == [true, false, true])
    #expect(layouts.map { $0.xTicks.items.contains { $0.label != nil } } == [false, true, true])
    // One legend for all.
    #expect(layouts.allSatisfy { $0.legend == nil })
  }

  @Test
  func `Facets with the same categories share their places`() {
    let grid = FigureGrid(columns: 2, shares: .x) {
      Figure { BarMark(["a", "b"], [1.0, 2]) }
      Figure { BarMark(["b", "c"], [1.0, 2]) }
    }
    let layouts = FigureGridLayout(grid, theme: .light).layouts
    #expect(layouts.map(\.x.categories) == [["a", "b", "c"], ["a", "b", "c"]])
  }

  @Test
  func `Grids, image grids and tensor grids stay on their canvas`() {
    var figures = RandomFigures(seed: 77)
    for index in 0..<24 {
      let matrix = Matrix(
        rows: figures.integer(1...9), columns: figures.integer(1...9), (0..<81).map { Double($0) },
        cut: true)
      let graphic: any Graphic =
        switch index % 3 {
        case 0:
          FigureGrid(figures.words(upTo: 6), columns: 2, shares: .both) {
            for _ in 0..<3 {
              Figure(figures.words(upTo: 5), x: Axis("x")) {
                LineMark(y: figures.values(9), label: "a")
              }
            }
          }
        case 1:
          ImageGrid(
            figures.words(upTo: 9),
            tiles: (0..<5).map { _ in .init(matrix, caption: figures.words(upTo: 4)) },
            columns: figures.integer(1...6), showsColorBar: true, label: "value")
        default:
          TensorGrid(
            figures.words(upTo: 9), subtitle: figures.words(upTo: 9),
            panels: (0..<3).map { _ in .init(matrix, caption: figures.words(upTo: 4), sheetCount: 3)
            },
            operators: ["∗", "="], columns: figures.integer(1...3))
        }
      for theme in [Theme.light, .print] {
        let size = graphic.size
        var canvas = Canvas(
          size: Size(width: size.width.rounded(.up) + 40, height: size.height.rounded(.up) + 40),
          scale: 1, background: theme.background)
        canvas.transformed(by: .translation(x: 20, y: 20)) { graphic.draw(on: &$0, theme: theme) }
        let stray = strayPixels(
          canvas.bitmap(), background: theme.background,
          allowed: Rect(x: 20, y: 20, width: size.width, height: size.height))
        #expect(stray == 0, "graphic \(index): \(graphic.alternativeText)")
      }
    }
  }
}

extension Matrix {
  fileprivate init(rows: Int, columns: Int, _ values: [Double], cut: Bool) {
    self.init(rows: rows, columns: columns, Array(values.prefix(rows * columns)))
  }
}
