import TestSupport
import Testing

@testable import Plotting

@Suite
struct HistogramBinTests {
  // MARK: Edges

  @Test
  func `Edges are the decimals that one would write`() {
    let cases: [(width: Double, per: Double, count: Int)] = [
      (0.1, 10, 30), (0.05, 20, 400), (0.025, 40, 16), (2.5, 0.4, 9), (1e-7, 1e7, 50),
    ]
    for (width, per, count) in cases {
      let mark = HistogramMark([0, Double(count) * width * 0.999], bins: .width(width))
      let expected = mark.edges.indices.map { Double($0) / per }
      #expect(mark.edges == expected, "\(width)")
    }
    let thirds = HistogramMark([0, 20.979], bins: .width(0.3)).edges
    #expect(thirds == thirds.indices.map { Double(3 * $0) / 10 })
    #expect(Multiples(of: 0.1)[3] == 0.3 && Multiples(of: 0.1)[-7] == -0.7)
    #expect(Multiples(of: 0.1)[2.5] == 0.25 && Multiples(of: 1e-7)[3] == 3e-7)
    #expect(Multiples(of: 1.0 / 3)[3] == 1)
  }

  @Test
  func `A value on an edge is counted in the upper bin, whatever its decimals`() {
    // Different from each other, so that no grid is seen in them.
    let tenths = (0...20).map { Double(10 * $0 - 100) / 100 }
    let mark = HistogramMark(tenths, bins: .width(0.05))
    // The last value lies on an edge as the others do, and has a bin as they have.
    #expect(mark.heights == (0...40).map { $0 % 2 == 0 ? 1 : 0 })
    #expect(mark.edges.last == 1.05)
    for width in [0.1, 0.2, 0.3, 0.7, 0.025, 0.07] {
      let step = Int((width * 1000).rounded())
      let values = (0..<60).map { Double(step * $0) / 1000 }
      let heights = HistogramMark(values, bins: .width(width)).heights
      #expect(heights.allSatisfy { $0 == 1 } && heights.count == 60, "\(width)")
    }
    let thousandths = (0..<4010).map { Double($0 % 401) / 1000 }
    let bins = HistogramMark(thousandths, bins: .width(0.025)).heights
    #expect(bins.prefix(16).allSatisfy { $0 == 250 })
    #expect(Set(HistogramMark(thousandths).heights.dropLast()).count == 1)
  }

  @Test
  func `No value lies outside of bins that were found for them`() {
    let close = [1e17, 1e17 + 16, 1e17 + 32, 1e17 + 48]
    for values in [close, [-1e18, 1e18], [4e15 + 0.5, 4e15 + 3]] {
      let mark = HistogramMark(values)
      #expect(mark.notes(x: Axis(), y: Axis()).isEmpty && mark.heights.reduce(0, +) > 1)
    }
  }

  // MARK: Ends

  @Test
  func `Every bin of whole data covers as many numbers as the next, or the figure says so`() {
    let cases: [(low: Int, high: Int, copies: Int)] = [
      (0, 99, 10), (0, 96, 10), (0, 255, 8), (1, 365, 5), (0, 1000, 3), (0, 59, 20), (1, 31, 12),
      (-200, 200, 5), (0, 50, 1), (7, 140, 2), (0, 100_000, 1),
    ]
    for (low, high, copies) in cases {
      let values = [[Int]](repeating: Array(low...high), count: copies).flatMap { $0 }
      for bins in [HistogramMark.Bins.automatic, .count(4), .count(50), .width(20), .width(7)] {
        let mark = HistogramMark(values, bins: bins)
        let tallest = mark.heights.max() ?? 0
        let isEven = mark.heights.allSatisfy { $0 >= 0.98 * tallest }
        let says = mark.notes(x: Axis(), y: Axis()).contains { $0.contains("covers") }
        #expect(isEven != says, "\(low)...\(high) \(bins): \(mark.heights)")
        #expect(mark.heights.reduce(0, +) == Double(values.count))
      }
    }
    #expect(HistogramMark((0..<2048).map { $0 % 256 }).heights.allSatisfy { $0 == 128 })
    #expect(HistogramMark((0..<1000).map { $0 % 10 }, bins: .count(4)).heights.count == 5)
  }

  @Test
  func `What the bins at the ends cover is said in the figure and its description`() {
    let figure = Figure { HistogramMark((0..<970).map { $0 % 97 }, bins: .width(20), label: "v") }
    #expect(
      ResolvedAxes(figure).notes == ["the last bin covers 17 whole numbers, the others 20 each"])
    #expect(figure.alternativeText.contains("The last bin covers 17 whole numbers"))
    let comb = Figure { HistogramMark((0..<1000).map { $0 % 10 }, bins: .width(1.5)) }
    #expect(
      ResolvedAxes(comb).notes == ["bins 1.5 wide cover now 1, now 2 whole numbers"])
    let both = Figure {
      HistogramMark((0..<970).map { $0 % 97 }, bins: .width(20))
      HistogramMark((0..<970).map { $0 % 97 })
    }
    #expect(ResolvedAxes(both).notes.count == 1)
    // A long tail lacks nothing that could be seen.
    let lengths = (0..<500).map { $0 * $0 * $0 / 125_000 }
    #expect(ResolvedAxes(Figure { HistogramMark(lengths) }).notes.isEmpty)
  }

  @Test
  func `A value that a logarithmic axis cannot show is named by its place in the data`() {
    let figure = Figure(x: Axis(scale: .log)) {
      HistogramMark((1...500).map { Double($0 * $0) } + [0, -3], label: "squares")
    }
    #expect(ResolvedAxes(figure).notes.contains { $0.contains("first 0 at index 500") })
  }

  // MARK: Several histograms

  @Test
  func `Whole numbers beside others have a bin each`() {
    let die = (0..<60).map { Double($0 % 6 + 1) }
    let others = (0..<500).map { Double($0 * 7919 % 5003) / 714.5 }
    let figure = Figure {
      HistogramMark(die, label: "die")
      HistogramMark(others, label: "other")
    }
    let marks = figure.marks.compactMap { $0 as? HistogramMark }
    #expect(marks[0].edges == (0...8).map { Double($0) - 0.5 } && marks[0].edges == marks[1].edges)
    #expect(marks[0].heights == [0, 10, 10, 10, 10, 10, 10, 0])
    // Labels of two classes do not take the bins from probabilities.
    let classes = Figure {
      HistogramMark([0.0, 1, 1, 0, 1])
      HistogramMark(others.map { $0 / 7.1 })
    }
    #expect(
      classes.marks.compactMap { ($0 as? HistogramMark)?.heights.count }.allSatisfy { $0 > 3 })
  }

  @Test
  func `Of two wishes for shared bins the second is said not to hold`() {
    let values = (0..<500).map { Double($0 * 7919 % 5003) / 714.5 }
    func notes(_ second: HistogramMark.Bins) -> [String] {
      ResolvedAxes(
        Figure {
          HistogramMark(values, bins: .count(3))
          HistogramMark(values, bins: second)
        }
      ).notes
    }
    #expect(
      notes(.width(0.3)) == ["the histograms share the bins that the first of them asks for"])
    #expect(notes(.automatic).isEmpty && notes(.count(3)).isEmpty)
  }
}
