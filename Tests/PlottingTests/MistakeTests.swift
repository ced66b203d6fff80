import Numbers
import Raster
import TestSupport
import Testing

@testable import Plotting

/// Every mistake in an argument traps with its mark, series and value, at the caller's line.
@Suite
struct MistakeTests {
  private struct Mistake: Sendable {
    var sentence: String
    var make: @Sendable () -> Void
  }

  private static let one = Matrix([[1.0, 2], [3, 4]])

  private static let mistakes = [
    Mistake(sentence: "PointMark “p”: the size is nan, not a length in points") {
      _ = PointMark(x: [1], y: [1], label: "p", size: .nan)
    },
    Mistake(sentence: "LineMark “l”: the width is -1.0, not a length in points") {
      _ = LineMark(y: [1], label: "l", width: -1)
    },
    Mistake(sentence: "LineMark “l”: a function is drawn between two numbers, not over 0.0...inf") {
      _ = LineMark(over: 0...(.infinity), label: "l") { $0 }
    },
    Mistake(sentence: "AreaMark “a”: an opacity lies within 0…1, not at 2.0") {
      _ = AreaMark(x: [1], y: [1], label: "a", opacity: 2)
    },
    Mistake(sentence: "Figure “F”: 0.0 is not a ratio of lengths") {
      _ = Figure("F", aspect: .ratio(0)) {}
    },
    Mistake(sentence: "Figure “F”: nan×10.0 points is not a size") {
      _ = Figure("F", size: Size(width: .nan, height: 10)) {}
    },
    Mistake(sentence: "FigureGrid “G”: 0 is not a number of columns") {
      _ = FigureGrid("G", columns: 0) {}
    },
    Mistake(sentence: "FigureGrid “G”: -1 is not a number of columns") {
      _ = FigureGrid("G", facets: [1], columns: -1) { LineMark(y: [$0]) }
    },
    Mistake(sentence: "ImageGrid “I”: nan points is not a tile's size") {
      _ = ImageGrid("I", tiles: [], columns: 2, tileSize: .nan)
    },
    Mistake(sentence: "Matrix: 2×2 needs 4 values, 3 were given") {
      _ = Matrix(rows: 2, columns: 2, [1, 2, 3])
    },
    Mistake(sentence: "LineMark “l”: the width is 1000000000.0, not a length in points") {
      _ = LineMark(y: [1], label: "l", width: 1e9)
    },
    Mistake(sentence: "LineMark “l”: the dash pattern [0.0, 0.0] is too short to be seen") {
      _ = LineMark(y: [1], label: "l", dash: [0, 0])
    },
    Mistake(sentence: "PointMark “p”: points of a largest size of 0 cannot be seen") {
      _ = PointMark(x: [1], y: [1], label: "p").sized(by: [1], largest: 0)
    },
    Mistake(sentence: "Matrix: (5, 5) is outside of 2×2") { _ = one[5, 5] },
    Mistake(sentence: "Figure: it cannot be drawn with 0.0 pixels per point") {
      _ = Figure {}.render(scale: 0)
    },
    Mistake(sentence: "HeatmapMark “h”: the colours' domain 1.0...1.0 has no length") {
      _ = HeatmapMark(one, domain: 1...1, label: "h")
    },
    Mistake(sentence: "BarMark “b”: 2 colours for 1 series") {
      _ = BarMark(["a"], series: ["b": [1]], colors: [.muted, .foreground])
    },
    Mistake(sentence: "AnnotationMark “words”: words stand beside their point, not at an offset of")
    {
      _ = AnnotationMark("words", x: 1, y: 1, offset: Point(.nan, 0))
    },
    Mistake(sentence: "Axis “x”: a tick stands at a number, not at nan") {
      _ = Axis("x", ticks: .values([0, .nan]))
    },
    Mistake(sentence: "Axis “x”: a symlog threshold is above zero, not 0.0") {
      _ = Axis("x", scale: .symlog(threshold: 0))
    },
    Mistake(sentence: "Colormap: 1 dark colours for 2 classes") {
      _ = Colormap.classes([.black, .white], darkColors: [.white])
    },
    Mistake(sentence: "TensorGrid: 0 is not a stride") {
      _ = TensorGrid.convolution(input: one, kernel: Matrix([[1]]), stride: 0)
    },
    Mistake(sentence: "LineMark “l”: a band goes from 5.0 up to 0.0 at index 0") {
      _ = LineMark(y: [1], label: "l").band(lower: [5], upper: [0])
    },
    Mistake(sentence: "HistogramMark “h”: 1000000000 is not a number of bins, of which 10000 are") {
      _ = HistogramMark([1, 2], bins: .count(1_000_000_000), label: "h")
    },
    Mistake(sentence: "TensorGrid: a panel has 1 sheet or more, not 0") {
      _ = TensorGrid.Panel(one, sheetCount: 0)
    },
    Mistake(sentence: "TensorGrid: 2 operators between 1 panels") {
      _ = TensorGrid(panels: [.init(one)], operators: ["=", "→"])
    },
    Mistake(sentence: "Color: red nan, green 0.0, blue 0.0, alpha 1.0 is no colour") {
      _ = Color(red: .nan, green: 0, blue: 0)
    },
    Mistake(sentence: "Axis “x”: a number is written with 400 digits at most, not 10000") {
      _ = Axis("x", format: .decimal(places: 10_000))
    },
    Mistake(sentence: "Axis “x”: -1 is not a number of digits after the point") {
      _ = Axis("x", format: .decimal(places: -1))
    },
    Mistake(sentence: "BarMark “b”: a number is written with 1 digit or more, not 0") {
      _ = BarMark(["a"], [1], label: "b", valueFormat: .significant(digits: 0))
    },
    Mistake(
      sentence: "Figure “F”: “a” is a name, which has no place on a logarithmic horizontal axis"
    ) {
      _ = Figure("F", x: Axis(scale: .log)) { BarMark(["a"], [1]) }
    },
    Mistake(sentence: "Figure “F”: “a” is a name, which has no place on a time vertical axis") {
      _ = Figure("F", y: Axis(scale: .time())) { BarMark(["a"], [1], isHorizontal: true) }
    },
    Mistake(sentence: "Figure “F”: the horizontal axis is one of categories, and no mark names any")
    {
      _ = Figure("F", x: Axis(scale: .categorical)) { LineMark(y: [1, 2]) }
    },
    Mistake(sentence: "Figure “F”: the bars of “small” lie on those of “large” at “b”; one BarMark")
    {
      _ = Figure("F") {
        BarMark(["a", "b"], [5, 6], label: "large")
        BarMark(["c", "b"], [3, 4], label: "small")
      }
    },
  ]

