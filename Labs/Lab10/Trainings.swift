import Dispatch
import LabKit
import Synchronization

/// How the network of Part 2 is initialised and trained.
struct Recipe: Sendable {
  var loss: NotebookLoss
  /// Whether the second convolution hands channel 0's gradient to all channels.
  var channelFault: Bool
  var initializer: Initializer = .uniform(-0.1...0.1)
  var learningRate: Float = 0.5
  /// Adam instead of plain gradient descent.
  var usesAdam = false
  var epochs = 2

  /// All settings and all faults of the notebook.
  static let notebook = Recipe(loss: NotebookLoss(), channelFault: true)

  /// Everything right: plain softmax, right gradients.
  static func right(_ initializer: Initializer, learningRate: Float, usesAdam: Bool = false)
    -> Recipe
  {
    Recipe(
      loss: .plain, channelFault: false, initializer: initializer, learningRate: learningRate,
      usesAdam: usesAdam)
  }

  /// A copy with something changed.
  func with(_ change: (inout Recipe) -> Void) -> Recipe {
    var copy = self
    change(&copy)
    return copy
  }

  /// The network before training.
  func network(seed: UInt64) throws -> Sequential {
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

  /// A network trained on batches of 50 in the data set's order.
  func train(seed: UInt64, on data: Dataset) throws -> Trained {
    var network = try network(seed: seed)
    var losses: [Float] = []
    var sgd = SGD(learningRate: learningRate)
    var adam = Adam(learningRate: learningRate)
    for _ in 0..<epochs {
      for batch in data.batches(of: 50) {
        let forward = network.forward(batch.images)
        let loss =
          loss == .plain
          ? softmaxCrossEntropy(forward.output, labels: batch.labels)
          : loss(forward.output, labels: batch.labels)
        let gradients = forward.pullback.parameters(loss.gradient)
        if usesAdam {
          adam.update(&network, gradients)
        } else {
          sgd.update(&network, gradients)
        }
        losses.append(loss.value)
      }
    }
    return Trained(network: network, losses: losses)
  }
}

/// A trained network and the loss of each step, before the step.
struct Trained: Sendable {
  var network: Sequential
  var losses: [Float]
}

/// Mean and spread of a quantity over seeds.
struct Spread: Sendable {
  var values: [Double]

  var mean: Double { values.reduce(0, +) / Double(values.count) }

  /// The standard deviation of the population the seeds are drawn from (divisor n - 1).
  var deviation: Double {
    let mean = mean
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(max(values.count - 1, 1))).squareRoot()
  }

  var least: Double { values.reduce(.infinity, min) }
  var greatest: Double { values.reduce(-.infinity, max) }

  /// "0.360 ± 0.046"
  var text: String {
    "\(NumberFormat.decimal(places: 3).string(mean)) ± "
      + NumberFormat.decimal(places: 3).string(deviation)
  }
}

/// The results of independent jobs in their order, computed on all cores.
///
/// Each job is computed by one thread from start to end, so the results do not depend on how many
/// there are.
func concurrentMap<Item: Sendable, Result: Sendable>(
  _ title: String, _ items: [Item], _ transform: @Sendable (Item) throws -> Result
) throws -> [Result] {
  let progress = Progress(title, count: items.count, unit: "run")
  let results = Mutex([Swift.Result<Result, any Error>?](repeating: nil, count: items.count))
  DispatchQueue.concurrentPerform(iterations: items.count) { index in
    let result = Swift.Result { try transform(items[index]) }
    results.withLock { $0[index] = result }
    progress.advance()
  }
  progress.finish()
  return try results.withLock { try $0.compactMap { try $0?.get() } }
}
