import LabKit

extension Gallery {
  func composition() throws {
    //: ## Figures beside each other
    //:
    //: ### Facets
    //:
    //: One figure per facet with shared axes and one legend; plot areas align.
    var samples = Samples(seed: seed + 4)  //hide
    let modes = ["zeros", "reflect", "replicate", "circular", "none"]
    let training = modes.map { _ in samples.loss(40, floor: 0.1, halfLife: 5) }
    let testing = modes.map { _ in samples.loss(40, floor: 0.2, halfLife: 6) }

    //| label: fig-facets
    //| fig-cap: "Five facets with shared axes and one legend."
    let facets = FigureGrid(
      "Training with five paddings", facets: Array(modes.indices), columns: 3, x: Axis("step"),
      y: Axis("loss", unit: "nats"), name: { modes[$0] },
      marks: { mode in
        LineMark(y: training[mode], label: "training")
        LineMark(y: testing[mode], label: "test")
      })
    show(facets)

    //: ### Subplots
    //:
    //: Different figures on one grid: their plot areas still have one size and share their edges,
    //: whatever their labels need.
    let accuracy = training[0].map { 1 - $0 / 2.6 }
    let norms = samples.normals(500, mean: 1, deviation: 0.2)

    //| label: fig-subplots
    //| fig-cap: "Four different figures whose plot areas align."
    let subplots = FigureGrid("One training", columns: 2, showsLetters: true) {
      Figure("Loss", x: Axis("step"), y: Axis("nats")) { LineMark(y: training[0]) }
      Figure("Accuracy", x: Axis("step"), y: Axis(format: .percent(decimals: 0))) {
        LineMark(y: accuracy, color: .series(1))
      }
      Figure("Gradient norms", x: Axis("norm"), y: Axis("count")) {
        HistogramMark(norms, color: .series(2))
      }
      Figure("Parameters", x: Axis("layer")) {
        BarMark(["conv 1", "conv 2", "linear"], [36, 392, 9690], color: .series(3))
      }
    }
    show(subplots)

    //: ### The legend's place
    //:
    //: Where data fill the plot area, the legend moves above it. `.right`, `.top`, `.inside` and
    //: `.none` say where you want it.
    let x = (0..<200).map { _ in samples.random.nextUnitDouble() }
    let y = (0..<200).map { _ in samples.random.nextUnitDouble() }

    //| label: fig-legend
    //| fig-cap: "Two places of a legend."
    let legends = FigureGrid(columns: 2) {
      Figure("Automatic") { PointMark(x: x, y: y, label: "everywhere") }
      Figure("On the right", legend: .right) { PointMark(x: x, y: y, label: "everywhere") }
    }
    show(legends)
  }
}
