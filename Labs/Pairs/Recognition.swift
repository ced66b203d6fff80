import LabKit

extension Pairs {
  func recognition(_ files: PairFiles) throws {
    //: ## Recognition
    //:
    //: ### A confusion matrix
    var samples = Samples(seed: seed + 1)  //hide
    let names = (0..<10).map(String.init)
    let likely = [(3, 5), (5, 3), (4, 9), (9, 4), (7, 2), (7, 9), (8, 3)]
    let confusion = Matrix(rows: 10, columns: 10) { row, column in
      if row == column { return 960 - 7 * Double(row) + (10 * samples.normal()).rounded() }
      let often = likely.contains { $0 == (row, column) }
      return max(0, ((often ? 14 : 2) + 2 * samples.normal()).rounded()) + 0
    }

    //| label: fig-confusion
    //| fig-cap: "How often each digit was read as which."
    let heatmap = Figure("Confusion matrix", x: Axis("predicted"), y: Axis("true")) {
      HeatmapMark(
        confusion, rowLabels: names, columnLabels: names, colormap: .blues, label: "images")
    }
    show(heatmap)
    try files.write(  //hide
      "03-confusion", heatmap, ["names": names, "values": rows(confusion)])  //hide

    //: ### A grid of images
    let test = try MNIST.test()
    func digit(_ index: Int) -> Matrix {
      Matrix(rows: 28, columns: 28) { row, column in Double(test.images[index, 0, row, column]) }
    }
    let chosen = Array(0..<10)
    let captions = chosen.map { $0 == 8 ? "5, read as 6" : "\(test.labels[$0])" }

    //| label: fig-images
    //| fig-cap: "The first ten test images with their labels."
    let images = ImageGrid(
      "Test images",
      tiles: chosen.map {
        ImageGrid.Tile(digit($0), caption: captions[$0], highlight: $0 == 8 ? .series(1) : nil)
      }, columns: 5)
    show(images)
    try files.write(  //hide
      "04-images", images,  //hide
      ["captions": captions, "images": chosen.map { rows(digit($0)) }])  //hide

    //: ### Kernels
    let kernels = (0..<8).map { kernel in
      let (angle, waves) = (Double(kernel) * 0.39, 0.9 + 0.15 * Double(kernel % 3))
      return Matrix(rows: 5, columns: 5) { row, column in
        let (x, y) = (Double(column) - 2, Double(row) - 2)
        let along = x * Elementary.cos(angle) + y * Elementary.sin(angle)
        let hill = Elementary.exp(-(x * x + y * y) / 5)
        return 0.5 * hill * Elementary.cos(waves * along + 0.8) + 0.04 * samples.normal()
      }
    }

    //| label: fig-kernels
    //| fig-cap: "Eight kernels of the first layer, all on one scale."
    let grid = ImageGrid(
      "First layer",
      tiles: kernels.enumerated().map { ImageGrid.Tile($1, caption: "kernel \($0)") }, columns: 4,
      colormap: .diverging, domain: -0.5...0.5, showsColorBar: true, label: "weight")
    show(grid)
    try files.write("05-kernels", grid, ["kernels": kernels.map { rows($0) }])  //hide
  }

  private func rows(_ matrix: Matrix) -> [[Double]] {
    (0..<matrix.rows).map { row in (0..<matrix.columns).map { matrix[row, $0] } }
  }
}
