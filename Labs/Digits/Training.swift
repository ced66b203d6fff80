import LabKit
import SystemCalls

/// A network that was trained after a recipe, and how that went.
struct Trained: Sendable {
  var network: Sequential
  /// The mean loss of each 1/20 of the training.
  var losses: [Float] = []
  /// The accuracy on the validation images after each epoch.
  var validation: [Float] = []
  /// Seconds of processor time that the training took, evaluations not counted.
  var seconds = 0.0
}

extension Recipe {
  /// Trains a network from a seed.
  ///
  /// - Parameters:
  ///   - seed: Fixes the first weights, the order of the images and their changes.
  ///   - training: What to learn from.
  ///   - validation: What the accuracy after each epoch is measured on.
  func train(seed: UInt64, on training: Dataset, validation: Dataset) throws -> Trained {
    var random = SplitMix64(seed: seed)
    let network = try network(&random)
    let data = images.map { training.prefix($0) } ?? training
    let steps = epochs * data.batches(of: batch).count
    let optimizer = ParameterGroups(
      of: network,
      .init(Adam(learningRate: rate, decoupledWeightDecay: weightDecay)) { $1.shape.rank > 1 },
      .init(Adam(learningRate: rate)))
    var trainer = Trainer(
      network, optimizer,
      schedule: isScheduled ? .cosine(peak: rate, steps: steps, warmUp: steps / 20) : nil,
      averaging: averaging)
    var trained = Trained(network: network)
    let progress = Progress("\(name), seed \(seed)", count: epochs, unit: "epoch")
    for _ in 0..<epochs {
      let start = processorSeconds()
      trainer.epoch(
        data, batchSize: batch, augmentation: augmentation, labelSmoothing: smoothing,
        using: &random)
      trained.seconds += processorSeconds() - start
      trained.network = trainer.average?.applied(to: trainer.network) ?? trainer.network
      let accuracy = trained.network.evaluate(validation).accuracy
      trained.validation.append(Float(accuracy))
      progress.advance("validation", accuracy)
    }
    progress.finish()
    let losses = trainer.history.losses
    trained.losses = (0..<20).map { part in
      let range = part * losses.count / 20..<(part + 1) * losses.count / 20
      return losses[range].reduce(0, +) / Float(max(range.count, 1))
    }
    return trained
  }
}
