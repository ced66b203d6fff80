import LabKit

extension Gallery {
  func lines() throws {
    //: ## Lines
    //:
    //: A line per series; the legend looks for a place where no data is. `label` puts a line into
    //: it. The unit of an axis stands in parentheses after its label.
    var samples = Samples(seed: seed)  //hide
    let train = samples.loss(40, floor: 0.08, halfLife: 6)
    let test = samples.loss(40, floor: 0.21, halfLife: 7)

    //| label: fig-lines
    //| fig-cap: "Two losses and a reference. The legend found the corner without data."
    let loss = Figure("Loss", x: Axis("step"), y: Axis("cross-entropy", unit: "nats")) {
      LineMark(x: 1...40, y: train, label: "training")
      LineMark(x: 1...40, y: test, label: "test")
      RuleMark(y: 2.303, label: "guessing, ln 10")
    }
    show(loss)

    //: ### Bands of uncertainty
    //:
    //: `band(error:)` or `band(lower:upper:)` puts a translucent band behind the line.
    let runs = (0..<5).map { _ in samples.loss(40, floor: 0.1, halfLife: 6, noise: 0.15) }
    let mean = (0..<40).map { step in runs.reduce(0) { $0 + $1[step] } / 5 }
    let low = (0..<40).map { step in runs.map { $0[step] }.min() }
    let high = (0..<40).map { step in runs.map { $0[step] }.max() }

    //| label: fig-band
    //| fig-cap: "Mean of five runs, with the band from the smallest to the largest."
    let band = Figure("Five runs", x: Axis("step"), y: Axis("loss", unit: "nats")) {
      LineMark(y: mean, label: "mean, smallest and largest").band(lower: low, upper: high)
    }
    show(band)

    //: ### Steps and symbols
    //:
    //: A value that holds until the next one is drawn in steps.
    let rates = [0.1, 0.1, 0.05, 0.05, 0.025, 0.025, 0.0125]
    let warm = [0.02, 0.06, 0.1, 0.08, 0.06, 0.04, 0.02]

    //| label: fig-steps
    //| fig-cap: "A schedule in steps, and one with symbols."
    let schedule = Figure("Learning rate", x: Axis("epoch"), y: Axis("rate", includesZero: true)) {
      LineMark(x: 1...7, y: rates, label: "halved", interpolation: .stepAfter)
      LineMark(x: 1...7, y: warm, label: "warm-up", symbol: .circle)
    }
    show(schedule)

    //: ### Functions
    //:
    //: A closure over a domain is sampled and drawn. Labels understand `_{}` and `^{}`.
    //| label: fig-functions
    //| fig-cap: "Three functions, sampled and drawn."
    let activations = Figure("Activations", x: Axis("x"), y: Axis("σ(x)")) {
      LineMark(over: -4...4, label: "ReLU") { max(0, $0) }
      LineMark(over: -4...4, label: "sigmoid") { Elementary.sigmoid($0) }
      LineMark(over: -4...4, label: "tanh") { Elementary.tanh($0) }
    }
    show(activations)

    //: ### Areas
    //:
    //: Under a curve, between two, or stacked.
    let seconds = (0..<20).map { Double($0) * 0.5 }
    let convolution = seconds.map { 4 + Elementary.sin($0) }
    let linear = seconds.map { 2 + 0.2 * $0 }
    let rest = seconds.map { 1 + 0.5 * Elementary.cos($0 * 1.3) }

    //| label: fig-areas
    //| fig-cap: "Stacked areas."
    let areas = Figure(
      "Where the time goes", x: Axis("time", unit: "s"), y: Axis("busy cores")
    ) {
      AreaMark.stacked(
        x: seconds,
        series: ["convolution": convolution, "linear": linear, "everything else": rest])
    }
    show(areas)
  }
}
