package import LabKit

/// How the network of Part 2 is initialised and trained.
package struct Recipe: Sendable {
  package var loss: NotebookLoss
  /// Whether the second convolution hands channel 0's gradient to all channels.
  package var channelFault: Bool
  package var initializer: Initializer = .uniform(-0.1...0.1)
  package var learningRate: Float = 0.5
  /// Adam instead of plain gradient descent.
  package var usesAdam = false
  package var epochs = 2

  /// All settings and all faults of the notebook.
  package static let notebook = Recipe(loss: NotebookLoss(), channelFault: true)

  /// Everything right: plain softmax, right gradients.
  package static func right(
    _ initializer: Initializer, learningRate: Float, usesAdam: Bool = false
  ) -> Recipe {
    Recipe(
      loss: .plain, channelFault: false, initializer: initializer, learningRate: learningRate,
      usesAdam: usesAdam)
  }

  /// A copy with something changed.
  package func with(_ change: (inout Recipe) -> Void) -> Recipe {
    var copy = self
    change(&copy)
    return copy
  }

  /// The network before training.
  package func network(seed: UInt64) throws -> Sequential {
    var random = SplitMix64(seed: seed)
    let first = Conv2D(
      inputChannels: 1, outputChannels: 4, kernelSize: 3, padding: 1, bias: false,
      initializer: initializer, using: &random)
    let second = Conv2D(
      inputChannels: 4, outputChannels: 2, kernelSize: 7, bias: false,
      initializer: initializer, using: &random)
    // The course library drew the bias of the linear layer with its weights.
    let drawsBias = if case .uniform = initializer { true } else { false }
    let linear = Linear(
      inputs: 968, outputs: 10, initializer: initializer,
      biasInitializer: drawsBias ? initializer : .zeros, using: &random)
    return try Sequential(input: [50, 1, 28, 28]) {
      first
      ReLU()
      if channelFault { NotebookConvolution(right: second) } else { second }
      ReLU()
      Flatten()
      linear
    }
  }

  /// The loss of a batch and the gradients of all parameters, right or with this recipe's faults.
  package func gradients(
    of network: Sequential, on batch: PackedBatch
  ) -> (loss: Float, gradients: [Tensor]) {
    let forward = network.forward(batch.images)
    let loss = loss(of: forward.output, batch.labels)
    return (loss.value, forward.pullback.parameters(loss.gradient))
  }

  /// The loss of logits, with this recipe's faults.
  func loss(of logits: Tensor, _ labels: [Int]) -> Loss {
    loss == .plain ? softmaxCrossEntropy(logits, labels: labels) : loss(logits, labels: labels)
  }

  /// A network trained on batches of 50 in the data set's order.
  package func train(seed: UInt64, on data: Dataset) throws -> Trained {
    try train(seed: seed, on: PackedBatch.all(of: data, size: 50))
  }

  /// A network trained on batches in their order.
  package func train(seed: UInt64, on batches: [PackedBatch]) throws -> Trained {
    var network = try network(seed: seed)
    var losses: [Float] = []
    var sgd = SGD(learningRate: learningRate)
    var adam = Adam(learningRate: learningRate)
    training: for _ in 0..<epochs {
      for batch in batches {
        let (loss, gradients) = gradients(of: network, on: batch)
        if usesAdam {
          adam.update(&network, gradients)
        } else {
          sgd.update(&network, gradients)
        }
        losses.append(loss)
        if loss.isNaN && network.isLost { break training }
      }
    }
    losses += repeatElement(.nan, count: epochs * batches.count - losses.count)
    return Trained(network: network, losses: losses)
  }
}

extension Sequential {
  /// Whether no parameter is a number any more: what such a network computes and learns is NaN for
  /// ever, and its remaining steps can be told without taking them.
  fileprivate var isLost: Bool {
    parameters.allSatisfy { $0.elements.allSatisfy(\.isNaN) }
  }
}

/// A trained network and the loss of each step, before the step.
package struct Trained: Sendable {
  package var network: Sequential
  package var losses: [Float]
}
