import Requirements
public import Tensors

/// Ends a training that no longer gets better, and remembers the best network.
///
/// ```swift
/// var stopping = EarlyStopping(patience: 3, keeping: network)
/// while !stopping.isOver {
///   trainer.epoch(train, batchSize: 50, using: &random)
///   stopping.add(trainer.network.evaluate(validation).loss, of: trainer.network)
/// }
/// let network = stopping.best
/// ```
///
/// Lower is better; for an accuracy, give its negative. Judge on a validation set: what the test
/// set chose it cannot measure.
public struct EarlyStopping<Network: Layer>: Sendable, CustomStringConvertible {
  /// How many epochs in a row may pass without a better value.
  public let patience: Int

  /// How much lower a value must be to count as better.
  public let leastGain: Double

  /// The network with the lowest value so far.
  public private(set) var best: Network

  /// The lowest value so far; infinite before the first.
  public private(set) var lowest = Double.infinity

  /// The epoch of the lowest value, counted from 0; `nil` before the first.
  public private(set) var bestEpoch: Int?

  /// How many values were added.
  public private(set) var epochCount = 0

  /// A training before its first epoch.
  ///
  /// - Parameters:
  ///   - patience: How many epochs in a row may pass without a better value, at least 1.
  ///   - leastGain: How much lower a value must be to count as better, at least 0.
  ///   - network: The network as it is.
  public init(patience: Int, leastGain: Double = 0, keeping network: Network) {
    require(patience >= 1, "a patience is at least 1 epoch, not \(patience)")
    require(leastGain >= 0, "a gain is at least 0, not \(leastGain)")
    self.patience = patience
    self.leastGain = leastGain
    best = network
  }

  /// Takes in an epoch's value; a NaN is never better.
  ///
  /// - Returns: Whether it is the best so far.
  @discardableResult
  public mutating func add(_ value: Double, of network: Network) -> Bool {
    epochCount += 1
    guard value < lowest - (lowest.isFinite ? leastGain : 0) else { return false }
    (lowest, bestEpoch, best) = (value, epochCount - 1, network)
    return true
  }

  /// Whether the patience is used up.
  public var isOver: Bool { epochCount - ((bestEpoch ?? -1) + 1) >= patience }

  /// The epochs so far and the best of them.
  public var description: String {
    bestEpoch.map { "\(epochCount) epochs, best \(lowest) in epoch \($0)" }
      ?? "\(epochCount) epochs"
  }
}

extension EarlyStopping {
  private var settings: [String: String] {
    ["patience": "\(patience)", "least gain": "\(leastGain)"]
  }

  /// The best network under `best.`, its value and epoch, and how many epochs there were, ready to be
  /// written as a file.
  public func saved() -> SafeTensors {
    var file = SavedMemory.file(of: "EarlyStopping", settings: settings, steps: epochCount)
    file.add(best.weights(), under: "best.")
    file.metadata["lowest value"] = "\(lowest)"
    file.metadata["best epoch"] = "\(bestEpoch ?? -1)"
    return file
  }

  /// Goes on where it was when ``saved()`` was called.
  ///
  /// - Throws: A ``WeightsError`` where the file is of another network, patience or gain; all then stays
  ///   as it was.
  public mutating func resume(_ file: SafeTensors) throws {
    let memory = try SavedMemory(file, of: "EarlyStopping", settings: settings)
    let lowest = try memory.number("lowest value", in: -Double.infinity...Double.infinity)
    let bestEpoch = try memory.number("best epoch", in: -1...memory.steps - 1)
    try best.load(file.part(under: "best."))
    (self.lowest, self.bestEpoch) = (lowest, bestEpoch < 0 ? nil : bestEpoch)
    epochCount = memory.steps
  }

  /// Writes the best network and where the training stands as a safetensors file.
  public func save(to path: String) throws { try saved().write(to: path) }

  /// Goes on where it was when it was saved.
  ///
  /// - Throws: ``WeightsError`` where the file does not fit, and what reading a file throws.
  public mutating func resume(from path: String) throws { try resume(SafeTensors(path: path)) }
}
