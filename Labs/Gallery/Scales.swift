import LabKit

extension Gallery {
  func scales() throws {
    //: ## Scales
    //:
    //: ### Logarithmic
    //:
    //: Decades are labelled as powers when there are many, as plain numbers when there are few;
    //: minor ticks stand at 2 … 9.
    //| label: fig-log
    //| fig-cap: "Two logarithmic axes."
    let growth = Figure(
      "Time and size", x: Axis("pixels", scale: .log), y: Axis("time", unit: "s", scale: .log)
    ) {
      LineMark(over: 10...1_000_000, label: "n") { $0 * 1e-8 }
      LineMark(over: 10...1_000_000, label: "n log n") { $0 * 1e-8 * Elementary.log2($0) }
      LineMark(over: 10...1_000_000, label: "n^{2}") { $0 * $0 * 1e-9 }
    }
    show(growth)

    //: ### Symmetric logarithmic
    //:
    //: Logarithmic in both directions, linear around zero, so that zero and negative values have a
    //: place.
    let gradients = (-60...60).map { Double($0) * Double($0) * Double($0) / 200 }

    //| label: fig-symlog
    //| fig-cap: "Gradients of both signs on one axis."
    let symlog = Figure(
      "Gradients", x: Axis("weight"), y: Axis("∂L/∂w", scale: .symlog(threshold: 0.1))
    ) {
      LineMark(x: -60...60, y: gradients)
      RuleMark(y: 0)
    }
    show(symlog)

    //: ### Ticks and numbers
    //:
    //: Ticks come from the optimisation of Talbot, Lin and Hanrahan (2010); labels carry just the
    //: digits that tell them apart. Both can be given.
    //| label: fig-ticks
    //| fig-cap: "Ticks found, given, labelled and reversed."
    let ticks = FigureGrid(columns: 2) {
      Figure("Automatic", x: Axis("x"), y: Axis("parameters")) {
        LineMark(x: [0, 0.001], y: [0, 4_800_000])
      }
      Figure(
        "Metric prefixes, given ticks", x: Axis("x", ticks: .values([0, 0.25, 0.5, 1])),
        y: Axis("parameters", format: .metric(digits: 2))
      ) {
        LineMark(x: [0, 1], y: [0, 4_800_000])
      }
      Figure(
        "Labelled ticks",
        x: Axis("angle", ticks: .labelled([Tick(0, "0"), Tick(3.1416, "π"), Tick(6.2832, "2π")])),
        y: Axis("sin")
      ) {
        LineMark(over: 0...6.2832) { Elementary.sin($0) }
      }
      Figure(
        "Percent, reversed", x: Axis("rank", isReversed: true),
        y: Axis("share", format: .percent(decimals: 0))
      ) {
        LineMark(x: 1...9, y: (1...9).map { 1 / Double($0) }, symbol: .square)
      }
    }
    show(ticks)
  }
}
