import Requirements
public import Tensors

/// The exponential average of a network's weights over its training: a network that reads better
/// than any single step's.
///
/// ```text
/// a ← w                              (first step)
/// a ← kept · a + (1 − kept) · w      (every other)
/// ```
///
/// as PyTorch's `AveragedModel` with `get_ema_multi_avg_fn`. State, such as running statistics, is
/// averaged alike (there: `use_buffers`).
public struct WeightAverage: Sendable, CustomStringConvertible {
  /// The share of the old average that a step keeps, in the long run.
  public let kept: Float

  /// How many steps were taken in.
  public private(set) var stepCount = 0

  /// The averaged parameters, in the network's order.
  public private(set) var parameters: [Tensor]

  /// The averaged state, in the network's order.
  public private(set) var state: [Tensor]

  /// The average of a network's weights as they are.
  ///
  /// - Parameters:
  ///   - network: The network before its training.
  ///   - kept: The share of the old average that a step keeps, 0 up to 1.
  public init(of network: some Layer, keeping kept: Float) {
    require(0 <= kept && kept < 1, "a share that is kept is at least 0 and below 1, not \(kept)")
    self.kept = kept
    parameters = network.parameters
    state = network.state
  }

  /// How much is kept, and how many steps were taken in.
  public var description: String { "average that keeps \(kept), \(stepCount) steps" }

  /// Takes in the weights after a step.
  public mutating func update(with network: some Layer) {
    for (what, mine, its) in [
      ("parameters", parameters, network.parameters), ("tensors of state", state, network.state),
    ] {
      require(
        mine.map(\.shape) == its.map(\.shape),
        "this is the average of \(mine.count) \(what) of shapes \(mine.map(\.shape)), and \(network.name) "
          + "has \(its.count) of shapes \(its.map(\.shape)): one average serves one network")
    }
    stepCount += 1
    if stepCount == 1 {
      (parameters, state) = (network.parameters, network.state)
      return
    }
    for (index, now) in network.parameters.enumerated() {
      parameters[index].scale(by: kept, adding: now * (1 - kept))
    }
    for (index, now) in network.state.enumerated() {
      state[index].scale(by: kept, adding: now * (1 - kept))
    }
  }

  /// A copy of the network with the averaged weights and state.
  public func applied<Network: Layer>(to network: Network) -> Network {
    var averaged = network
    averaged.parameters = parameters
    averaged.state = state
    return averaged
  }
}

extension WeightAverage {
  private var settings: [String: String] { ["kept share": "\(kept)"] }

  /// The average, as `0.parameter`, `0.state` and so on, and the number of steps, ready to be written as
  /// a file.
  public func saved() -> SafeTensors {
    SavedMemory.file(
      of: "WeightAverage", settings: settings, steps: stepCount,
      ["parameter": parameters, "state": state])
  }

  /// Goes on where the average was when ``saved()`` was called, with the same bits.
  ///
  /// - Throws: A ``WeightsError`` where the file is of another network or another share; the average
  ///   then stays as it was.
  public mutating func resume(_ file: SafeTensors) throws {
    let memory = try SavedMemory(file, of: "WeightAverage", settings: settings)
    let parameters = try memory.tensors("parameter", like: parameters)
    let state = try memory.tensors("state", like: state)
    (stepCount, self.parameters, self.state) = (memory.steps, parameters, state)
  }

  /// Writes the average as a safetensors file.
  public func save(to path: String) throws { try saved().write(to: path) }

  /// Goes on where the average was when it was saved.
  ///
  /// - Throws: ``WeightsError`` where the file does not fit, and what reading a file throws.
  public mutating func resume(from path: String) throws { try resume(SafeTensors(path: path)) }
}
