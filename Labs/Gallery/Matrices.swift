import LabKit

extension Gallery {
  func matrices() throws {
    //: ## Matrices and images
    //:
    //: ### Heatmaps
    //:
    //: Cells are square, row 0 is on top, and each cell shows its value where it fits, in the
    //: colour that reads best on the cell's.
    var samples = Samples(seed: seed + 3)  //hide
    let digits = (0..<10).map(String.init)
    let confusion = Matrix(rows: 10, columns: 10) { row, column in
      let confused = max(0, (samples.normal() * 6).rounded())
      return row == column ? 960 - 9 * Double(row) + confused : confused
    }

    //| label: fig-confusion
    //| fig-cap: "A confusion matrix with its counts."
    let heatmap = Figure("Confusion", x: Axis("prediction"), y: Axis("label")) {
      HeatmapMark(
        confusion, rowLabels: digits, columnLabels: digits, colormap: .blues, label: "images")
    }
    show(heatmap)

    //: Values with a sign take a diverging map and a domain that is symmetric about zero.
    let weights = Matrix(rows: 24, columns: 24) { row, column in
      Elementary.sin(Double(row) / 4) * Elementary.cos(Double(column) / 5)
    }

    //| label: fig-diverging
    //| fig-cap: "Values with a sign, zero in the colour of the page."
    let diverging = Figure("A filter", x: Axis("column"), y: Axis("row")) {
      HeatmapMark(weights, colormap: .diverging, domain: -1...1, label: "weight")
    }
    show(diverging)

    //: ### Colour maps
    //:
    //: viridis and cividis are even in lightness and safe for all colour vision; `.blues` and
    //: `.diverging` are anchored in the page's colour, so they turn with the theme. `.between(0, 1)` runs
    //: between the colours of two series, for a field of probabilities under the points of both classes.
    let ramp = Matrix(rows: 1, columns: 256) { _, column in Double(column) / 255 }
    let maps: [Colormap] = [.viridis, .cividis, .blues, .diverging, .between(0, 1), .gray]

    //| label: fig-colormaps
    //| fig-cap: "The six maps."
    let colormaps = FigureGrid("Colour maps", columns: 1, size: Size(width: 480, height: 470)) {
      for map in maps {
        Figure(map.name, x: Axis(ticks: .none), y: Axis(ticks: .none), aspect: .free) {
          ImageMark(ramp, colormap: map)
        }
      }
    }
    show(colormaps)

    //: ### Images in data coordinates
    let field = Matrix(rows: 60, columns: 80) { row, column in
      let (x, y) = (Double(column) / 20 - 2, 1.5 - Double(row) / 20)
      return Elementary.exp(-(x * x + y * y)) * Elementary.sin(3 * x)
    }

    //| label: fig-field
    //| fig-cap: "A smooth image with an annotation that reads on any ground."
    let image = Figure(
      "A field", x: Axis("x"), y: Axis("y"), size: Size(width: 340, height: 240), aspect: .ratio(1)
    ) {
      ImageMark(field, x: -2...2, y: -1.5...1.5, isSmooth: true, label: "f(x, y)")
      AnnotationMark("steepest", x: 0, y: 0, offset: Point(34, 34), color: .color(.white))
    }
    show(image)

    //: ### Grids of images
    //:
    //: Pixels are sharp squares; captions stand below, and what needs attention has a frame.
    let tiles = (0..<10).map { index in
      ImageGrid.Tile(
        ring(radius: Double(index) + 2.5), caption: index == 7 ? "7, read as 8" : "\(index)",
        highlight: index == 7 ? .series(1) : nil)
    }

    //| label: fig-images
    //| fig-cap: "Ten images, one of them framed."
    let images = ImageGrid("Rings", tiles: tiles, columns: 5)
    show(images)
  }
}
