import Datasets
import Foundation
import NeuralNetworks
import Tensors
import Testing

/// The training of Lab 10's network against TensorFlow's, step by step from the same weights.
///
/// `Labs/Lab10/Reference/make-training.py` made the reference.
@Suite struct TrainingTests {
  let data: Dataset

  init() throws {
    data = try MNIST.train1000()
  }

  /// The losses of two epochs, each before its update.
  private func train(
    _ network: inout Sequential, with optimizer: inout some Optimizer
  ) -> [Float] {
    (0..<2).flatMap { _ in
      data.batches(of: 50).map { batch in
        let forward = network.forward(batch.images)
        let loss = softmaxCrossEntropy(forward.output, labels: batch.labels)
        optimizer.update(&network, forward.pullback.parameters(loss.gradient))
        return loss.value
      }
    }
  }

  private func referenceNetwork(_ file: SafeTensors, seed: Int) throws -> Sequential {
    try Sequential(input: [50, 1, 28, 28]) {
      Conv2D(weight: try file.tensor("\(seed)/conv1"), padding: 1)
      ReLU()
      Conv2D(weight: try file.tensor("\(seed)/conv2"))
      ReLU()
      Flatten()
      Linear(weight: try file.tensor("\(seed)/linear"), bias: try file.tensor("\(seed)/bias"))
    }
  }

  @Test(arguments: 0..<5, ["sgd", "adam"])
  func `Follows TensorFlow for forty steps`(_ seed: Int, _ rule: String) throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Labs/Lab10/Reference/training.safetensors").standardized
    let file = try SafeTensors(path: path.path())
    var network = try referenceNetwork(file, seed: seed)
    let losses: [Float]
    if rule == "sgd" {
      var optimizer = SGD(learningRate: 0.1)
      losses = train(&network, with: &optimizer)
    } else {
      var optimizer = Adam(learningRate: 0.003, epsilon: 1e-7, usesEpsilonHat: true)
      losses = train(&network, with: &optimizer)
    }
    let expected = try file.tensor("\(seed)/\(rule)/losses").elements
    #expect(losses.count == 40 && expected.count == 40)
    let worst = zip(losses, expected).map { ($0 - $1).magnitude }.max() ?? .infinity
    // Adam divides gradients by their own size, and so enlarges the rounding of the smallest ones.
    #expect(worst < (rule == "sgd" ? 1e-4 : 1e-3))
  }
}