  @Test(arguments: mistakes.indices)
  func `A mistake names what was wrong, where it was made`(index: Int) async {
    let ended = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index] in
      Self.mistakes[index].make()
    }
    #expect(ended.said(Self.mistakes[index].sentence))
    #expect(ended.said("PlottingTests/MistakeTests.swift:"))
  }

  @Test
  func `A property that is set to a mistake traps too`() async {
    let opacity = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var mark = PointMark(x: [1], y: [1], label: "p")
      mark.opacity = 2
    }
    #expect(opacity.said("PointMark “p”: an opacity lies within 0…1, not at 2.0"))
    let ratio = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var figure = Figure("F") {}
      figure.aspect = .ratio(.nan)
    }
    #expect(ratio.said("Figure “F”: nan is not a ratio of lengths"))
  }

  /// Setters, whose place no trap can know, name what was set.
  private static let settings = [
    Mistake(sentence: "Axis “x”: a logarithmic domain starts above zero, not at -1.0...1.0") {
      var axis = Axis("x", domain: -1...1)
      axis.scale = .log
    },
    Mistake(sentence: "Axis “x”: the domain 0.0...inf is not finite") {
      var axis = Axis("x")
      axis.domain = 0...(.infinity)
    },
    Mistake(sentence: "Axis “x”: “Mars/Olympus” is not the name of a time zone") {
      var axis = Axis("x")
      axis.scale = .time(zone: "Mars/Olympus")
    },
    Mistake(sentence: "Axis “x”: a tick stands at a number, not at nan") {
      var axis = Axis("x")
      axis.ticks = .values([.nan])
    },
    Mistake(sentence: "Axis “x”: a symlog threshold is above zero, not nan") {
      var axis = Axis("x")
      axis.scale = .symlog(threshold: .nan)
    },
    Mistake(sentence: "HeatmapMark “h”: 1 row labels for 2 rows") {
      var mark = HeatmapMark(one, label: "h")
      mark.rowLabels = ["a"]
    },
    Mistake(sentence: "HeatmapMark “h”: the colours' domain 1.0...1.0 has no length") {
      var mark = HeatmapMark(one, label: "h")
      mark.domain = 1...1
    },
    Mistake(sentence: "HeatmapMark “h”: the middle of a colour scale is a number, not nan") {
      var mark = HeatmapMark(one, label: "h")
      mark.colorScale = .centered(at: .nan)
    },
    Mistake(sentence: "ImageMark “i”: the colours' domain 1.0...1.0 has no length") {
      var mark = ImageMark(one, label: "i")
      mark.domain = 1...1
    },
    Mistake(sentence: "ImageGrid “I”: the colours' domain 1.0...1.0 has no length") {
      var grid = ImageGrid("I", tiles: [], columns: 1)
      grid.domain = 1...1
    },
    Mistake(sentence: "Matrix: 2×2 needs 4 values, 1 were given") {
      var matrix = one
      matrix.values = [1]
    },
    Mistake(sentence: "BarMark “b”: 2 colours for 1 series") {
      var mark = BarMark(["a"], [1], label: "b")
      mark.colors = [.muted, .foreground]
    },
    Mistake(sentence: "TensorGrid: 0 is not a dilation") {
      var highlight = TensorGrid.Highlight(row: 0, column: 0)
      highlight.dilation = 0
    },
    Mistake(sentence: "TensorGrid: a ring of -1, 0, 0, 0 has a negative width") {
      var ring = TensorGrid.Ring()
      ring.top = -1
    },
    Mistake(sentence: "TensorGrid: a panel has 1 sheet or more, not 0") {
      var panel = TensorGrid.Panel(one)
      panel.sheetCount = 0
    },
    Mistake(sentence: "TensorGrid: 0 is not a number of columns") {
      var grid = TensorGrid(panels: [.init(one)])
      grid.columns = 0
    },
    Mistake(sentence: "TensorGrid: nan is not a cell's size") {
      var grid = TensorGrid(panels: [.init(one)])
      grid.cellSize = .nan
    },
    Mistake(sentence: "Theme “light”: the fontSize is nan, not a length in points") {
      var theme = Theme.light
      theme.fontSize = .nan
    },
    Mistake(sentence: "Theme “light”: the lineWidth is -1.0, not a length in points") {
      var theme = Theme.light
      theme.lineWidth = -1
    },
    Mistake(sentence: "Theme “light”: the gridWidth is inf, not a length in points") {
      var theme = Theme.light
      theme.gridWidth = .infinity
    },
    Mistake(sentence: "Theme “light”: series are counted from 0, and Ink.series(-1) is none") {
      _ = Figure { LineMark(y: [1, 2], color: .series(-1)) }.render()
    },
    Mistake(sentence: "Figure “F”: the bars of a mark without a label lie on those of") {
      var figure = Figure("F") { BarMark(["a"], [1]) }
      figure.marks.append(BarMark(["a"], [2]))
    },
    Mistake(sentence: "NumberFormat: a number is written with 400 digits at most, not 10000") {
      _ = NumberFormat.decimal(places: 10_000).string(0.1)
    },
  ]

  @Test(arguments: settings.indices)
  func `A setter says what cannot be`(index: Int) async {
    let ended = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index] in
      Self.settings[index].make()
    }
    #expect(ended.said(Self.settings[index].sentence), "\(Self.settings[index].sentence)")
  }

  @Test
  func `Bars of two marks may stand before each other where they are seen as such`() {
    let figure = Figure {
      BarMark(["a", "b", "c"], [3, 4, 5], label: "all")
      BarMark(["a", "b", "c"], [1, 2, 3], label: "of them good", fill: 0.3)
    }
    let highlighted = Figure {
      BarMark(["a", "b", "c"], [3.0, .nan, 5])
      BarMark(["b"], [4], label: "best", color: .series(1))
    }
    #expect(figure.marks.count == 2 && highlighted.marks.count == 2)
  }

  @Test
  func `Words at no point are said to be left out`() {
    let figure = Figure {
      LineMark(y: [1, 2])
      AnnotationMark("best", x: 1, y: Double.nan)
    }
    #expect(ResolvedAxes(figure).notes == ["“best” is left out: its point is (1, NaN)"])
  }

  @Test
  func `Two series of one name stay two in the legend, a line with its points is one`() {
    let twins = Figure {
      LineMark(y: [1, 2], label: "loss")
      LineMark(y: [2, 1], label: "loss")
    }
    #expect(twins.legendEntries.map(\.label) == ["loss", "loss"])
    let one = Figure {
      LineMark(y: [1, 2], label: "loss", color: .series(0))
      PointMark(x: [0, 1], y: [1, 2], label: "loss", color: .series(0))
    }
    #expect(one.legendEntries.map(\.label) == ["loss"])
  }
}
