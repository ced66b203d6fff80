import LabKit

extension Gallery {
  func distributions() throws {
    //: ## Distributions
    //:
    //: ### Histograms
    //:
    //: Bins follow the rule of Freedman and Diaconis, with edges on nice numbers.
    var samples = Samples(seed: seed + 2)  //hide
    let before = samples.normals(3000, deviation: 0.1)
    let after = samples.normals(3000, mean: 0.2, deviation: 0.05)

    //| label: fig-histogram
    //| fig-cap: "Two histograms that show through each other."
    let histogram = Figure("Weights", x: Axis("weight"), y: Axis("count")) {
      HistogramMark(before, label: "before training")
      HistogramMark(after, label: "after training")
    }
    show(histogram)

    //: ### Boxes
    //:
    //: Quartiles, median, whiskers to the last value within 1.5 interquartile ranges, and every
    //: value beyond as a point.
    let swift = samples.normals(80, mean: 5.9, deviation: 0.4)
    let jax = samples.normals(80, mean: 9, deviation: 1)
    let tensorFlow = samples.normals(80, mean: 12, deviation: 2)

    //| label: fig-boxes
    //| fig-cap: "Quartiles, median, whiskers and outliers."
    let boxes = Figure("Eighty steps each", y: Axis("time", unit: "ms", includesZero: true)) {
      BoxMark(["Swift": swift, "JAX": jax, "TensorFlow": tensorFlow])
    }
    show(boxes)
  }
}
