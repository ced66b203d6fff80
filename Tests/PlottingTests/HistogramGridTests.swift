import ElementaryFunctions
import Numbers
import Testing

@testable import Plotting

@Suite
struct HistogramGridTests {
  private func heights(_ values: [Double], _ bins: HistogramMark.Bins = .automatic) -> [Double] {
    HistogramMark(values, bins: bins).heights
  }

  @Test(arguments: [1.0, 10, 13, 100, 1000, 1e6, 0.1, 0.25])
  func `A die is fair whatever its pips are multiplied by`(factor: Double) {
    #expect(
      heights((0..<600).map { Double($0 % 6 + 1) * factor })
        == [100, 100, 100, 100, 100, 100])
  }

  @Test
  func `Grids that do not go through zero are seen`() {
    // Pixels as networks take them, every brightness ten times.
    let pixels = (0..<2560).map { (Double($0 % 256) / 255 - 0.1307) / 0.3081 }
    let bars = heights(pixels)
    #expect(bars.count > 5 && Set(bars.dropFirst().dropLast()).count == 1, "\(bars)")
    let odd = heights((0..<600).map { Double(7 + 16 * ($0 % 12)) })
    #expect(odd == [Double](repeating: 50, count: 12))
  }

  @Test
  func `A few strays do not change the bins of all others`() {
    let ages = (0..<480).map { Double(18 + $0 % 48) }
    let alone = HistogramMark(ages)
    let bars = HistogramMark(ages + [30.5])
    #expect(bars.edges == alone.edges)
    #expect(zip(bars.heights, alone.heights).allSatisfy { 0...1 ~= $0 - $1 })
    // Tens, and a single 7.
    let tens = heights((0..<550).map { Double($0 % 11 * 10) } + [7])
    #expect(tens.count == 11 && tens.allSatisfy { 50...51 ~= $0 }, "\(tens)")
  }

  @Test
  func `Bins of a die that reach beyond measurements say so`() {
    let die = HistogramMark((0..<600).map { Double($0 % 6 + 1) })
    let note = "the bins of whole numbers at the ends reach beyond the other values"
    let figure = Figure {
      die
      HistogramMark((0..<600).map { 1 + Double($0) / 120 })
    }
    #expect(ResolvedAxes(figure).notes.contains(note))
    let wider = Figure {
      die
      HistogramMark((0..<720).map { 0.503 + Double($0) / 120.1 })
    }
    #expect(!ResolvedAxes(wider).notes.contains(note), "\(ResolvedAxes(wider).notes)")
  }

  @Test
  func `A few whole numbers far apart keep narrow bars`() {
    #expect(HistogramMark([3.0, 8, 8]).edges.count == 7)
  }

  @Test
  func `On a logarithmic axis a bin from zero shows all of its values`() {
    let values = (0..<100).map { Elementary.pow(10, Double($0) * 0.04) }
    let figure = Figure(x: Axis(scale: .log)) { HistogramMark(values, bins: .count(5)) }
    #expect(ResolvedAxes(figure).x.domain.lowerBound <= 1)
  }

  @Test
  func `Whole numbers at the last of given edges are said`() {
    let figure = Figure { HistogramMark([1.0, 2, 3, 4], bins: .edges([1, 2, 3, 4])) }
    #expect(
      ResolvedAxes(figure).notes == ["the last bin holds 1 value of 4, its upper edge, too"])
    let open = Figure { HistogramMark([1.0, 2, 3, 4], bins: .edges([1, 2, 3, 4, 5])) }
    #expect(ResolvedAxes(open).notes.isEmpty)
  }

  @Test
  func `Given ticks are not rounded to another place, and times are written as such`() {
    #expect(
      NumberFormat.decimal(places: 1).labels(telling: [0, 0.25, 0.5]) == ["0.00", "0.25", "0.50"])
    let axis = Axis("t", scale: .time(), ticks: .values([1_704_067_200, 1_709_251_200]))
    let figure = Figure(x: axis) {
      LineMark(x: [1_704_067_200.0, 1_709_251_200], y: [1.0, 2])
    }
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    let labels = layout.xTicks.items.map { $0.label?.string ?? "" }
    #expect(labels.allSatisfy { $0.contains("2024") }, "\(labels)")
  }
}
