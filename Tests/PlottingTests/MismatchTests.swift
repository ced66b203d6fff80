import ElementaryFunctions
import Numbers
import Raster
import TestSupport
import Testing

@testable import Plotting

/// Parts that do not go together are refused, where a picture of them would say what the data do not.
@Suite
struct MismatchTests {
  private struct Mismatch: Sendable {
    var sentence: String
    var make: @Sendable () -> Void
  }

  private static let one = Matrix([[1.0, 2], [3, 4]])
  private static let classes = Colormap.classes([.black, .white])

  private static let mismatches = [
    Mismatch(
      sentence: "Figure “F”: the boxes of two marks lie on each other at “a”; one BoxMark with all"
    ) {
      _ = Figure("F") {
        BoxMark(["a": [1, 2]])
        BoxMark(["b": [1, 2], "a": [3, 4]])
      }
    },
    Mismatch(sentence: "Figure: the violins of two marks lie on each other at “a”") {
      _ = Figure {
        ViolinMark(["a": [1, 2]])
        ViolinMark(["a": [3, 4]])
      }
    },
    Mismatch(sentence: "Figure: standing and lying bars have no axis in common") {
      _ = Figure {
        BarMark(["a"], [1])
        BarMark(["b"], [1], isHorizontal: true)
      }
    },
    Mismatch(
      sentence: "Figure: the cells of a heat map are counted from 0, which has no place on a"
    ) {
      _ = Figure(x: Axis(scale: .log)) { HeatmapMark(one) }
    },
    Mismatch(sentence: "HeatmapMark “m”: -1 is not a number of digits after the point") {
      _ = HeatmapMark(one, cellValues: .shown(.decimal(places: -1)), label: "m")
    },
    Mismatch(sentence: "HeatmapMark “m”: -1 is not a number of digits after the point") {
      var mark = HeatmapMark(one, label: "m")
      mark.cellValues = .shown(.decimal(places: -1))
    },
    Mismatch(sentence: "HeatmapMark “m”: classes have a linear scale, not log") {
      _ = HeatmapMark(one, colormap: classes, label: "m", colorScale: .log)
    },
    Mismatch(sentence: "PointMark “p”: classes have a linear scale, not log") {
      _ = PointMark(x: [1], y: [1], label: "p").colored(by: [1], colormap: classes, scale: .log)
    },
    Mismatch(sentence: "ContourMark “c”: contours have one level or more") {
      _ = ContourMark(one, x: 0...1, y: 0...1, levels: [], label: "c")
    },
    Mismatch(sentence: "a logarithmic axis has no zero that it could include") {
      _ = Axis(scale: .log, includesZero: true)
    },
    Mismatch(sentence: "an uncertainty is a number from zero up, not nan") {
      _ = BarMark(["a"], [1], valueFormat: .uncertain(by: .nan))
    },
  ]

  @Test(arguments: mismatches.indices)
  func `What does not go together is refused`(index: Int) async {
    let ended = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [index] in
      Self.mismatches[index].make()
    }
    #expect(ended.said(Self.mismatches[index].sentence), "\(Self.mismatches[index].sentence)")
  }

  @Test
  func `Boxes before violins are two views of the same groups`() {
    let figure = Figure {
      ViolinMark(["a": [1, 2, 3]])
      BoxMark(["a": [1, 2, 3]])
    }
    #expect(figure.marks.count == 2)
  }

  @Test
  func `Ticks that all lie outside are said`() {
    let figure = Figure(x: Axis(ticks: .values([10, 20]))) { LineMark(y: [1, 2]) }
    #expect(
      ResolvedAxes(figure).notes == ["none of the ticks given for the horizontal axis lies on it"])
  }

  @Test
  func `Bands between levels that rise by ratios are told apart by their colours`() throws {
    let values = Matrix(rows: 12, columns: 12) { row, column in
      Elementary.pow(10, Double(row + column) / 6)
    }
    let mark = ContourMark(
      values, x: 0...1, y: 0...1, levels: [1, 10, 100, 1000], isFilled: true)
    let mapping = try #require(mark.mapping)
    let shares = zip(mark.edges, mark.edges.dropFirst()).map { mapping.fraction($0 / 2 + $1 / 2) }
    #expect(zip(shares, shares.dropFirst()).allSatisfy { $1 - $0 > 0.1 }, "\(shares)")
    #expect(mark.colorBar?.scale == .log)
    let even = ContourMark(values, x: 0...1, y: 0...1, levels: [0, 1000, 2000], isFilled: true)
    #expect(even.colorBar?.scale == .linear)
  }
}
