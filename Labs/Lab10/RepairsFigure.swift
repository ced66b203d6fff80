import Lab10Experiments
import LabKit

extension Lab10 {
  /// The sets of repairs as a graph: how many each holds, how good it is, and one way through them.
  func repairsFigure(_ means: [Repairs: Double], _ walk: [Repairs]) -> Figure {
    let sets = Repairs.sets.filter { means[$0] != nil }
    func node(_ set: Repairs) -> (x: Double, y: Double) {
      (Double(set.count), means[set] ?? .nan)
    }
    let edges = sets.flatMap { set in
      Repairs.each.map { set.union($0.repair) }.filter { $0 != set && means[$0] != nil }
        .map { (from: node(set), to: node($0)) }
    }
    return Figure(
      x: Axis("repairs", domain: -0.3...5.6),
      y: Axis("mean accuracy", domain: 0...0.9, format: .percent(decimals: 0)),
      size: Size(width: 480, height: 340)
    ) {
      EdgeMark(edges: edges)
      PointMark(x: sets.map { node($0).x }, y: sets.map { node($0).y }, size: 6)
      LineMark(
        x: walk.map { node($0).x }, y: walk.map { node($0).y }, color: .series(1), width: 2.5)
      for (previous, set) in zip(walk, walk.dropFirst()) {
        AnnotationMark(
          "+ " + set.subtracting(previous).name, x: node(set).x, y: node(set).y,
          offset: set.count < 3 ? Point(-6, -22) : Point(-38, -12))
      }
      // The lower of two that are close has its words below.
      let falling = Repairs.each.filter { node($0.repair).y < node([]).y - 0.1 }
        .sorted { node($0.repair).y > node($1.repair).y }
      for (index, single) in falling.enumerated() {
        AnnotationMark(
          "only " + single.name, x: 1, y: node(single.repair).y,
          offset: Point(48, index == 0 ? -7 : 9))
      }
      AnnotationMark("the notebook", x: 0, y: node([]).y, offset: Point(30, -44))
      AnnotationMark(
        "only divisor; only sign", x: 1, y: node(.divisor).y, offset: Point(70, 10))
      AnnotationMark(
        "all but channel", x: 4, y: node(.all.subtracting(.channel)).y, offset: Point(-50, -14))
      AnnotationMark(
        "all but one of row, divisor, sign", x: 4, y: node(.all.subtracting(.divisor)).y,
        offset: Point(-14, 16))
    }
  }
}

/// Straight lines between pairs of places: the edges of a graph.
private struct EdgeMark: Mark {
  var edges: [(from: (x: Double, y: Double), to: (x: Double, y: Double))]

  var xDemand: AxisDemand { AxisDemand(edges.flatMap { [$0.from.x, $0.to.x] }) }
  var yDemand: AxisDemand { AxisDemand(edges.flatMap { [$0.from.y, $0.to.y] }) }

  func draw(on canvas: inout Canvas, in plot: PlotArea) {
    for edge in edges {
      guard let from = plot.point(edge.from.x, edge.from.y),
        let to = plot.point(edge.to.x, edge.to.y)
      else { continue }
      canvas.stroke(.segment(from: from, to: to), Stroke(width: 0.5), plot.color(.muted))
    }
  }

  func summary(x: Axis, y: Axis) -> String? {
    "\(edges.count) thin lines join sets that differ by one repair"
  }
}
