import LabKit

extension Gallery {
  func trouble() throws {
    //: ## Data with holes
    //:
    //: What cannot be drawn is not drawn, and the figure says so.
    //| label: fig-gap
    //| fig-cap: "Missing values."
    let nan = Double.nan
    let gap = Figure("NaN leaves a gap", x: Axis("step"), y: Axis("loss")) {
      LineMark(y: [2.3, 1.9, 1.6, nan, nan, 1.1, 0.9, nan, 0.7, 0.65], label: "loss")
    }
    show(gap)

    //| label: fig-nonpositive
    //| fig-cap: "Values without a logarithm, named below the figure."
    let impossible = Figure("No logarithm", x: Axis("step"), y: Axis("loss", scale: .log)) {
      LineMark(y: [1, 0.1, 0, 0.01, -0.5, 0.001], label: "loss", symbol: .circle)
    }
    show(impossible)

    //| label: fig-empty
    //| fig-cap: "An empty series."
    let empty = Figure("Nothing yet", x: Axis("step"), y: Axis("loss")) {
      LineMark(y: [Double](), label: "loss")
    }
    show(empty)
  }
}
