internal import Dispatch
package import LabKit
internal import Synchronization

/// The accuracies of one recipe, one for each seed.
package struct Experiment: Sendable {
  package var name: String
  package var accuracies: Sample

  package init(_ name: String, _ accuracies: Sample) {
    self.name = name
    self.accuracies = accuracies
  }

  /// The mean with its interval.
  package var mean: Estimate { .mean(of: accuracies) }
}

/// Trains every recipe from all seeds, and evaluates it image by image.
package func experiments(
  _ recipes: [(String, Recipe)], _ title: String, seeds: Int, _ digits: Digits
) throws -> [Experiment] {
  let jobs = recipes.flatMap { recipe in
    (0..<UInt64(seeds)).map { (recipe: recipe.1, seed: $0) }
  }
  let accuracies = try concurrentMap(title, jobs) { job in
    try job.recipe.train(seed: job.seed, on: digits.trainBatches).network
      .accuracy(on: digits.sampleBatches)
  }
  return recipes.indices.map { recipe in
    Experiment(recipes[recipe].0, Sample(accuracies[recipe * seeds..<(recipe + 1) * seeds]))
  }
}

/// The results of independent jobs in their order, computed side by side on as many threads as
/// operations may use (`--threads`).
///
/// Each job is computed by one thread from start to end, its operations included, so the results do
/// not depend on how many there are; and small operations that wait for no other thread are faster
/// than shared ones.
package func concurrentMap<Item: Sendable, Result: Sendable>(
  _ title: String, _ items: [Item], _ transform: @Sendable (Item) throws -> Result
) throws -> [Result] {
  let progress = Progress(title, count: items.count, unit: "run")
  let results = Mutex([Swift.Result<Result, any Error>?](repeating: nil, count: items.count))
  let next = Atomic<Int>(0)
  let threads = Compute.threadCount
  Compute.threadCount = 1
  defer { Compute.threadCount = threads }
  DispatchQueue.concurrentPerform(iterations: min(threads, items.count)) { _ in
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      if index >= items.count { break }
      let result = Swift.Result { try transform(items[index]) }
      results.withLock { $0[index] = result }
      progress.advance()
    }
  }
  progress.finish()
  return try results.withLock { try $0.compactMap { try $0?.get() } }
}

/// One row per experiment, a point for each seed and a diamond for the mean; a rule at guessing.
package func stripFigure(_ experiments: [Experiment]) -> Figure {
  let rows = experiments.indices.map { Double($0) }
  return Figure(
    x: Axis("accuracy", domain: 0...1, format: .percent(decimals: 0)),
    y: Axis(
      domain: -0.6...Double(experiments.count) - 0.4, isReversed: true,
      ticks: .labelled(experiments.map(\.name).enumerated().map { Tick(Double($0), $1) }),
      showsGrid: false, showsMinorTicks: false),
    size: Size(width: 480, height: 60 + 24 * Double(experiments.count))
  ) {
    RuleMark(x: 0.1)
    PointMark(
      x: experiments.flatMap(\.accuracies.values),
      y: zip(rows, experiments).flatMap { row, experiment in
        experiment.accuracies.values.map { _ in row }
      }, label: "one seed", opacity: 0.4)
    PointMark(
      x: experiments.map(\.accuracies.mean), y: rows, label: "mean", symbol: .diamond, size: 9)
  }
}
