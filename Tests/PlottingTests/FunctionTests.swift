import Raster
import TestSupport
import Testing

@testable import Plotting

@Suite
struct FunctionTests {
  private let logarithmic = Axis(scale: .log)

  @Test
  func `A function on a logarithmic axis goes through its own values`() {
    func f(_ x: Double) -> Double { 100 / x + 1 }
    let curve = painted(LineMark(over: 1...1e6) { f($0) }, logarithmic, logarithmic)
    for x in [1.5, 4, 10, 30, 100, 300, 1000, 1e4, 1e5] { #expect(curve(x, f(x)), "\(x)") }
    #expect(!curve(100, 7))
    func g(_ x: Double) -> Double { x * x / (1 + x * x) }
    let symmetric = Axis(scale: .symlog(threshold: 0.01))
    let both = painted(LineMark(over: -1000...1000) { g($0) }, symmetric, Axis())
    for x in [-100.0, -3, -1, -0.3, 0.05, 0.3, 1, 3, 100] { #expect(both(x, g(x)), "\(x)") }
    let positive = Axis(scale: .log, domain: 1...1e6)
    let zero = painted(LineMark(over: 0...1e6) { f(max($0, 1)) }, positive, logarithmic)
    for x in [4.0, 30, 300, 1e4] { #expect(zero(x, f(x)), "\(x)") }
  }

  @Test
  func `What a function does between two even places is shown where the axis spreads it out`() {
    // A peak at 10, between the first two of 400 even places.
    let mark = LineMark(over: 1...1e6, label: "f") { (x: Double) -> Double in
      let distance = x - 10
      return 1 / (1 + distance * distance / 4)
    }
    let figure = Figure(x: logarithmic) { mark }
    #expect(ResolvedAxes(figure).y.domain.upperBound > 0.95)
    #expect(figure.alternativeText.contains("at 10"))
    #expect(mark.x.count == 400)
  }

  @Test
  func `A fit on a logarithmic axis goes through its own values`() {
    let x = [1.0, 10, 100, 1000, 10_000]
    let mark = FitMark(x: x, y: x.map { 2 * $0 + 50 }, confidence: nil)
    let curve = painted(mark, logarithmic, logarithmic)
    for x in [2.0, 5, 10, 30, 100, 1000, 5000] { #expect(curve(x, 2 * x + 50), "\(x)") }
    #expect(!curve(10, 115))
  }
}
