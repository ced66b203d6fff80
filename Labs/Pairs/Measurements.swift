import LabKit

extension Pairs {
  func measurements(_ files: PairFiles) throws {
    //: ## Measurements
    //:
    //: ### A calibration with its fit
    var samples = Samples(seed: seed + 2)  //hide
    let loads = (1...12).map { Double($0) * 25 }
    let errors = loads.map { 0.02 + 0.0003 * $0 }
    let readings = zip(loads, errors).map { 0.12 + 0.0098 * $0 + $1 * samples.normal() }

    //| label: fig-calibration
    //| fig-cap: "Readings of a load cell with their uncertainties, and the line through them."
    let calibration = Figure(
      "Calibration", x: Axis("load", unit: "g"), y: Axis("reading", unit: "V")
    ) {
      FitMark(x: loads, y: readings, uncertainties: errors, label: "fit")
      PointMark(x: loads, y: readings, label: "measured").errorBars(errors)
    }
    show(calibration)
    try files.write(  //hide
      "06-calibration", calibration,  //hide
      ["loads": loads, "readings": readings, "errors": errors])  //hide

    //: ### Two histograms
    let before = samples.normals(2000, mean: 0, deviation: 0.1)
    let after = samples.normals(800, mean: 0.12, deviation: 0.035)

    //| label: fig-histograms
    //| fig-cap: "Weights before and after training."
    let histograms = Figure("Weights", x: Axis("weight"), y: Axis("weights per bin")) {
      HistogramMark(before, label: "before training")
      HistogramMark(after, label: "after training")
    }
    show(histograms)
    try files.write(  //hide
      "07-histograms", histograms, ["before": before, "after": after])  //hide

    //: ### Grouped and stacked bars with errors
    let layers = ["conv 1", "conv 2", "linear"]
    let forward = [2.1, 5.6, 0.9]
    let backward = [4.4, 10.2, 1.6]
    let forwardErrors = [0.2, 0.5, 0.1]
    let backwardErrors = [0.4, 1.1, 0.2]

    //| label: fig-bars
    //| fig-cap: "Time per layer, forward and backward, beside and on each other."
    let bars = FigureGrid("Time per layer", columns: 2, shares: .y) {
      Figure("Grouped", x: Axis("layer"), y: Axis("time", unit: "ms")) {
        BarMark(layers, series: ["forward": forward, "backward": backward])
          .errorBars([forwardErrors, backwardErrors])
      }
      Figure("Stacked", x: Axis("layer"), y: Axis("time", unit: "ms")) {
        BarMark(
          layers, series: ["forward": forward, "backward": backward], arrangement: .stacked
        ).errorBars([forwardErrors, backwardErrors])
      }
    }
    show(bars)
    try files.write(  //hide
      "08-bars", bars,  //hide
      [  //hide
        "layers": layers, "forward": forward, "backward": backward,  //hide
        "forward_errors": forwardErrors, "backward_errors": backwardErrors,  //hide
      ])  //hide

    //: ### Scaling on two logarithmic axes
    let sizes = (4...12).map { Double(1 << $0) }
    let direct = sizes.map { 2e-9 * $0 * $0 * (1 + 0.1 * samples.normal()) + 2e-6 }
    let fast = sizes.map { 4e-8 * $0 * Elementary.log2($0) * (1 + 0.1 * samples.normal()) + 4e-6 }

    //| label: fig-scaling
    //| fig-cap: "Time of two algorithms by size, with the slopes that theory expects."
    let scaling = Figure(
      "Scaling", x: Axis("points", scale: .log), y: Axis("time", unit: "s", scale: .log)
    ) {
      LineMark(x: sizes, y: direct, label: "direct", symbol: .circle)
      LineMark(x: sizes, y: fast, label: "fast", symbol: .square)
      LineMark(over: 64...4096, label: "n^{2}", color: .muted, dash: [4, 3]) { 2e-9 * $0 * $0 }
    }
    show(scaling)
    try files.write("09-scaling", scaling, ["sizes": sizes, "direct": direct, "fast": fast])  //hide
  }
}
