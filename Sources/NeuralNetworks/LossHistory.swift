public import Tensors

/// The losses of a training, one a step, each before the step's update; and where they stopped
/// being numbers, if they did.
public struct LossHistory: Sendable, Hashable, CustomStringConvertible {
  /// Where a training went wrong: from this step on, its numbers mean nothing.
  public struct Divergence: Sendable, Hashable, CustomStringConvertible {
    /// The step, counted from 0, whose loss or its gradient is the first that is not finite.
    public let step: Int

    /// The first thing in that step that is not finite: "the output of layer 2, Conv2D".
    public let place: String

    /// What stands there: "NaN", "inf" or "-inf".
    public let value: String

    /// One sentence with step, place and value.
    public var description: String {
      "The training diverged in step \(step): \(place) holds \(value)."
    }
  }

  /// The loss of each step.
  public private(set) var losses: [Float] = []

  /// Where the losses stopped being finite, or of a ``Trainer``'s steps the losses or their gradients; `nil`
  /// as long as they are.
  public private(set) var divergence: Divergence?

  /// No steps yet.
  public init() {}

  /// A history as it was saved.
  init(losses: [Float], divergence: Divergence?) {
    self.losses = losses
    self.divergence = divergence
  }

  /// How many steps were made.
  public var stepCount: Int { losses.count }

  /// Adds a step's loss.
  ///
  /// - Parameters:
  ///   - loss: The loss before the update.
  ///   - place: The first thing that is not finite and what it holds; only asked for where the loss
  ///     is the first that is not.
  /// - Returns: The divergence, where it begins with this step.
  @discardableResult
  public mutating func append(
    _ loss: Float, whereNotFinite place: () -> (place: String, value: Float)? = { nil }
  ) -> Divergence? {
    losses.append(loss)
    if loss.isFinite || divergence != nil { return nil }
    return diverges(place() ?? ("the loss", loss))
  }

  /// Adds a step's loss, and looks at its gradient as well: what is no number there is in all weights a
  /// moment later, and in the last step nobody would see it.
  mutating func append(
    _ loss: Loss, whereNotFinite place: () -> (place: String, value: Float)?
  ) -> Divergence? {
    if let divergence = append(loss.value, whereNotFinite: place) { return divergence }
    if divergence != nil { return nil }
    guard let value = loss.gradient.firstNotFinite else { return nil }
    return diverges(("the gradient of the loss", value))
  }

  private mutating func diverges(_ found: (place: String, value: Float)) -> Divergence? {
    let value = found.value.isNaN ? "NaN" : "\(found.value)"
    divergence = Divergence(step: stepCount - 1, place: found.place, value: value)
    return divergence
  }

  /// The mean of the last losses, accumulated in double precision; `nil` before the first step.
  ///
  /// - Parameter count: How many; all where there are fewer.
  public func mean(ofLast count: Int) -> Double? {
    let last = losses.suffix(max(0, count))
    return last.isEmpty ? nil : last.reduce(0.0) { $0 + Double($1) } / Double(last.count)
  }

  /// Steps, first and last loss, and the divergence where there is one.
  public var description: String {
    guard let first = losses.first, let last = losses.last else { return "no steps yet" }
    let range = "\(stepCount) steps, loss \(first) to \(last)"
    return divergence.map { "\(range). \($0)" } ?? range
  }
}

extension Layer {
  /// The first thing on the way through this layer that is not finite: the input, a parameter, or
  /// the output; in a ``Sequential``, of the first layer that has one.
  ///
  /// Runs the layer in training, one layer at a time; `nil` where everything is finite.
  ///
  /// - Parameter x: The batch.
  public func firstNotFinite(on x: Tensor) -> (place: String, value: Float)? {
    if let value = x.firstNotFinite { return ("the input of \(name)", value) }
    guard let network = self as? Sequential else { return firstNotFinite(on: x, position: nil) }
    var x = x
    for (position, layer) in network.layers.enumerated() {
      if let found = layer.firstNotFinite(on: x, position: position) { return found }
      var random = SplitMix64(seed: 0)
      x = layer.forward(x, using: &random).output
    }
    return nil
  }

  private func firstNotFinite(
    on x: Tensor, position: Int?
  ) -> (place: String, value: Float)? {
    let place = position.map { "layer \($0), \(name)" } ?? name
    for (name, parameter) in namedTensors {
      if let value = parameter.firstNotFinite { return ("the \(name) of \(place)", value) }
    }
    var random = SplitMix64(seed: 0)
    return forward(x, using: &random).output.firstNotFinite.map { ("the output of \(place)", $0) }
  }
}

extension Tensor {
  /// The first element in row-major order that is infinite or no number.
  var firstNotFinite: Float? {
    unsafe withElements { elements in unsafe elements.first { !$0.isFinite } }
  }
}
