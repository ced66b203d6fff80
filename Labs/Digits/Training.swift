import LabKit
import SystemCalls

/// A network that was trained after a recipe, and how that went.
struct Trained: Sendable {
  var network: Sequential
  /// The mean loss of each 1/20 of the training.
  var losses: [Float] = []
  /// The accuracy on the validation images after each epoch.
  var validation: [Float] = []
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
    var trainer = try trainer(on: training, using: &random)
    var trained = Trained(network: trainer.network)
    let progress = Progress("\(name), seed \(seed)", count: epochs, unit: "epoch")
    for _ in 0..<epochs {
      epoch(&trainer, shown(of: training), &random)
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

  /// How many batches a training sees.
  func steps(on training: Dataset) -> Int { epochs * shown(of: training).batches(of: batch).count }

  /// The seconds of processor time that a batch takes, over one pass through some images.
  func secondsPerBatch(of data: Dataset) throws -> Double {
    var random = SplitMix64(seed: 0)
    var trainer = try trainer(on: data, using: &random)
    let start = processorSeconds()
    epoch(&trainer, data, &random)
    return (processorSeconds() - start) / Double(data.batches(of: batch).count)
  }

  private func shown(of training: Dataset) -> Dataset {
    images.map { training.prefix($0) } ?? training
  }

  private func trainer(
    on training: Dataset, using random: inout SplitMix64
  ) throws -> Trainer<Sequential, ParameterGroups> {
    let network = try network(&random)
    let steps = steps(on: training)
    let optimizer = ParameterGroups(
      of: network,
      .init(Adam(learningRate: rate, decoupledWeightDecay: weightDecay)) { $1.shape.rank > 1 },
      .init(Adam(learningRate: rate)))
    return Trainer(
      network, optimizer,
      schedule: isScheduled ? .cosine(peak: rate, steps: steps, warmUp: steps / 20) : nil,
      averaging: averaging)
  }

  private func epoch(
    _ trainer: inout Trainer<Sequential, ParameterGroups>, _ data: Dataset,
    _ random: inout SplitMix64
  ) {
    trainer.epoch(
      data, batchSize: batch, augmentation: augmentation, labelSmoothing: smoothing, using: &random)
  }
}
