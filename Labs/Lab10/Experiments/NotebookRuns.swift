internal import LabKit

/// What is looked at of one training, from one seed.
package struct NotebookRun: Sendable {
  /// Evaluated image by image.
  package var accuracy: Double
  /// Evaluated as one image of 50 channels.
  package var notebookAccuracy: Double
  /// The least loss of any step.
  package var leastLoss: Double
  /// The mean losses of the steps of the first and the second epoch.
  package var firstEpochLoss: Double
  package var secondEpochLoss: Double
  /// The largest magnitude among the logits of the first batch, before and after the training.
  package var logitBefore: Double
  package var logitAfter: Double
}

/// The notebook's own training, evaluated in both ways on the sample.
package func notebookRuns(seeds: Int, _ digits: Digits) throws -> [NotebookRun] {
  try runs(.notebook, "The notebook's training", seeds: seeds, digits)
}

/// The same with all five faults repaired, and nothing else changed.
package func repairedRuns(seeds: Int, _ digits: Digits) throws -> [NotebookRun] {
  try runs(Repairs.all.recipe, "All repairs", seeds: seeds, digits)
}

/// The robust short recipe: right code, He's start, Adam.
package func robustRuns(seeds: Int, _ digits: Digits) throws -> [NotebookRun] {
  try runs(
    .right(.heUniform, learningRate: 3e-3, usesAdam: true), "Adam", seeds: seeds, digits)
}

private func runs(
  _ recipe: Recipe, _ title: String, seeds: Int, _ digits: Digits
) throws -> [NotebookRun] {
  let batch = digits.trainBatches[0]
  return try concurrentMap(title, Array(0..<UInt64(seeds))) { seed in
    func largestLogit(_ network: Sequential) -> Double {
      Double(network(batch.images).map { abs($0) }.maximum())
    }
    func mean(_ losses: ArraySlice<Float>) -> Double {
      losses.reduce(0) { $0 + Double($1) } / Double(losses.count)
    }
    let trained = try recipe.train(seed: seed, on: digits.trainBatches)
    return NotebookRun(
      accuracy: trained.network.accuracy(on: digits.sampleBatches),
      notebookAccuracy: trained.network.notebookAccuracy(on: digits.sample),
      leastLoss: Double(trained.losses.min() ?? .nan),
      firstEpochLoss: mean(trained.losses.prefix(digits.trainBatches.count)),
      secondEpochLoss: mean(trained.losses.suffix(digits.trainBatches.count)),
      logitBefore: largestLogit(try recipe.network(seed: seed)),
      logitAfter: largestLogit(trained.network))
  }
}
