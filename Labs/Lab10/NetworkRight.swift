import LabKit

extension Lab10 {
  func rightNetwork(_ digits: Digits) throws {
    //: ### The network set right
    //:
    //: Plain softmax cross-entropy, He's initialisation, Adam at learning rate \(learningRate),
    //: shuffled batches of 50, \(epochs) epochs. This is all of the code:
    let train = digits.all
    if full { cite(train) }  //hide
    publish("trainCount", train.count)
    var random = SplitMix64(seed: seed)
    var network = try Recipe.right(.heUniform, learningRate: 0).network(seed: seed)
    let untrained = network
    var optimizer = Adam(learningRate: learningRate)
    var losses: [Float] = []
    var accuracies = [(step: 0, accuracy: network.evaluate(digits.sample).accuracy)]
    let stepsPerEpoch = train.batches(of: 50).count
    let training = Progress("Training", count: epochs * stepsPerEpoch)
    for _ in 0..<epochs {
      for batch in train.batches(of: 50, shuffledUsing: &random) {
        let forward = network.forward(batch.images)
        let loss = softmaxCrossEntropy(forward.output, labels: batch.labels)
        optimizer.update(&network, forward.pullback.parameters(loss.gradient))
        losses.append(loss.value)
        if losses.count % max(epochs * stepsPerEpoch / 20, 1) == 0 {
          accuracies.append((losses.count, network.evaluate(digits.sample).accuracy))
        }
        training.advance("loss", loss.value)
      }
    }
    let evaluation = network.evaluate(digits.test)
    publish("accuracy", evaluation.accuracy, as: .percent(decimals: 1))
    publish("testCount", digits.test.count)
    publish("guessing", Elementary.log(10), as: .decimal(places: 3))
    //: It learned from \(trainCount) images and reads \(accuracy) of the \(testCount) test digits.
    //| label: fig-loss
    //| fig-cap: "Training loss, one point per batch"
    let lossCurve = Figure(
      x: Axis("step"), y: Axis("cross-entropy", unit: "nats", includesZero: true)
    ) {
      LineMark(x: 1...losses.count, y: losses, label: "training batch")
      RuleMark(y: Elementary.log(10), label: "guessing, ln 10")
    }
    show(lossCurve)
    //| label: fig-accuracy
    //| fig-cap: "Accuracy on every fifth test image during the training"
    let accuracyCurve = Figure(
      x: Axis("step"), y: Axis("accuracy", domain: 0...1, format: .percent(decimals: 0))
    ) {
      LineMark(
        x: accuracies.map(\.step), y: accuracies.map(\.accuracy), label: "test images",
        symbol: .circle)
      RuleMark(y: 0.1, label: "guessing")
    }
    show(accuracyCurve)
    claim(
      "the trained network reads most digits", evaluation.accuracy,
      .above(full ? (epochs >= 5 ? 0.965 : 0.95) : 0.7), as: .percent(decimals: 1),
      mutants: [
        "the untrained network": untrained.evaluate(digits.test).accuracy,
        "evaluated as one image of 50 channels": network.notebookAccuracy(on: digits.test),
      ])

    //| label: fig-confusion
    //| fig-cap: "Which digit is taken for which"
    let names = (0..<10).map(String.init)
    let confusion = Figure(x: Axis("prediction"), y: Axis("label")) {
      HeatmapMark(
        Matrix(evaluation.confusion.counts), rowLabels: names, columnLabels: names,
        colormap: .blues, label: "test images")
    }
    show(confusion)

    //: #### What it learned
    let kernels = network.parameters[0]
    let second = network.parameters[1]
    //| label: fig-kernels
    //| fig-cap: "The four 3×3 kernels of the first convolution and the eight 7×7 of the second"
    show(
      ImageGrid(
        tiles: (0..<4).map {
          ImageGrid.Tile(Matrix(kernels, item: $0), caption: "first, \($0)")
        }
          + (0..<8).map {
            ImageGrid.Tile(
              Matrix(second, item: $0 / 4, channel: $0 % 4),
              caption: "\($0 % 4) → \($0 / 4)")
          }, columns: 4, tileSize: 64, colormap: .diverging, domain: symmetric(kernels, second),
        showsColorBar: true, label: "weight"))

    //: A feature map with padding has the size of the image and an answer for the pixels of its
    //: edge; without, it loses a row and a column on every side. MNIST's digits stand in the middle,
    //: so the first test image was moved to the left edge to show it:
    let first = Conv2D(weight: kernels, padding: 1)
    let unpadded = Conv2D(weight: kernels)
    let digit = Padding2D(top: 0, bottom: 0, left: -6, right: 6)(
      digits.test.images[items: 0..<1])
    let maps = (with: ReLU()(first(digit)), without: ReLU()(unpadded(digit)))
    func tile(_ maps: Tensor, _ channel: Int) -> ImageGrid.Tile {
      let map = Matrix(maps, channel: channel)
      let greatest = max(map.values.max() ?? 0, 1e-6)
      return ImageGrid.Tile(
        Matrix(rows: map.rows, columns: map.columns) { map[$0, $1] / greatest },
        caption: "map \(channel), \(map.rows)×\(map.columns)")
    }
    //| label: fig-maps
    //| fig-cap: "An image after the first convolution and ReLU, above with padding, below without; each map scaled to its greatest value"
    show(
      ImageGrid(
        tiles: [maps.with, maps.without].flatMap { maps in
          [ImageGrid.Tile(Matrix(digit), caption: "image 28×28")]
            + (0..<4).map { tile(maps, $0) }
        }, columns: 5, tileSize: 84))

    //: #### What it gets wrong
    let wrong = evaluation.predictions.indices.filter {
      evaluation.predictions[$0] != digits.test.labels[$0]
    }.prefix(12)
    let probabilities = softmax(network(digits.test.images.gatheringItems(Array(wrong))))
    //| label: fig-wrong
    //| fig-cap: "The first digits that it gets wrong: label → prediction, with the probability it gives to its prediction"
    show(
      ImageGrid(
        tiles: wrong.enumerated().map { row, index in
          let guess = evaluation.predictions[index]
          return ImageGrid.Tile(
            Matrix(digits.test.images, item: index),
            caption: "\(digits.test.labels[index]) → \(guess), "
              + NumberFormat.percent(decimals: 0).string(Double(probabilities[row, guess])))
        }, columns: 6, tileSize: 76))
  }

  /// A range around zero that holds all weights.
  private func symmetric(_ tensors: Tensor...) -> ClosedRange<Double> {
    let greatest = Double(tensors.map { $0.map { abs($0) }.maximum() }.max() ?? 1)
    return -greatest...greatest
  }
}
