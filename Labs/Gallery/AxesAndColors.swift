import LabKit

extension Gallery {
  func axesAndColors() throws {
    //: ## Axes, legends, colours
    //:
    //: ### A second axis
    //:
    //: Two quantities over one horizontal axis: marks that are put `onSecondAxis()` are read on the
    //: right, and the legend says so. `legendTitle` says what the entries differ in.
    var samples = Samples(seed: seed + 10)  //hide
    let losses = samples.loss(30, floor: 0.12, halfLife: 4)
    let accuracies = losses.map { 1 - 0.38 * $0 }

    //| label: fig-second-axis
    //| fig-cap: "Loss on the left axis, accuracy on the right one."
    let both = Figure(
      "One training", x: Axis("epoch"), y: Axis("loss", unit: "nats"),
      secondY: Axis("accuracy", domain: 0...1, format: .percent(decimals: 0)),
      legendTitle: "test set"
    ) {
      LineMark(x: 1...30, y: losses, label: "loss")
      LineMark(x: 1...30, y: accuracies, label: "accuracy", dash: [5, 2.5]).onSecondAxis()
    }
    show(both)

    //: ### Turned tick labels
    //:
    //: `tickRotation` turns the labels of an axis, on either side.
    let servers = ["node-a.cluster", "node-b.cluster", "node-c.cluster", "node-d.cluster"]

    //| label: fig-rotation
    //| fig-cap: "Labels turned by 30 degrees, upright, and clockwise."
    let turned = FigureGrid(columns: 3, size: Size(width: 720, height: 280)) {
      Figure("30°", x: Axis(tickRotation: 30), y: Axis("jobs")) {
        BarMark(servers, [120, 84, 97, 45])
      }
      Figure("90°, on both axes", x: Axis(tickRotation: 90), y: Axis("jobs", tickRotation: 90)) {
        BarMark(servers, [120, 84, 97, 45])
      }
      Figure("−45°", x: Axis(tickRotation: -45), y: Axis("jobs")) {
        BarMark(servers, [120, 84, 97, 45])
      }
    }
    show(turned)

    //: ### Errors of both directions
    //:
    //: Error bars may be of another length on each side, and horizontal.
    let rates = [0.001, 0.003, 0.01, 0.03, 0.1]
    let scores = [0.62, 0.81, 0.93, 0.9, 0.55]

    //| label: fig-asymmetric
    //| fig-cap: "Scores with an interval that is longer below, at rates that are known to a fifth."
    let asymmetric = Figure(
      "Learning rate", x: Axis("rate", scale: .log),
      y: Axis("accuracy", format: .percent(decimals: 0))
    ) {
      LineMark(x: rates, y: scores, color: .muted, dash: [4, 3])
      PointMark(x: rates, y: scores, label: "five runs")
        .errorBars(lower: [0.1, 0.08, 0.04, 0.06, 0.2], upper: [0.06, 0.04, 0.02, 0.03, 0.1])
        .horizontalErrorBars(rates.map { $0 / 5 })
    }
    show(asymmetric)

    //: ### Scales of colour
    //:
    //: Colours may follow the logarithm of a value, be centred at one, go in steps, or stand for
    //: classes.
    let spectrum = Matrix(rows: 24, columns: 24) { row, column in
      let distance = Double(row * row + column * column)
      let noise = 0.01 * Double((7 * row + 5 * column) % 9)
      return 1000 * Elementary.exp(-distance / 90) + 0.05 + noise
    }
    let change = Matrix(rows: 24, columns: 24) { row, column in
      1 + Elementary.sin(Double(row) / 5) * Double(column) / 16
    }
    let classes = Matrix(rows: 24, columns: 24) { row, column in
      Double(min(2, (row + column) / 16))
    }

    //| label: fig-colour-scales
    //| fig-cap: "A logarithmic scale, one centred at 1, one in six steps, and three classes."
    let scales = FigureGrid(columns: 2) {
      Figure("Logarithmic") { HeatmapMark(spectrum, label: "power", colorScale: .log) }
      Figure("Centred at 1") {
        HeatmapMark(change, colormap: .diverging, label: "ratio", colorScale: .centered(at: 1))
      }
      Figure("In six steps") {
        HeatmapMark(change, colormap: .viridis.steps(6), domain: 0...3, label: "ratio")
      }
      Figure("Classes") {
        HeatmapMark(
          classes,
          colormap: .classes([Color(hex: 0x4477AA), Color(hex: 0xCCBB44), Color(hex: 0xAA3377)]),
          domain: -0.5...2.5, cellValues: .hidden, label: "class")
      }
    }
    show(scales)

    //: ### Pictures in their own colours
    //:
    //: A tile of an `ImageGrid` may be a `Bitmap`.
    func picture(_ shift: Double) -> Bitmap {
      var bitmap = Bitmap(width: 32, height: 32)
      for row in 0..<32 {
        for column in 0..<32 {
          let (x, y) = ((Double(column) - 15.5) / 16, (Double(row) - 15.5) / 16)
          let wave = 0.5 + 0.5 * Elementary.sin(5 * x + shift)
          let ring = Elementary.exp(-4 * (x * x + y * y))
          let green = 0.3 + 0.5 * wave * ring
          bitmap[column, row] = Color(red: ring, green: green, blue: 0.4 + 0.5 * wave)
        }
      }
      return bitmap
    }

    //| label: fig-pictures
    //| fig-cap: "Five pictures in colour."
    let pictures = ImageGrid(
      "Colour", tiles: (0..<5).map { ImageGrid.Tile(picture(Double($0)), caption: "shift \($0)") },
      columns: 5)
    show(pictures)
  }
}
