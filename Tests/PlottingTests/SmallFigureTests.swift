import Raster
import Testing

@testable import Plotting

/// Figures that choose their own size have room for what they are made of.
@Suite
struct SmallFigureTests {
  private static let sizes = [(1, 1), (1, 2), (3, 1), (2, 2), (1, 9)]

  @Test(arguments: sizes.indices)
  func `A small heat map keeps its title, names, axes and colour bar`(index: Int) {
    let (rows, columns) = Self.sizes[index]
    let figure = Figure("Confusion", x: Axis("prediction"), y: Axis("label")) {
      HeatmapMark(
        Matrix(rows: rows, columns: columns) { Double(10 * $0 + $1) },
        rowLabels: (0..<rows).map { "not a spam message \($0)" },
        columnLabels: (0..<columns).map { "not a spam message \($0)" }, label: "messages")
    }
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    #expect(layout.detail == .full)
    #expect(layout.title.map(\.string) == ["Confusion"])
    #expect(!layout.xTitle.isEmpty && !layout.yTitle.isEmpty && layout.colorBar != nil)
    #expect(layout.yTicks.items.allSatisfy { $0.label != nil })
    // Turned names are cut late enough to be told from others.
    if columns > 1 {
      #expect(layout.xTicks.items.allSatisfy { $0.label?.string.hasPrefix("not a sp") ?? true })
    }
  }

  @Test
  func `A long, low plot area keeps what stands around it`() {
    let figure = Figure("Flat", x: Axis("x"), y: Axis("y"), aspect: .ratio(1)) {
      LineMark(x: [0, 1000], y: [0, 2])
    }
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    #expect(layout.detail == .full && !layout.title.isEmpty)
  }

  @Test
  func `One row and one column have the tick of their index alone`() {
    let figure = Figure { HeatmapMark(Matrix([[1.0]])) }
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    #expect(layout.xTicks.items.map { $0.label?.string } == ["0"])
    #expect(layout.yTicks.items.map { $0.label?.string } == ["0"])
    let epoch = Figure(x: Axis("epoch", ticks: .integers)) {
      LineMark(x: [1], y: [0.5], symbol: .circle)
    }
    let one = FigureLayout(epoch, size: epoch.size, theme: .light)
    #expect(one.xTicks.items.map { $0.label?.string } == ["1"])
  }

  @Test
  func `Upright names leave room for the plot, one long name among them too`() {
    let long = "a category with a long name, such as people write them in surveys every day"
    let figure = Figure("Time", x: Axis("layer", tickRotation: 90), y: Axis("ms")) {
      BarMark(["convolution", long, "relu"], [1, 2, 3])
    }
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    #expect(layout.detail == .full)
    let names = layout.xTicks.items.map { $0.label?.string ?? "" }
    #expect(names[0] == "convolution" && names[2] == "relu" && names[1].hasPrefix("a category"))
  }

  @Test
  func `Numbers are not cut to what reads like their neighbours`() {
    let base = 1e17
    let figure = Figure(size: Size(width: 520, height: 300)) {
      LineMark(x: [base, base + 640], y: [base, base + 640])
    }
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    for ticks in [layout.xTicks, layout.yTicks] {
      let labels = ticks.items.compactMap { $0.label?.string }
      #expect(Set(labels).count == labels.count && !labels.isEmpty)
      #expect(labels.allSatisfy { !$0.contains("…") })
    }
  }

  @Test
  func `A number too long for its cell takes no others along`() throws {
    func dark(_ values: [[Double]]) -> Int {
      let bitmap = TensorGrid(panels: [.init(Matrix(values))]).render(theme: .light, scale: 2)
      var count = 0
      for index in stride(from: 0, to: bitmap.pixels.count, by: 4) where bitmap.pixels[index] < 90 {
        count += 1
      }
      return count
    }
    let empty = dark([[.nan, .nan], [.nan, .nan]])
    #expect(dark([[1, 2], [3, -1.234e-300]]) > dark([[1, 2], [3, .nan]]))
    #expect(dark([[1, 2], [3, .nan]]) > empty)
  }

  @Test
  func `Diagrams say what is no number in them`() {
    let tensor = TensorGrid("t", panels: [.init(Matrix([[.nan, 1], [2, 3]]), caption: "odd")])
    #expect(tensor.alternativeText.contains("a 2×2 matrix “odd”, 1 of 4 cells empty".dropFirst(2)))
    let grid = ImageGrid(
      "tiles",
      tiles: [
        ImageGrid.Tile(Matrix([[.nan, 1], [.infinity, 3]]), caption: "a"),
        ImageGrid.Tile(Matrix([[1.0, 2], [3, 4]]), caption: "b"),
      ], columns: 2)
    #expect(
      grid.alternativeText.hasSuffix(
        "1 of 8 pixels is NaN, hatched. 1 of 8 pixels is ∞, in the last colour."))
    let plain = ImageGrid("tiles", tiles: [grid.tiles[1], grid.tiles[1]], columns: 2)
    #expect(grid.size.height > plain.size.height + 10)
  }
}
