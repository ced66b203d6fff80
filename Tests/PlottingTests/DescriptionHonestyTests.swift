import Testing

@testable import Plotting

/// What descriptions say where numbers are nearly equal, dates, years or nothing but rounding.
@Suite
struct DescriptionHonestyTests {
  @Test
  func `Different numbers read differently`() {
    let rising = LineMark(y: [1, 1, 1 + 1e-15]).summary(x: Axis(), y: Axis("y"))
    #expect(rising == "y rises from 1 to 1.000000000000001 over 3 points")
    let points = PointMark(x: [1, 2], y: [5, 5.0002]).summary(x: Axis("x"), y: Axis("y"))
    #expect(points == "2 points, x from 1 to 2, y from 5 to 5.0002")
    let axis = Axis(scale: .time())
    #expect(Set(axis.spoken([1.7e9, 1.7e9 + 1e-5])).count == 2)
  }

  @Test
  func `Rounding is no result`() {
    let dice = HistogramMark([-0.3, -0.2, -0.1, 0.1, 0.2, 0.3])
    #expect(dice.summary(x: Axis(), y: Axis())?.contains("mean 0,") == true)
    let cubic = FitMark(x: [1, 2, 3, 4], y: [1, 8, 27, 64], degree: 3)
    #expect(cubic.summary(x: Axis(), y: Axis())?.contains("y = 1·x³, R² = 1") == true)
    let line = FitMark(x: [0, 1, 2], y: [0, 1, 2])
    #expect(line.summary(x: Axis(), y: Axis())?.contains("y = 1·x, R² = 1") == true)
    let shifted = FitMark(x: [1, 2], y: [1, 3])
    #expect(shifted.summary(x: Axis(), y: Axis())?.contains("y = 2·x − 1, R²") == true)
  }

  @Test
  func `The equation of a fit over dates gives the curve back`() throws {
    let start = 1.7e9
    let x = (0..<10).map { start + 86_400 * Double($0) }
    let y = [0.0, 1.2, 1.9, 3, 4.1, 5.2, 5.8, 7, 8.1, 9]
    let text = try #require(FitMark(x: x, y: y).summary(x: Axis("t", scale: .time()), y: Axis()))
    #expect(text.contains(", x in seconds since 1970"))
    // y = 1.157…×10⁻⁵·x − 19…
    let equation = try #require(text.split(separator: "y = ").last?.split(separator: ", ").first)
    let numbers = text.components(equation)
    #expect((numbers.slope * start - numbers.constant).magnitude < 0.5, "\(text)")
  }

  @Test
  func `A vertical axis of time is spoken in dates, and years without a comma`() {
    let day = 86_400.0
    let line = LineMark(x: [0, 1, 2], y: [0, 10 * day, 20 * day], label: "until")
    #expect(
      line.summary(x: Axis(), y: Axis(scale: .time()))
        == "until rises from 1 Jan 1970 to 21 Jan 1970 over 3 points")
    let years = HistogramMark([1999, 2000, 2024])
    #expect(years.summary(x: Axis("year"), y: Axis())?.contains("from 1999 to 2024") == true)
    #expect(CivilTime(year: -97, month: 12, day: 8).date == "8 Dec \u{2212}97")
  }

  @Test
  func `An empty name is none`() {
    let figure = Figure("", x: Axis(""), y: Axis("")) {
      LineMark(x: [0, 1], y: [1, 2], label: "")
      LineMark(x: [0, 1], y: [2, 1], label: " ")
    }
    #expect(figure.legendEntries.isEmpty)
    #expect(
      figure.alternativeText
        == "Figure. The line rises from 1 to 2 over 2 points; the line falls from 2 to 1 over 2 "
        + "points.")
  }

  @Test
  func `What is infinite is not called NaN, and a line to and fro has no beginning`() {
    let arrows = ArrowMark(
      x: [0, 1, 2], y: [0, 0, 0], dx: [1, .infinity, .nan], dy: [1, 1, 1], label: "v")
    #expect(
      arrows.notes(x: Axis(), y: Axis()) == [
        "“v”: 1 of 3 arrows is NaN", "“v”: 1 of 3 arrows is ∞",
      ])
    #expect(
      LineMark(x: [3, 1, 2], y: [1, 2, 3], label: "l").summary(x: Axis(), y: Axis())
        == "l goes to and fro through 3 points with x from 1 to 3 and values from 1 to 3")
  }

  @Test
  func `A rule below zero on a logarithmic axis is spoken of as a rule`() {
    let figure = Figure(y: Axis(scale: .log)) {
      LineMark(y: [1, 10])
      RuleMark(y: -1, label: "low")
      AnnotationMark("here", x: 1, y: -2)
    }
    #expect(
      ResolvedAxes(figure).notes == [
        "the line “low” at −1 has no place on the logarithmic axis",
        "“here” is left out: (1, −2) has no place on the logarithmic axis",
      ])
  }
}

extension String {
  /// Slope and constant of “1.2×10⁻⁵·x − 20000”.
  fileprivate func components(_ equation: Substring) -> (slope: Double, constant: Double) {
    func number(_ text: Substring) -> Double {
      let raised: [Character: Character] = [
        "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
        "⁹": "9", "⁻": "-",
      ]
      let plain = text.replacing("×10", with: "e").replacing(",", with: "")
      return Double(String(plain.map { raised[$0] ?? $0 }).filter { $0 != " " }) ?? .nan
    }
    let parts = equation.split(separator: "·x \u{2212} ")
    return parts.count == 2 ? (number(parts[0]), number(parts[1])) : (.nan, .nan)
  }
}
