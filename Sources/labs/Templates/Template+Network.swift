extension Template {
  static let networkSource = #"""
    //: # Reading digits
    //: A network with one convolution learns to read handwritten digits from \(imageCount) images.
    //: After \(epochs) passes it reads \(accuracy) of the test images.
    import LabKit

    @main
    struct LabType: Lab {
      @Option(help: "Passes over the training images.")
      var epochs = 2

      @Option(help: "Seed of the weights and of the order of the images.")
      var seed: UInt64 = 1

      func report() throws {
        //: ## Data
        //: MNIST: grey images of 28 × 28 pixels. A thousand for training and all ten thousand for
        //: testing come with LabKit; `MNIST.full()` reads the whole set from disk.
        let training = try MNIST.train1000()
        let test = try MNIST.test()
        cite(training)
        cite(test)
        publish("imageCount", training.count)

        //: ## The network
        var random = SplitMix64(seed: seed)
        var network = try Sequential(input: [1, 1, 28, 28]) {
          Conv2D(inputChannels: 1, outputChannels: 8, kernelSize: 3, padding: .same, using: &random)
          ReLU()
          MaxPool2D(size: 2)
          Flatten()
          Linear(inputs: 8 * 14 * 14, outputs: 10, using: &random)
        }
        let untrained = network.evaluate(test).accuracy

        //: ## Training
        //: Batches of 50 images in a new order each time; Adam takes the steps. What comes of it is kept
        //: on disk, and the network trains again when what it depends on changes: a parameter, the code
        //: up to here, LabKit.
        let losses = try remembered("training", by: epochs, seed, network: &network) { network in
          var order = SplitMix64(seed: seed &+ 1)
          var optimizer = Adam(learningRate: 3e-3)
          var losses: [Float] = []
          for _ in Progress("Training", over: 0..<epochs) {
            for batch in training.batches(of: 50, shuffledUsing: &order) {
              let forward = network.forward(batch.images)
              let loss = softmaxCrossEntropy(forward.output, labels: batch.labels)
              optimizer.update(&network, forward.pullback.parameters(loss.gradient))
              network.state = forward.state
              losses.append(loss.value)
            }
          }
          return losses
        }

        //| label: fig-loss
        //| fig-cap: "The loss of each batch"
        let figure = Figure("Training", x: Axis("step"), y: Axis("cross-entropy (nats)")) {
          LineMark(x: Array(1...losses.count), y: losses)
        }
        show(figure)

        //: ## How well does it read?
        let evaluation = network.evaluate(test)
        publish("accuracy", evaluation.accuracy, as: .percent(decimals: 1))
        claim(
          "It reads well over half of the digits", evaluation.accuracy, .above(0.7),
          as: .percent(decimals: 1), mutants: ["untrained": untrained])
      }
    }

    """#
}
