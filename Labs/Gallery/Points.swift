import LabKit

extension Gallery {
  func points() throws {
    //: ## Points
    //:
    //: Translucent points show where many of them lie on each other.
    var samples = Samples(seed: seed + 1)  //hide
    let inX = samples.normals(300, mean: 1)
    let inY = inX.map { 0.5 * $0 + 0.4 * samples.normal() }
    let outX = samples.normals(120, mean: 3, deviation: 0.6)
    let outY = samples.normals(120, mean: -0.5, deviation: 0.4)

    //| label: fig-points
    //| fig-cap: "Two classes of translucent points."
    let scatter = Figure("Two classes", x: Axis("first feature"), y: Axis("second feature")) {
      PointMark(x: inX, y: inY, label: "inside", opacity: 0.6)
      PointMark(x: outX, y: outY, label: "outside", symbol: .diamond, opacity: 0.6)
    }
    show(scatter)

    //: ### Error bars
    let sizes = [8, 16, 32, 64, 128]
    let times = [0.8, 1.5, 3.2, 6.1, 12.6]
    let errors = [0.2, 0.2, 0.4, 0.5, 1.1]

    //| label: fig-errors
    //| fig-cap: "Measured times with error bars, and a rule of thumb."
    let measured = Figure(
      "Time per batch", x: Axis("batch"), y: Axis("time", unit: "ms", includesZero: true)
    ) {
      LineMark(over: 8...128, label: "0.1 ms per image", color: .muted, dash: [4, 3]) { $0 * 0.1 }
      PointMark(x: sizes, y: times, label: "measured").errorBars(errors)
    }
    show(measured)

    //: ### Annotations and rules
    //:
    //: Words at a data point find a place inside of the plot area, with a leader where they stand
    //: apart; `offset` says where you want them.
    let epochs = Array(0..<60)
    let validation = epochs.map { epoch in
      Elementary.exp(-Double(epoch) / 12) + Double(epoch * epoch) / 9000
    }

    //| label: fig-annotation
    //| fig-cap: "Words at data points, with leaders."
    let annotated = Figure("Early stopping", x: Axis("epoch"), y: Axis("validation loss")) {
      AreaMark(x: epochs, y: validation, opacity: 0.15)
      RuleMark(x: 29)
      AnnotationMark("stop here", x: 29, y: validation[29], offset: Point(44, -34))
      AnnotationMark(
        "from here on\nit learns by heart", x: 48, y: validation[48], offset: Point(-50, -70))
    }
    show(annotated)
  }
}
