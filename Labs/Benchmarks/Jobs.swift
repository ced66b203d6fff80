import LabKit

/// The networks and batches that are timed.
enum Jobs {
  /// Lab 10's network: conv 1→4 k3, conv 4→2 k7, linear 968→10.
  static func lab10(_ random: inout SplitMix64) throws -> Sequential {
    try Sequential(input: [50, 1, 28, 28]) {
      Conv2D(
        inputChannels: 1, outputChannels: 4, kernelSize: 3, padding: 1, bias: false, using: &random)
      ReLU()
      Conv2D(inputChannels: 4, outputChannels: 2, kernelSize: 7, bias: false, using: &random)
      ReLU()
      Flatten()
      Linear(inputs: 968, outputs: 10, using: &random)
    }
  }

  /// A network of LeNet's class: conv 1→32, conv 32→64, pool, linear 12544→128→10.
  static func lenet(_ random: inout SplitMix64) throws -> Sequential {
    try Sequential(input: [64, 1, 28, 28]) {
      Conv2D(inputChannels: 1, outputChannels: 32, kernelSize: 3, padding: 1, using: &random)
      ReLU()
      Conv2D(inputChannels: 32, outputChannels: 64, kernelSize: 3, padding: 1, using: &random)
      ReLU()
      MaxPool2D(size: 2)
      Flatten()
      Linear(inputs: 12544, outputs: 128, using: &random)
      ReLU()
      Linear(inputs: 128, outputs: 10, using: &random)
    }
  }
}

/// A network in training: whole steps on one batch.
final class Trainer {
  private var network: Sequential
  private var optimizer = SGD(learningRate: 1e-3)
  private let images: Tensor
  private let labels: [Int]

  init(_ network: Sequential, batch: Int, using random: inout SplitMix64) {
    self.network = network
    images = Tensor.uniform([batch, 1, 28, 28], using: &random)
    labels = (0..<batch).map { $0 % 10 }
  }

  /// Forward, loss, backward, update.
  func step() { step(images, labels) }

  /// The same on another batch.
  func step(_ images: Tensor, _ labels: [Int]) {
    let forward = network.forward(images)
    let loss = softmaxCrossEntropy(forward.output, labels: labels)
    optimizer.update(&network, forward.pullback.parameters(loss.gradient))
  }

  /// One epoch in shuffled batches of 50.
  func epoch(_ dataset: Dataset, using random: inout SplitMix64) {
    for batch in dataset.batches(of: 50, shuffledUsing: &random) {
      step(batch.images, batch.labels)
    }
  }

  /// The classes of some images.
  func predictions(_ images: Tensor) -> [Int] { network.predictions(for: images) }
}
