public import Datasets
import Requirements
public import Tensors

/// A network in training: the loop that everybody writes, with nothing left out.
///
/// One step is four lines, and can be written by hand where more is wanted:
///
/// ```swift
/// let forward = network.forward(batch.images, using: &random)
/// let loss = softmaxCrossEntropy(forward.output, labels: batch.labels)
/// optimizer.update(&network, forward, loss.gradient)
/// history.append(loss.value)
/// ```
///
/// A trainer adds what is easily forgotten: the schedule's rate before each step, the limit on the
/// gradient's length, the running average of the weights, and a word, once, when a loss or its gradient is
/// no longer a number: which step, and the first layer where it shows.
///
/// ```swift
/// var trainer = Trainer(network, Adam(), schedule: .cosine(peak: 3e-3, steps: 1_000))
/// for _ in 0..<epochs { trainer.epoch(data, batchSize: 50, using: &random) }
/// trainer.network.evaluate(test)
/// ```
public struct Trainer<Network: Layer, Rule: Optimizer>: Sendable, CustomStringConvertible {
  /// The network, with the parameters and the state of the last step.
  public var network: Network

  /// The rule that turns gradients into new parameters.
  public var optimizer: Rule

  /// The learning rate as a function of the step; `nil` for what the optimizer says.
  public var schedule: LearningRateSchedule?

  /// The most that the gradient of all parameters together may measure; longer ones are scaled
  /// down (``clip(_:toNorm:)``).
  public var largestGradient: Float? { didSet { requireLimit() } }

  /// The running average of the weights, for reading; `nil` for none.
  public var average: WeightAverage?

  /// The losses so far.
  public internal(set) var history = LossHistory()

  /// What is done with the sentence about a training that diverged; by default it goes to standard
  /// error.
  public var warn: @Sendable (String) -> Void = { Requirements.warn($0) }

  /// A network before its first step.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - optimizer: The rule that turns gradients into new parameters.
  ///   - schedule: The learning rate as a function of the step.
  ///   - largestGradient: The most that the gradient may measure, above 0.
  ///   - averaging: The share of the old average that a step keeps; `nil` for no average.
  public init(
    _ network: Network, _ optimizer: Rule, schedule: LearningRateSchedule? = nil,
    largestGradient: Float? = nil, averaging: Float? = nil
  ) {
    self.network = network
    self.optimizer = optimizer
    self.schedule = schedule
    self.largestGradient = largestGradient
    average = averaging.map { WeightAverage(of: network, keeping: $0) }
    requireLimit()
  }

  private func requireLimit() {
    guard let largestGradient else { return }
    require(largestGradient > 0, "a limit on the gradient is above 0, not \(largestGradient)")
  }

  /// The steps and losses, the rule, and the network as a table.
  public var description: String { "\(history)\n\(optimizer)\n\(network)" }

  /// How many steps were made.
  public var stepCount: Int { history.stepCount }

  /// One step.
  ///
  /// - Parameters:
  ///   - x: The batch.
  ///   - random: Where layers that draw take their randomness from.
  ///   - loss: The loss of the network's output.
  /// - Returns: The loss before the update.
  @discardableResult
  public mutating func step(
    _ x: Tensor, using random: inout some RandomNumberGenerator, loss: (Tensor) -> Loss
  ) -> Float {
    if let schedule { optimizer.learningRate = schedule(stepCount) }
    let forward = network.forward(x, using: &random)
    let loss = loss(forward.output)
    let divergence = history.append(loss) { network.firstNotFinite(on: x) }
    if let divergence { warn(divergence.description) }
    var gradients = forward.pullback.parameters(loss.gradient)
    if let largestGradient { clip(&gradients, toNorm: largestGradient) }
    optimizer.update(&network, gradients, state: forward.state)
    average?.update(with: network)
    return loss.value
  }

  /// One step of a classifier on a batch of a data set.
  ///
  /// - Parameters:
  ///   - batch: The samples and their classes.
  ///   - labelSmoothing: The share of a label's probability that goes to all classes alike.
  ///   - random: Where layers that draw take their randomness from.
  /// - Returns: The cross-entropy before the update, in nats.
  @discardableResult
  public mutating func step(
    _ batch: Batch, labelSmoothing: Float = 0, using random: inout some RandomNumberGenerator
  ) -> Float {
    step(batch.images, using: &random) {
      softmaxCrossEntropy($0, labels: batch.labels, smoothing: labelSmoothing)
    }
  }

  /// One pass of a classifier over a data set, in a new random order.
  ///
  /// - Parameters:
  ///   - dataset: The samples and their classes.
  ///   - batchSize: How many samples a step takes.
  ///   - augmentation: How each batch's images are changed on the way; `nil` for not at all.
  ///   - labelSmoothing: The share of a label's probability that goes to all classes alike.
  ///   - random: Gives the order, the augmentation and what layers draw.
  /// - Returns: The mean of the steps' losses.
  @discardableResult
  public mutating func epoch(
    _ dataset: Dataset, batchSize: Int, augmentation: Augmentation? = nil,
    labelSmoothing: Float = 0, using random: inout some RandomNumberGenerator
  ) -> Double {
    require(
      dataset.count == 0 || !dataset.labels.isEmpty,
      "an epoch of a classifier takes a data set with classes, and this one has targets of shape "
        + "\(dataset.targets.shape): make a step(_:using:loss:) for each of its batches")
    let batches = dataset.batches(of: batchSize, shuffledUsing: &random)
    for batch in batches {
      let images = augmentation?(batch.images, using: &random) ?? batch.images
      step(images, using: &random) {
        softmaxCrossEntropy($0, labels: batch.labels, smoothing: labelSmoothing)
      }
    }
    return history.mean(ofLast: batches.count) ?? 0
  }
}
