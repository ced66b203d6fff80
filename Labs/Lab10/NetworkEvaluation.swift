import LabKit

extension Lab10 {
  func evaluationFault(_ digits: Digits) throws {
    //: ### First cause: the evaluation
    //:
    //: The test images were cut into arrays of shape (50, 28, 28). The network wants (N, C, H, W)
    //: and took each of them for *one* image of 50 channels. Its first kernels have one channel;
    //: NumPy stretched them over all 50, so that the convolution added 50 digits up. One prediction
    //: came out and was compared with 50 labels.
    let sum = digits.test[0..<50].images.reshaped(to: [1, 50, 28, 28])
    let heap = Matrix(rows: 28, columns: 28) { row, column in
      (0..<50).reduce(0) { $0 + Double(sum[0, $1, row, column]) }
    }
    //| label: fig-heap
    //| fig-cap: "What the evaluation looked at: the sum of the first 50 test images. The first five of them, for comparison"
    show(
      ImageGrid(
        tiles: [ImageGrid.Tile(scaled(heap), caption: "sum of 50")]
          + (0..<5).map {
            ImageGrid.Tile(
              Matrix(digits.test.images, item: $0), caption: "\(digits.test.labels[$0])")
          }, columns: 6, tileSize: 76))

    //: How good could anybody be who has to give one answer for 50 digits? Knowing all labels,
    //: \(oracle). The same trained weights, evaluated image by image, over \(seeds) seeds:
    let oracle = digits.test.oneAnswerPerBatchAccuracy
    publish("oracle", oracle, as: .percent(decimals: 1))
    let runs = try concurrentMap("The notebook's training", Array(0..<UInt64(seeds))) { seed in
      let trained = try Recipe.notebook.train(seed: seed, on: digits.train)
      return (
        its: trained.network.notebookAccuracy(on: digits.sample),
        true: trained.network.evaluate(digits.sample).accuracy
      )
    }
    let its = Spread(values: runs.map(\.its))
    let right = Spread(values: runs.map(\.true))
    //| label: tbl-evaluation
    //| tbl-cap: "Accuracy of the notebook's own trained weights, by way of evaluation"
    show(
      Table(
        [("as one image of 50 channels", its), ("image by image", right)],
        columns: [
          .column("evaluation", \.0),
          .column("mean", \.1.mean, as: .percent(decimals: 1)),
          .column("standard deviation", \.1.deviation, as: .percent(decimals: 1)),
          .column("worst seed", \.1.least, as: .percent(decimals: 1)),
          .column("best seed", \.1.greatest, as: .percent(decimals: 1)),
        ]))
    publish("trueAccuracy", right.mean, as: .percent(decimals: 0))
    //: The network had learned something: its weights read \(trueAccuracy) of the digits. The
    //: evaluation could not see that, nor would it have seen a perfect network.
    claim(
      "the notebook's weights read clearly more digits than guessing", right.mean, .above(0.2),
      as: .percent(decimals: 1), mutants: ["evaluated the notebook's way": its.mean])
    claim(
      "no evaluation with one answer for 50 images can pass 20%", oracle, .below(0.2),
      as: .percent(decimals: 1), mutants: ["one answer per image": 1])
  }

  /// The same picture with values up to 1.
  private func scaled(_ matrix: Matrix) -> Matrix {
    let greatest = matrix.values.max() ?? 1
    return Matrix(rows: matrix.rows, columns: matrix.columns) { matrix[$0, $1] / greatest }
  }
}
