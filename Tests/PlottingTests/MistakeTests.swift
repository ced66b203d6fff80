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
