import Raster
import TestSupport
import Testing

@testable import Plotting

@Suite
struct ZoomTests {
  private static let unit = Axis(domain: 0...1)

  /// Whether a mark paints a place of the unit square.
  private func paints(_ mark: any Mark, x: Axis = unit, y: Axis = unit) -> (Double, Double) -> Bool
  {
    painted(mark, x, y)
  }

  @Test(arguments: [1e3, 1e9, 1e12, 1e15, 1e16, 1e17, 1e20, 1e100, 1e300, 1.7e308])
  func `Lines and areas whose ends lie far outside of the axes are where they belong`(m: Double) {
    let places = [0.1, 0.3, 0.5, 0.7, 0.9]
    let line = paints(LineMark(x: [-m, m], y: [-m, m]))
    let long = paints(LineMark(x: [-m / 2, m], y: [-m / 2, m]))
    let half = paints(LineMark(x: [-m, m], y: [-m / 2, m / 2]))
    let steep = paints(LineMark(x: [0.2, 0.6], y: [-m, m]))
    let area = paints(AreaMark(x: [-m, m], lower: [-m, -m], upper: [-m, m]))
    let band = paints(
      LineMark(x: [-m, m], y: [-m, -m]).band(lower: [-m, m], upper: [m, m]))
    for t in places {
      #expect(line(t, t) && !line(t, 1 - t + 0.05), "y = x, ±\(m), \(t)")
      #expect(long(t, t) && !long(t, 1 - t + 0.05), "y = x from −\(m / 2), \(t)")
      #expect(half(t, t / 2) && !half(t, t / 2 + 0.05), "y = x/2, ±\(m), \(t)")
      // The two ends are as far away as each other, so the line is half-way between them in the middle.
      #expect(m < 1e6 || (steep(0.4, t) && !steep(0.43, t)), "upright, ±\(m), \(t)")
      #expect(area(t, t - 0.05) && !area(t, t + 0.05), "under y = x, ±\(m), \(t)")
      #expect(band(t, t + 0.05) && !band(t, t - 0.05), "over y = x, ±\(m), \(t)")
    }
  }

  @Test
  func `Steps and reversed axes far outside keep their places`() {
    let m = 1e17
    let steps = paints(
      LineMark(x: [-m, 0.5, m], y: [0.2, 0.8, m], interpolation: .stepAfter))
    #expect(steps(0.2, 0.2) && steps(0.5, 0.5) && steps(0.8, 0.8) && !steps(0.2, 0.8))
    let reversed = paints(
      LineMark(x: [-m, m], y: [-m, m]), x: Axis(domain: 0...1, isReversed: true))
    #expect(reversed(0.3, 0.3) && reversed(0.9, 0.9) && !reversed(0.3, 0.7))
  }

  @Test
  func `A place on a line is right to the last bits however far its ends are`() {
    #expect(ExactLine.value(at: 0.5, (-1e17, -1e17), (2e17, 2e17)) == 0.5)
    #expect(ExactLine.value(at: 0.3, (-1.7e308, 1.7e308), (1.7e308, -1.7e308)) == -0.3)
    #expect(ExactLine.value(at: 3, (1, 10), (5, 20)) == 15)
    #expect(ExactLine.value(at: 7, (1, 4), (5, 4)) == 4)
    // −10¹⁷ + 16 and 10¹⁷ are 2·10¹⁷ − 16 apart, and 8 is half-way.
    #expect(ExactLine.value(at: 8, (-1e17 + 16, 0), (1e17, 1)) == 0.5)
    #expect(ExactLine.value(at: 0, (-1e300, -3e300), (1e300, 3e300)) == 0)
  }
}
