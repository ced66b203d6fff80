import LabKit

extension Gallery {
  func extending() throws {
    //: ## A mark of your own
    //:
    //: A mark says which data it needs to show and draws itself where the plot area says they are.
    //: Clipping, axes, the legend's place and colours come with it.
    struct StepMark: Mark {
      var from: (x: Double, y: Double)
      var to: (x: Double, y: Double)
      var xDemand: AxisDemand { AxisDemand([from.x, to.x]) }
      var yDemand: AxisDemand { AxisDemand([from.y, to.y]) }
      var seriesCount: Int { 1 }

      func draw(on canvas: inout Canvas, in plot: PlotArea) {
        guard let start = plot.point(from.x, from.y), let end = plot.point(to.x, to.y) else {
          return
        }
        let along = (end - start) * (1 / max(start.distance(to: end), 1e-9))
        let across = Point(-along.y, along.x)
        let neck = end - along * 8
        canvas.stroke(.segment(from: start, to: neck), Stroke(width: 2), plot.color())
        canvas.fill(.polygon([end, neck + across * 4, neck - across * 4]), plot.color())
      }
    }
    //| label: fig-own
    //| fig-cap: "The mark that is declared above."
    let descent = Figure("Gradient descent", x: Axis("w_{1}"), y: Axis("w_{2}")) {
      StepMark(from: (3, 2), to: (1.6, -0.9))
      StepMark(from: (1.6, -0.9), to: (0.7, 0.5))
      StepMark(from: (0.7, 0.5), to: (0.1, -0.1))
      PointMark(x: [0], y: [0], label: "minimum", symbol: .plus, size: 10)
    }
    show(descent)
  }
}
