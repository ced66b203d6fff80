import TestSupport
import Testing

@testable import Plotting

@Suite
struct HistogramTests {
  @Test
  func `Whole numbers get bins of whole width, centred on the numbers`() {
    let mark = HistogramMark((0..<1000).map { $0 % 10 })
    #expect(mark.heights == [Double](repeating: 100, count: 10))
    #expect(mark.edges == (0...10).map { Double($0) - 0.5 })
    let die = HistogramMark((0..<60).map { $0 % 6 + 1 })
    #expect(die.heights == [10, 10, 10, 10, 10, 10])
    // Many different whole numbers: every bin holds as many of them as the next.
    for high in [50, 137, 255, 1000, 99_999] {
      let mark = HistogramMark((0...high).map { $0 })
      let inner = mark.heights.dropLast()
      #expect(Set(inner).count == 1, "0...\(high): \(mark.heights)")
      #expect((mark.heights.last ?? 0) <= (inner.first ?? 0))
      #expect(mark.heights.count <= 210)
    }
    #expect(HistogramMark([-3, -1, 0, 2], bins: .count(3)).heights == [1, 2, 1])
    #expect(HistogramMark([1, 2, 3, 4], bins: .width(2)).heights.reduce(0, +) == 4)
  }

  @Test
  func `So do the values of any even grid`() {
    let tenths = HistogramMark((0..<1100).map { Double($0 % 11) / 10 })
    #expect(tenths.heights == [Double](repeating: 100, count: 11))
    let accuracies = HistogramMark((0..<510).map { Double($0 % 51) / 50 })
    #expect(Set(accuracies.heights.dropLast()).count == 1)
    // Few measurements are no grid.
    #expect(HistogramMark([0.11, 0.52, 0.93]).count == 3)
  }

  @Test
  func `Histograms of one figure have the same bins, whatever their spread`() throws {
    var figures = RandomFigures(seed: 4)
    let wide = (0..<500).map { _ in figures.unit() * 10 }
    let narrow = (0..<500).map { _ in 4 + figures.unit() * 0.5 }
    let figure = Figure {
      HistogramMark(wide, label: "wide")
      HistogramMark(narrow, label: "narrow")
    }
    let marks = figure.marks.compactMap { $0 as? HistogramMark }
    #expect(marks[0].edges == marks[1].edges)
    #expect(marks.map { $0.heights.reduce(0, +) } == [500, 500])
    #expect((60...120).contains(marks[0].heights.count))
    // Alone their bins differ by more than ten to one.
    let alone = HistogramMark(narrow)
    #expect(alone.edges[1] - alone.edges[0] < (HistogramMark(wide).edges[1]) / 5)
    let asked = Figure {
      HistogramMark(wide)
      HistogramMark(narrow, bins: .width(2))
    }
    #expect(
      asked.marks.compactMap { ($0 as? HistogramMark)?.edges } == [
        [0, 2, 4, 6, 8, 10], [0, 2, 4, 6, 8, 10],
      ])
    let mixed = Figure {
      HistogramMark([1, 2, 3, 3])
      HistogramMark([2, 3, 9, 9])
    }
    let edges = mixed.marks.compactMap { ($0 as? HistogramMark)?.edges }
    #expect(edges[0] == (0...9).map { Double($0) + 0.5 } && edges[0] == edges[1])
  }

  @Test
  func `Edges can be given; what lies outside is said`() {
    let mark = HistogramMark([0.0, 1, 2, 3, 9], bins: .edges([0, 1, 4]), label: "t")
    #expect(mark.heights == [1, 3])
    let figure = Figure { mark }
    #expect(
      ResolvedAxes(figure).notes == [
        "1 of 5 values of “t” lies outside of the bins",
        "bins are 1 to 3 wide and heights are counts, so areas do not compare; densities would",
      ])
    #expect(figure.alternativeText.contains("outside of the bins"))
  }

  @Test
  func `Heights are counts, shares or densities`() {
    let values = [0.0, 0, 1, 1, 1, 3]
    #expect(HistogramMark(values, bins: .edges([0, 1, 4])).heights == [2, 4])
    #expect(
      HistogramMark(values, bins: .edges([0, 1, 4]), height: .share).heights == [2.0 / 6, 4.0 / 6])
    let density = HistogramMark(values, bins: .edges([0, 1, 4]), height: .density).heights
    #expect((density[0] + 3 * density[1] - 1).magnitude < 1e-12)
  }

  @Test
  func `Too many bins are said, not drawn as one`() {
    let mark = HistogramMark([0.123, 1e9, 17.5, 22.25], bins: .width(0.001), label: "t")
    #expect(mark.heights.count == 200)
    #expect(Figure { mark }.alternativeText.contains("Bins of width 0.001 from"))
    #expect(mark.heights.reduce(0, +) == 4)
  }

  @Test
  func `Mistakes stop with a sentence`() async {
    let ended1 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = HistogramMark([1.0], bins: .width(0)) }
    #expect(ended1.said("bins cannot be 0.0 wide"))
    let ended2 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = HistogramMark([1.0], bins: .width(-.infinity)) }
    #expect(ended2.said("bins cannot be -inf wide"))
    let ended3 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = HistogramMark([1.0], bins: .count(0)) }
    #expect(ended3.said("0 is not a number of bins"))
    let ended4 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = HistogramMark([1.0], bins: .edges([1, 1])) }
    #expect(ended4.said("two or more rising numbers, not [1.0, 1.0]"))
  }

  @Test
  func `Values at the limits of a Double are counted`() {
    for values in [
      [1e17, 1e17], [-1.7e308, 1.7e308, 0], [1.7e308], [0x1p-1074, 0x1p-1073, 0x1p-1074],
      [1, 1.0.nextUp], [0, 0, 0],
    ] as [[Double]] {
      for height in [HistogramMark.Height.count, .share, .density] {
        let mark = HistogramMark(values, height: height)
        #expect(mark.heights.allSatisfy { $0.isFinite || height == .density }, "\(values)")
        #expect(mark.heights.contains { $0 > 0 }, "\(values)")
        #expect(zip(mark.edges, mark.edges.dropFirst()).allSatisfy { $0 < $1 }, "\(values)")
        #expect(mark.summary(x: Axis(), y: Axis())?.contains("inf") == false)
      }
    }
  }

  @Test
  func `The description has the data's range, not the edges'`() {
    let mark = HistogramMark([0.15, 0.2, 0.35, 0.38, 0.95], bins: .width(0.5), label: "λ_{1}")
    #expect(
      mark.summary(x: Axis(), y: Axis())
        == "λ₁: 5 values from 0.15 to 0.95, mean 0.406, in 2 bins")
  }
}
