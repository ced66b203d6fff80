//: ---
//: title: The forms of a report
//: bibliography: references.bib
//: toc: true
//: code-fold: true
//: max-rows: 10
//: fig-width: 320
//: ---
import LabKit

@main
struct Forms: Lab {
  func report() throws {
    //: ## Free fall {#sec-fall}
    //: A stone falls for $t$ seconds [@galilei1638, day 3]:
    //:
    //: $$ s = \tfrac{1}{2} g t^2 $$ {#eq-fall}
    //:
    //: - Hint: @newton1687 says why.
    //: - Exercise: How far is it after two seconds?
    //: - Answer: By @eq-fall, \(two) metres.
    let g = 9.81
    publish("two", g / 2 * 2 * 2, as: .decimal(places: 1))

    //: ## Drawn
    //: @fig-fall is as wide as `fig-width` says of all figures, however wide it was drawn.
    //| label: fig-fall
    //| fig-cap: "@eq-fall for the first two seconds."
    let seconds = [0, 0.5, 1, 1.5, 2]
    show(
      Figure("Free fall", x: Axis("time", unit: "s"), y: Axis("distance", unit: "m")) {
        LineMark(x: seconds, y: seconds.map { g / 2 * $0 * $0 }, symbol: .circle)
      })

    //: ## Measured
    //: @tbl-falls has twelve falls of one second; together they give \(fall) m. The code above it is
    //: shown, whatever the settings say.
    //| label: tbl-falls
    //| tbl-cap: "Metres in one second"
    //| code-fold: false
    var random = SplitMix64(seed: 1)
    let falls = (1...12).map { number in (number: number, metres: metres(g, using: &random)) }
    show(
      Table(
        falls,
        columns: [
          .column("Fall", \.number),
          .column("Distance", \.metres, uncertainty: { _ in 0.05 }, unit: "m"),
        ]))
    //-
    let mean = falls.map(\.metres).reduce(0, +) / 12
    publish("fall", mean, as: .uncertain(by: 0.05 / 12.0.squareRoot()))
    claim(
      "A stone falls half of g", mean, .near(g / 2, tolerance: 0.05),
      as: .uncertain(by: 0.05 / 12.0.squareRoot()), mutants: ["all of g": mean * 2])
    show(
      Comparison(
        "two ways to a half", actual: [g / 2], expected: [g * 0.5], tolerance: .absolute(0),
        mutants: ["a third": [g / 3]]))

    //: ## In a loop
    //: What is said for each of several things is said by the run; see also @sec-fall.
    for seconds in 1...2 {
      chapter("After \(seconds) s") {
        let distance = g / 2 * Double(seconds * seconds)
        show(markdown: "The stone is $\(distance)$ m below.")
      }
    }
  }

  /// A measured distance: half of g, and up to five centimetres.
  private func metres(_ g: Double, using random: inout SplitMix64) -> Double {
    g / 2 + Double(random.next() % 101) / 1000 - 0.05
  }
}
