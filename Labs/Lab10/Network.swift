import LabKit

extension Lab10 {
  func network() throws {
    //: ## Part 2. Padding in a convolutional network
    //:
    //: The network of the original notebook: a padded 3×3 convolution that keeps the 28×28 pixels,
    //: a 7×7 convolution without padding, and a linear layer that reads ten digits.
    var random = SplitMix64(seed: seed)
    var network = try Sequential(input: [50, 1, 28, 28]) {
      Conv2D(
        inputChannels: 1, outputChannels: 4, kernelSize: 3, padding: 1, bias: false,
        initializer: .heUniform, using: &random)
      ReLU()
      Conv2D(
        inputChannels: 4, outputChannels: 2, kernelSize: 7, bias: false,
        initializer: .heUniform, using: &random)
      ReLU()
      Flatten()
      Linear(inputs: 968, outputs: 10, initializer: .heUniform, using: &random)
    }
    //| label: tbl-network
    //| tbl-cap: "The network, for a batch of 50 images"
    show(
      Table(
        network.summary.rows,
        columns: [
          .column("layer", \.layer),
          .column("output (N, C, H, W)", \.output),
          .column("parameters", \.parameters),
          .column("multiply-adds", \.multiplyAdds),
        ]))

    //: It learns from the first 1,000 images of MNIST in batches of 50, with Adam, in \(epochs)
    //: epochs. The 10,000 test images it never sees.
    let train = try MNIST.train1000()
    let test = try MNIST.test()
    cite(train)
    cite(test)
    let untrained = network.evaluate(images: test.images, labels: test.labels)

    var optimizer = Adam(learningRate: 3e-3)
    var losses: [Float] = []
    let batches = train.batches(of: 50)
    let training = Progress("Training", count: epochs * batches.count)
    for step in training {
      let batch = batches[step % batches.count]
      let forward = network.forward(batch.images)
      let loss = softmaxCrossEntropy(forward.output, labels: batch.labels)
      optimizer.update(&network, forward.pullback.parameters(loss.gradient))
      losses.append(loss.value)
      training.report("loss", loss.value)
    }

    //| label: fig-loss
    //| fig-cap: "Training loss, one point per batch of 50 images"
    let curve = Figure("Training loss", x: Axis("step"), y: Axis("cross-entropy", unit: "nats")) {
      LineMark(x: 1...losses.count, y: losses, label: "training batch")
      RuleMark(y: 2.302585, label: "guessing, ln 10")
    }
    show(curve)

    //: ### Evaluation
    let evaluation = network.evaluate(images: test.images, labels: test.labels)
    publish("accuracy", evaluation.accuracy, as: .percent(decimals: 1))
    publish("testCount", test.count)
    //: The network reads \(accuracy) of the \(testCount) test digits.
    claim(
      "the trained network reads most digits", evaluation.accuracy, .above(0.5),
      as: .percent(decimals: 1), mutants: ["the untrained network": untrained.accuracy])

    //| label: fig-confusion
    //| fig-cap: "Which digit is taken for which"
    let digits = (0..<10).map(String.init)
    let confusion = Figure("Confusion matrix", x: Axis("prediction"), y: Axis("label")) {
      HeatmapMark(
        Matrix(evaluation.confusion.counts), rowLabels: digits, columnLabels: digits,
        colormap: .blues, label: "test images")
    }
    show(confusion)

    //| label: fig-samples
    //| fig-cap: "The first test images, with what the network reads"
    let samples = ImageGrid(
      tiles: (0..<20).map { index in
        ImageGrid.Tile(
          Matrix(rows: 28, columns: 28, test.images[items: index..<index + 1].elements),
          caption: "\(evaluation.predictions[index])")
      }, columns: 10, tileSize: 42)
    show(samples)
  }
}
