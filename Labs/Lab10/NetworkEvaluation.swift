import Lab10Experiments
import LabKit

extension Lab10 {
  func evaluationFault(_ digits: Digits) throws -> [NotebookRun] {
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
    //| fig-cap: "What the evaluation looked at: the sum of the first 50 test images, scaled to be visible. The first five of them, for comparison"
    //| code-fold: true
    let pictures = ImageGrid(
      tiles: [ImageGrid.Tile(scaled(heap), caption: "sum of 50")]
        + (0..<5).map {
          ImageGrid.Tile(
            Matrix(digits.test.images, item: $0), caption: "\(digits.test.labels[$0])")
        }, columns: 6, tileSize: 76)
    show(pictures)

    let oracle = digits.test.oneAnswerAccuracy(for: 50)
    publish("oracle", oracle, as: .percent(decimals: 1))
    //: Even somebody who knew all labels, and had to give one answer for 50 digits, would get \(oracle) only.
    claim(
      "one answer for each 50 of the test images cannot pass 20%", oracle, .below(0.2),
      as: .percent(decimals: 1),
      mutants: [
        "one answer for 20 images": digits.test.oneAnswerAccuracy(for: 20),
        "one answer for 10 images": digits.test.oneAnswerAccuracy(for: 10),
      ])

    //: The notebook's training was repeated from \(seeds) seeds and evaluated in both ways, on every
    //: tenth test image. So are all experiments below that count seeds: their intervals tell of other
    //: seeds, not of other training or test images.
    let runs = try notebookRuns(seeds: seeds, digits)
    let its = Experiment("as one image of 50 channels", Sample(runs.map(\.notebookAccuracy)))
    let right = Experiment("image by image", Sample(runs.map(\.accuracy)))
    //| label: tbl-evaluation
    //| tbl-cap: "Accuracy of the notebook's own training, by way of evaluation"
    //| code-fold: true
    show(table([its, right], "evaluation"))
    publish("trueAccuracy", right.mean, as: .percent(decimals: 1))
    publish("its", its.mean, as: .percent(decimals: 1))
    let commonest = (0..<10).map { digit in digits.sample.labels.count { $0 == digit } }.max() ?? 0
    let always = Double(commonest) / Double(digits.sample.count)
    publish("always", always, as: .percent(decimals: 1))
    func losses(_ epoch: (NotebookRun) -> Double) -> String {
      spread(Sample(runs.map(epoch)), .decimal(places: 3))
    }
    publish("firstLosses", losses(\.firstEpochLoss))
    publish("secondLosses", losses(\.secondEpochLoss))
    publish("learned", right.accuracies.values.count { $0 > 0.2 })
    //: From \(learned) seeds the network has learned to read more than every fifth digit, and
    //: \(trueAccuracy) in the mean. Evaluated the notebook's way the same weights read \(its), less than
    //: naming the commonest digit every time would read (\(always)). Their losses in the two epochs are
    //: \(firstLosses) and \(secondLosses); the notebook printed \(quotedLosses).
    claim(
      "evaluated the notebook's way, the accuracy is about that of guessing, whatever the seed",
      over: its.accuracies.values, .within(0.05...0.16), as: .percent(decimals: 1),
      mutants: ["the same weights, image by image": right.accuracies.values])
    claim(
      "the notebook's training reads more digits than guessing, in the mean", right.mean,
      .above(0.2), as: .percent(decimals: 1),
      mutants: ["evaluated the notebook's way": its.mean])
    return runs  //hide
  }

  /// The same picture with values up to 1.
  private func scaled(_ matrix: Matrix) -> Matrix {
    let greatest = matrix.values.max() ?? 1
    return Matrix(rows: matrix.rows, columns: matrix.columns) { matrix[$0, $1] / greatest }
  }

  /// A line for each experiment: the mean with its interval, the spread, the extremes.
  func table(_ experiments: [Experiment], _ title: String) -> Table {
    Table(
      experiments,
      columns: [
        .column(title, \.name),
        .column("mean", \.mean, as: .percent(decimals: 1)),
        .column("standard deviation", \.accuracies.standardDeviation, as: .percent(decimals: 1)),
        .column("worst seed", \.accuracies.least, as: .percent(decimals: 1)),
        .column("best seed", \.accuracies.greatest, as: .percent(decimals: 1)),
      ])
  }
}
