import Testing

@testable import Plotting

@Suite
struct DescriptionTests {
  @Test
  func `A line says how it goes`() {
    let y = (0..<40).map { 0.08 + 2.22 / Double(1 + $0 * $0) }
    let figure = Figure("Loss", x: Axis("step"), y: Axis("cross-entropy", unit: "nats")) {
      LineMark(x: 1...40, y: y, label: "Swift")
    }
    #expect(
      figure.alternativeText
        == "Loss: cross-entropy (nats) by step. Swift falls from 2.30 to 0.0815 over 40 steps.")
  }

  @Test func `Rising, level, returning lines and those with a peak`() {
    let cases: [([Double], String)] = [
      ([1.0, 2, 3], "y rises from 1 to 3 over 3 points"),
      ([2.0, 2, 2], "y stays at 2 over 3 points"),
      ([1.0, 9, 1], "y goes from 1 back to 1 over 3 points (highest 9 at 1)"),
      ([1.0, -4, 2], "y rises from 1 to 2 over 3 points (lowest −4 at 1)"),
      ([7.0], "y is 7 at x = 0"),
    ]
    for (values, expected) in cases {
      let mark = LineMark(y: values)
      #expect(mark.summary(x: Axis(), y: Axis("y")) == expected)
    }
  }

  @Test
  func `Bars, heatmaps, points, boxes and histograms name their data`() {
    #expect(
      BarMark(["a", "b"], [1.5, 2]).summary(x: Axis(), y: Axis()) == "a 1.5, b 2")
    #expect(
      HeatmapMark(Matrix([[1, 2], [3, 4]])).summary(x: Axis(), y: Axis())
        == "2×2 cells, from 1 (row 0, column 0) to 4 (row 1, column 1)")
    #expect(
      PointMark(x: [0, 1], y: [5, 6], label: "p").summary(x: Axis("w"), y: Axis("l"))
        == "p: 2 points, w from 0 to 1, l from 5 to 6")
  }

  @Test
  func `Both ends of a line end it`() {
    let words = "the first\nlong line\nof words"
    let windows = words.replacing("\n", with: "\r\n")
    func lines(_ words: String) -> [String] {
      Label.wrapped(words, size: 10, width: 70, limit: 9).map(\.string)
    }
    #expect(lines(words).count >= 3)
    #expect(lines(windows) == lines(words))
    let marks = [words, windows].map {
      AnnotationMark($0, x: 1, y: 2).summary(x: Axis(), y: Axis())
    }
    #expect(marks[0] == "“the first long line of words” marks (1, 2)")
    #expect(marks[1] == marks[0])
  }

  @Test
  func `Grids and diagrams describe what they hold`() {
    let grid = FigureGrid("Two", columns: 2) {
      Figure("A") { LineMark(y: [1, 2]) }
      Figure("B") { LineMark(y: [2, 1]) }
    }
    #expect(grid.alternativeText.hasPrefix("Two. A. The line rises from 1 to 2"))
    let tensor = TensorGrid.convolution(
      input: Matrix([[1, 2], [3, 4]]), kernel: Matrix([[1]]), padding: .init(1), at: (1, 1))
    #expect(tensor.alternativeText.contains("padded input 4×4” with a hatched padding ring"))
    let images = ImageGrid(tiles: [.init(Matrix([[0, 1]]), caption: "7")], columns: 1)
    #expect(images.alternativeText == "1 image of 1×2 pixels, captioned “7”.")
  }
}
