import LabKit

extension Gallery {
  func bars() throws {
    //: ## Bars
    //:
    //: Bars stand on zero. `valueFormat` writes the values at their ends.
    //| label: fig-bars
    //| fig-cap: "One bar per category, with its value."
    let times = Figure("Time per training step", y: Axis("time", unit: "ms")) {
      BarMark(
        ["Swift", "JAX", "PyTorch", "TensorFlow"], [5.9, 9.3, 12.5, 34.9],
        valueFormat: .decimal(places: 1))
    }
    show(times)

    //: ### Grouped
    let digits = (0..<10).map(String.init)
    let precision = [0.98, 0.99, 0.93, 0.91, 0.95, 0.9, 0.96, 0.94, 0.88, 0.9]
    let recall = [0.99, 0.98, 0.9, 0.92, 0.94, 0.88, 0.97, 0.92, 0.9, 0.91]

    //| label: fig-grouped
    //| fig-cap: "Two bars per category. Nothing is free inside, so the legend stands above."
    let grouped = Figure(
      "Per digit", x: Axis("digit"), y: Axis("share", format: .percent(decimals: 0))
    ) {
      BarMark(digits, series: ["precision": precision, "recall": recall])
    }
    show(grouped)

    //: ### Stacked, lying
    //:
    //: Long names read better on the vertical axis. Values are written where they fit.
    let modes = ["zeros", "reflect", "replicate", "circular"]
    let forward = [1.2, 1.5, 1.4, 1.6]
    let backward = [2.4, 3.1, 2.9, 3.0]

    //| label: fig-stacked
    //| fig-cap: "Stacked lying bars with their values."
    let stacked = Figure("Padding modes", x: Axis("time", unit: "ms")) {
      BarMark(
        modes, series: ["forward": forward, "backward": backward], arrangement: .stacked,
        isHorizontal: true, valueFormat: .decimal(places: 1))
    }
    show(stacked)

    //: ### Many long names
    //:
    //: Names that would touch each other are turned.
    let layers = [
      "convolution 1", "ReLU 1", "convolution 2", "ReLU 2", "flatten", "linear", "softmax",
    ]

    //| label: fig-names
    //| fig-cap: "Long names are turned; error bars are those of the values."
    let named = Figure("Time per layer", y: Axis("share", format: .percent(decimals: 0))) {
      BarMark(layers, [0.24, 0.03, 0.58, 0.02, 0.01, 0.11, 0.01], label: nil, color: .series(2))
        .errorBars([[0.02, 0.01, 0.03, 0.01, 0, 0.02, 0]])
    }
    show(named)
  }
}
