import Foundation
import Raster
import TestSupport
import Testing

@testable import Plotting

/// What other plotting libraries were reported to get wrong, and this one got wrong too when it was
/// tried.
@Suite
struct PublicReportTests {
  @Test
  func `Values at the upper end have a bin of their own (vega 2899)`() {
    let inside = (0..<300).map { Double(($0 * 7919) % 1000) / 500.5 }
    let mark = HistogramMark(inside + [Double](repeating: 2, count: 30))
    #expect(mark.edges.contains(2))
    #expect(mark.heights.last == 30)
    // A single largest value makes no bin.
    #expect(HistogramMark(inside + [2]).edges.last == 2)
  }

  @Test
  func `Plains at the highest value are filled, and equal values have a colour (Makie 3683, 3470)`()
  {
    for matrix in [
      Matrix([[0.0, 0, 0], [1, 1, 1], [1, 1, 1], [0, 0, 0]]),
      Matrix(rows: 4, columns: 4) { _, _ in 0 },
    ] {
      let figure = Figure {
        ContourMark(matrix, x: 0...1, y: 0...1, isFilled: true, label: "z")
      }
      let layout = FigureLayout(figure, size: figure.size, theme: .light)
      var canvas = Canvas(size: figure.size, scale: 1, background: .white)
      layout.drawMarks(on: &canvas)
      let white = canvas.unlikeness(to: .white, in: layout.frame.inset(by: 2))
      #expect(white > 0.2)
      let map = OccupancyMap(canvas.bitmap(), ground: .white)
      for step in 1..<40 {
        let y = layout.frame.minY + layout.frame.height * Double(step) / 40
        #expect(!map.isFree(Rect(x: layout.frame.midX, y: y, width: 2, height: 1), scale: 1))
      }
    }
    let equal = ContourMark(Matrix(rows: 4, columns: 4) { _, _ in 0 }, x: 0...1, y: 0...1)
    #expect(equal.summary(x: Axis(), y: Axis()) == "level lines of equal values, all 0")
  }

  @Test
  func `Outliers stay where a box has no place on a logarithmic axis (ggplot2 247)`() {
    let figure = Figure(y: Axis(scale: .log)) {
      BoxMark(["zeros": [0, 0, 0, 0, 0, 0, 0, 0, 0, 10], "ones": [1, 2, 3]])
    }
    #expect(
      ResolvedAxes(figure).notes == ["9 values of “zeros” ≤ 0 are not on the logarithmic axis"])
    let layout = FigureLayout(figure, size: figure.size, theme: .light)
    var canvas = Canvas(size: figure.size, scale: 1, background: .white)
    layout.drawMarks(on: &canvas)
    let map = OccupancyMap(canvas.bitmap(), ground: .white)
    let frame = layout.frame
    let left = Rect(x: frame.minX, y: frame.minY, width: frame.width / 2, height: frame.height)
    #expect(!map.isFree(left, scale: 1))
  }

  @Test
  func `Shapes and bins follow a logarithmic axis (hvplot 1085)`() {
    let values = (0..<200).map { Foundation.exp(Double(($0 * 7919) % 200) / 25) }
    let violin = ViolinMark(["a": values])
    let range = violin.yDemand.positives
    #expect((range?.lowerBound ?? 0) > 0.05 && (range?.upperBound ?? 0) < 30_000)
    let density = Figure(x: Axis(scale: .log)) { DensityMark(values) }
    #expect(ResolvedAxes(density).notes.isEmpty)
    let histogram = Figure(x: Axis(scale: .log)) { HistogramMark(values + [-1]) }
    let mark = histogram.marks[0] as? HistogramMark
    let ratios = zip(mark?.edges ?? [], mark?.edges.dropFirst() ?? []).map { $1 / $0 }
    #expect(ratios.count > 3 && (ratios.max() ?? 2) / (ratios.min() ?? 1) < 1.0001)
    #expect(mark?.heights.reduce(0, +) == 200)
    #expect(ResolvedAxes(histogram).notes.count == 1)
  }

  @Test
  func `What a stack cannot show is said (ggplot2 4751)`() {
    let bars = Figure(y: Axis(scale: .log)) {
      BarMark(["1"], series: ["a": [1.0], "b": [10.0]], arrangement: .stacked)
    }
    #expect(ResolvedAxes(bars).notes.count == 1)
    let areas = Figure {
      AreaMark.stacked(x: 0..<3, series: ["a": [1.0, -3, 1], "b": [2.0, 2, 2]])
    }
    #expect(
      ResolvedAxes(areas).notes == ["“a” has 1 value below zero, where stacked areas overlap"])
  }

  @Test
  func `An hour that comes twice has its ticks twice (matplotlib 31333)`() throws {
    let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
    let start = 1_792_886_400.0
    let ticks = TimeTicks(domain: start...start + 7200, zone: zone)
    #expect(
      ticks.ticks(count: 6).map(\.label) == ["02:00", "02:30", "02:00", "02:30", "03:00"])
    #expect(ticks.context.hasSuffix("UTC+2 → UTC+1"))
  }
}
