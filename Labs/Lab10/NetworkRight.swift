import Lab10Experiments
import LabKit

extension Lab10 {
  func rightNetwork(_ digits: Digits) throws {
    //: ### The network set right
    //:
    //: Plain softmax cross-entropy, He's initialisation, Adam at learning rate \(learningRate),
    //: shuffled batches of 50, \(epochs) epochs. This is all of the code. What it leans on can be read:
    //: the [loss](../Sources/NeuralNetworks/SoftmaxCrossEntropy.swift), the
    //: [optimizer](../Sources/NeuralNetworks/Adam.swift) (gradient descent is
    //: [here](../Sources/NeuralNetworks/SGD.swift)), the
    //: [evaluation](../Sources/NeuralNetworks/Evaluation.swift).
    let train = digits.all
    if full { cite(train) }  //hide
    publish("trainCount", train.count)
    publish("stepCount", epochs * train.batches(of: 50).count)
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
    publish("lastGuess", (losses.lastIndex { Double($0) >= Elementary.log(10) } ?? -1) + 1)
    publish("halfway", accuracies.first { $0.accuracy > 0.5 }?.step ?? 0)
    //: This one run learned from \(trainCount) images and reads \(accuracy) of the \(testCount) test digits. (What
    //: reads them better, step by step, is [another lab](digits.md).) After step \(lastGuess) its
    //: loss stays below that of guessing (@fig-loss), and among the steps of @fig-accuracy
    //: \(halfway) is the first after which it reads most digits.
    //| label: fig-loss
    //| fig-cap: "Training loss: the loss of each batch before its step"
    //| code-fold: true
    let lossCurve = Figure(
      x: Axis("step"), y: Axis("cross-entropy", unit: "nats", includesZero: true)
    ) {
      LineMark(x: 1...losses.count, y: losses, label: "training batch")
      RuleMark(y: Elementary.log(10), label: "guessing, ln 10")
    }
    show(lossCurve)
    //| label: fig-accuracy
    //| fig-cap: "Accuracy during the training, on every tenth test image (the percentage above is of all)"
    //| code-fold: true
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
        "trained as in the notebook": try Recipe.notebook.train(seed: seed, on: digits.train)
          .network.evaluate(digits.test).accuracy,
        "evaluated as one image of 50 channels": network.notebookAccuracy(on: digits.test),
      ])

    let counts = evaluation.confusion.counts
    let pairs = (0..<100).map { ($0 / 10, $0 % 10) }.filter { $0.0 != $0.1 }
    let worst = pairs.max { counts[$0.0][$0.1] < counts[$1.0][$1.1] } ?? (0, 0)
    publish("commonestError", "\(worst.0) taken for a \(worst.1)")
    publish("commonestCount", counts[worst.0][worst.1])
    //: Most of @fig-confusion lies on its diagonal. Off it, the fullest cell is a \(commonestError):
    //: \(commonestCount) times.
    //| label: fig-confusion
    //| fig-cap: "Which digit is taken for which, on all test images: a row for each label, a column for each prediction"
    //| code-fold: true
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
    let moved0 = relativeError(kernels, untrained.parameters[0])
    let moved1 = relativeError(second, untrained.parameters[1])
    publish("firstMoved", moved0, as: .percent(decimals: 0))
    publish("secondMoved", moved1, as: .percent(decimals: 0))
    //: From their random start, which is not drawn, the first four kernels (@fig-kernels) moved by
    //: \(firstMoved) of their length in \(stepCount) steps, the eight of the second layer (@fig-kernels-second)
    //: by \(secondMoved): most of what one sees is still chance.
    //| label: fig-kernels
    //| fig-cap: "The four 3×3 kernels of the first convolution"
    //| code-fold: true
    show(
      ImageGrid(
        tiles: (0..<4).map { ImageGrid.Tile(Matrix(kernels, item: $0), caption: "\($0)") },
        columns: 4, tileSize: 64, colormap: .diverging, domain: symmetric(kernels),
        showsColorBar: true, label: "weight"))
    //| label: fig-kernels-second
    //| fig-cap: "The eight 7×7 kernels of the second, from each of its four inputs to each of its two outputs"
    //| code-fold: true
    show(
      ImageGrid(
        tiles: (0..<8).map {
          ImageGrid.Tile(
            Matrix(second, item: $0 / 4, channel: $0 % 4), caption: "\($0 % 4) → \($0 / 4)")
        }, columns: 4, tileSize: 64, colormap: .diverging, domain: symmetric(second),
        showsColorBar: true, label: "weight"))

    //: A [feature map](#term-channel) with padding has an answer for the pixels of the edge; without, it
    //: loses one row or column at each side. MNIST's digits stand in the middle: \(touching) of the
    //: \(testCount) test images have ink in the outermost ring of pixels. So the first of them was moved
    //: until it touches the left edge, and the map that answers most there is drawn, its left part enlarged:
    let padded = Conv2D(weight: kernels, padding: 1)
    let unpadded = Conv2D(weight: kernels)
    let centred = digits.test.images[items: 0..<1]
    let margin =
      (0..<28).first { column in (0..<28).contains { centred[0, 0, $0, column] > 0 } } ?? 0
    let moved = Padding2D(top: 0, bottom: 0, left: -margin, right: margin)(centred)
    publish("touching", touchingCount(digits.test))
    let maps = ReLU()(padded(moved))
    func edge(_ maps: Tensor, _ channel: Int) -> Double {
      (0..<28).reduce(0) { $0 + Double(maps[0, channel, $1, 0]) }
    }
    let channel = (0..<4).max { edge(maps, $0) < edge(maps, $1) } ?? 0
    let without = ReLU()(unpadded(moved))
    let (rows, columns) = (4..<28, 0..<14)
    let greatest = Double(maps.maximum())
    // What the unpadded map has no answer for stays empty.
    let seen = Matrix(rows: rows.count, columns: columns.count) { row, column in
      let (i, j) = (row + rows.lowerBound - 1, column - 1)
      let isInside = (0..<26).contains(i) && (0..<26).contains(j)
      return isInside ? Double(without[0, channel, i, j]) / greatest : .nan
    }
    //| label: fig-maps
    //| fig-cap: "The left part of a moved digit, and of its map after the first convolution and ReLU: with padding, and without, where the column at the edge and the row below are missing. Maps in shares of the greatest answer of all four maps"
    //| code-fold: true
    let edges = ImageGrid(
      tiles: [
        ImageGrid.Tile(part(moved, 0, rows, columns), caption: "the digit, moved"),
        ImageGrid.Tile(
          part(maps * Float(1 / greatest), channel, rows, columns), caption: "with padding"),
        ImageGrid.Tile(seen, caption: "without"),
      ], columns: 3, tileSize: 220, colormap: .viridis, domain: 0...1, showsColorBar: true,
      label: "share of the greatest")
    show(edges)
    //: The column at the edge holds \(edgeShare) of the sum of this map (an average column:
    //: \(columnShare)); the unpadded map has no such column.
    func share(_ image: Tensor) -> Double {
      let map = ReLU()(padded(image))
      let all = (0..<28).reduce(0.0) { sum, column in
        sum + (0..<28).reduce(0) { $0 + Double(map[0, channel, $1, column]) }
      }
      return edge(map, channel) / all
    }
    publish("edgeShare", share(moved), as: .percent(decimals: 1))
    publish("columnShare", 1.0 / 28, as: .percent(decimals: 1))
    claim(
      "padding keeps an answer at the edge where the digit touches it", share(moved), .above(0.005),
      as: .percent(decimals: 2),
      mutants: ["the digit in the middle, as MNIST has it": share(centred)])

    //: #### What it gets wrong
    let wrong = evaluation.predictions.indices.filter {
      evaluation.predictions[$0] != digits.test.labels[$0]
    }.prefix(12)
    let probabilities = softmax(network(digits.test.images.gatheringItems(Array(wrong))))
    let sure = softmax(network(digits.sample.images))
    let (right, missed) = sureness(sure, digits.sample.labels)
    publish("sureRight", right.median, as: .percent(decimals: 0))
    publish("sureWrong", missed.median, as: .percent(decimals: 0))
    //: Where it errs, the network is mostly less sure: to a wrong prediction, as those of @fig-wrong, it gives a
    //: probability of \(sureWrong), to a right one \(sureRight) (medians over every tenth test image).
    //| label: fig-wrong
    //| fig-cap: "The first digits that it gets wrong: label → prediction, with the probability it gives to its prediction"
    //| code-fold: true
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

  /// The probabilities that a classifier gives to its predictions, where they are right and where not.
  private func sureness(_ probabilities: Tensor, _ labels: [Int]) -> (right: Sample, wrong: Sample)
  {
    let predictions = probabilities.argmaxPerItem()
    func sample(_ isRight: Bool) -> Sample {
      Sample(
        labels.indices.filter { (predictions[$0] == labels[$0]) == isRight }
          .map { Double(probabilities[$0, predictions[$0]]) })
    }
    return (sample(true), sample(false))
  }

  /// Some rows and columns of one channel of the first image.
  private func part(
    _ images: Tensor, _ channel: Int, _ rows: Range<Int>, _ columns: Range<Int>
  ) -> Matrix {
    Matrix(rows: rows.count, columns: columns.count) { row, column in
      Double(images[0, channel, row + rows.lowerBound, column + columns.lowerBound])
    }
  }

  /// A range around zero that holds all weights.
  private func symmetric(_ weights: Tensor) -> ClosedRange<Double> {
    let greatest = Double(weights.map { abs($0) }.maximum())
    return -greatest...greatest
  }
}
