import Raster
import TestSupport
import Testing

@testable import Plotting

@Suite
struct BarEndTests {
  @Test(arguments: [
    [34.9, 5.9], [0.31, 0.2], [1, 7.3], [-3.2, 4.4], [-61, -5], [1e-7, 3.3e-7],
  ])
  func `Every bar ends between two grid lines`(values: [Double]) throws {
    for isHorizontal in [false, true] {
      let figure = Figure { BarMark(["a", "b"], values, isHorizontal: isHorizontal) }
      let layout = FigureLayout(figure, size: figure.size, theme: .light)
      let ticks = (isHorizontal ? layout.xTicks : layout.yTicks).items.map(\.value)
      let (low, high) = (try #require(ticks.min()), try #require(ticks.max()))
      let slack = (high - low) * 1e-6
      for value in values { #expect(low - slack <= value && value <= high + slack) }
    }
  }

  @Test
  func `A domain that is given stays, and lines keep a fixed share of room`() {
    let given = Figure(y: Axis(domain: 0...34)) { BarMark(["a"], [33]) }
    #expect(FigureLayout(given, size: given.size, theme: .light).axes.y.domain == 0...34)
    let line = Figure { LineMark(y: [0, 34.9]) }
    let top = FigureLayout(line, size: line.size, theme: .light).axes.y.domain.upperBound
    #expect(top < 34.9 * 1.05)
  }

  @Test
  func `Facets with a shared axis go on to the same tick`() {
    let grid = FigureGrid(facets: [3.1, 34.9], columns: 2) { BarMark(["a"], [$0]) }
    let domains = FigureGridLayout(grid, theme: .light).layouts.map(\.axes.y.domain)
    #expect(domains[0] == domains[1])
    #expect(domains[0].upperBound >= 35)
  }

  @Test
  func `Histograms of one quantity share their bins across a grid`() {
    let wide = (0..<500).map { Double(($0 * 7919) % 1000) / 10 }
    let narrow = (0..<500).map { 40 + Double(($0 * 7919) % 1000) / 100 }
    func edges(_ labels: (String, String), _ shares: FigureGrid.Sharing) -> [[Double]] {
      let grid = FigureGrid(columns: 2, shares: shares) {
        Figure(x: Axis(labels.0)) { HistogramMark(wide) }
        Figure(x: Axis(labels.1)) { HistogramMark(narrow).onSecondAxis() }
      }
      return grid.figures.map { figure in
        let mark = (figure.marks[0] as? SecondAxisMark)?.mark ?? figure.marks[0]
        return (mark as? HistogramMark)?.edges ?? []
      }
    }
    let same = edges(("time", "time"), .none)
    #expect(same[0] == same[1] && !same[0].isEmpty)
    let shared = edges(("a", "b"), .y)
    #expect(shared[0] == shared[1])
    let other = edges(("a", "b"), .none)
    #expect(other[0] != other[1])
  }
}
