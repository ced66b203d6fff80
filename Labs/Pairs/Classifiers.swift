import LabKit

extension Pairs {
  func classifiers(_ files: PairFiles) throws {
    //: ## Classifiers
    //:
    //: ### ROC
    var samples = Samples(seed: seed + 3)  //hide
    func curve(_ distance: Double) -> (fpr: [Double], tpr: [Double], area: Double) {
      let negatives = samples.normals(400).sorted(by: >)
      let positives = samples.normals(400, mean: distance).sorted(by: >)
      var (fpr, tpr, area, hits) = ([0.0], [0.0], 0.0, 0)
      for (index, score) in negatives.enumerated() {
        while hits < positives.count && positives[hits] >= score { hits += 1 }
        fpr += [Double(index) / 400, Double(index + 1) / 400]
        tpr += [Double(hits) / 400, Double(hits) / 400]
        area += Double(hits) / 160_000
      }
      return (fpr + [1], tpr + [1], area)
    }
    let network = curve(2.2)
    let linear = curve(1.2)
    func name(_ model: String, _ area: Double) -> String {
      "\(model), area \(NumberFormat.decimal(places: 3).string(area))"
    }

    //| label: fig-roc
    //| fig-cap: "Two classifiers on the same images."
    let roc = Figure(
      "ROC", x: Axis("false positive rate", domain: 0...1),
      y: Axis("true positive rate", domain: 0...1), size: Size(width: 360, height: 360),
      aspect: .ratio(1)
    ) {
      LineMark(x: [0, 1], y: [0, 1], label: "guessing", color: .muted, dash: [4, 3])
      LineMark(x: network.fpr, y: network.tpr, label: name("network", network.area))
      LineMark(x: linear.fpr, y: linear.tpr, label: name("linear", linear.area))
    }
    show(roc)
    try files.write(  //hide
      "10-roc", roc,  //hide
      [  //hide
        "network_x": network.fpr, "network_y": network.tpr, "network_area": network.area,  //hide
        "linear_x": linear.fpr, "linear_y": linear.tpr, "linear_area": linear.area,  //hide
      ])  //hide

    //: ### A time series with dates
    let start = 1_767_225_600.0
    let days = (0..<120).map { start + 86_400 * Double($0) }
    var level = 41.0
    let load = days.indices.map { day in
      level += 0.25 + 1.4 * samples.normal()
      return level + (day % 7 >= 5 ? -9 : 0)
    }

    //| label: fig-dates
    //| fig-cap: "Hours of computing a day; the shaded week had no power."
    let dates = Figure(
      "Cluster load", x: Axis("day", scale: .time()), y: Axis("busy hours", includesZero: true)
    ) {
      IntervalMark(x: days[60]...days[67], label: "no power")
      LineMark(x: days, y: load.enumerated().map { (60..<67).contains($0) ? .nan : $1 })
    }
    show(dates)
    try files.write(  //hide
      "11-dates", dates, ["seconds": days, "load": load, "from": 60, "to": 67])  //hide

    //: ### A decision boundary
    let count = 90
    var points: [(x: Double, y: Double, side: Int)] = []
    for index in 0..<2 * count {
      let side = index % 2
      let angle = 3.14159 * samples.random.nextUnitDouble() + (side == 0 ? 0 : 3.14159)
      let centre = side == 0 ? (0.0, 0.0) : (1.0, 0.35)
      points.append(
        (
          centre.0 + Elementary.cos(angle) + 0.14 * samples.normal(),
          centre.1 + Elementary.sin(angle) + 0.14 * samples.normal(), side
        ))
    }
    func probability(_ x: Double, _ y: Double) -> Double {
      var (one, all) = (0.0, 1e-9)
      for point in points {
        let distance = (x - point.x) * (x - point.x) + (y - point.y) * (y - point.y)
        let weight = Elementary.exp(-distance / 0.06)
        all += weight
        if point.side == 1 { one += weight }
      }
      return (one + 0.5e-9) / all
    }
    let field = Matrix(rows: 81, columns: 121) { row, column in
      probability(-1.5 + 4 * Double(column) / 120, 1.5 - 2.7 * Double(row) / 80)
    }
    func side(_ side: Int, _ part: ((x: Double, y: Double, side: Int)) -> Double) -> [Double] {
      points.filter { $0.side == side }.map(part)
    }

    //| label: fig-boundary
    //| fig-cap: "Two classes, the probability of the second, and the boundary between them."
    let boundary = Figure(
      "Decision boundary", x: Axis("first feature"), y: Axis("second feature"), aspect: .ratio(1)
    ) {
      ContourMark(
        field, x: -1.5...2.5, y: -1.2...1.5, levels: (0...10).map { Double($0) / 10 },
        isFilled: true, colormap: .between(0, 1), opacity: 0.6, label: "probability of class 1")
      ContourMark(
        field, x: -1.5...2.5, y: -1.2...1.5, levels: [0.5], showsLevels: false, width: 1.8)
      PointMark(x: side(0) { $0.x }, y: side(0) { $0.y }, label: "class 0")
      PointMark(x: side(1) { $0.x }, y: side(1) { $0.y }, label: "class 1", symbol: .triangle)
    }
    show(boundary)
    try files.write(  //hide
      "12-boundary", boundary,  //hide
      [  //hide
        "field": (0..<81).map { row in (0..<121).map { field[row, $0] } },  //hide
        "x0": side(0) { $0.x }, "y0": side(0) { $0.y }, "x1": side(1) { $0.x },  //hide
        "y1": side(1) { $0.y },  //hide
      ])  //hide
  }
}
