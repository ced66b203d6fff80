public import Tensors

/// A rule that turns gradients into new parameters.
///
/// An optimizer is a value too: what it remembers from step to step (momentum, moments) is inside
/// it, one tensor per parameter, and starts at zero with the first step.
public protocol Optimizer: Sendable {
  /// The step length of the next update; a ``LearningRateSchedule`` writes it before each step.
  var learningRate: Float { get set }

  /// Makes one step.
  ///
  /// - Parameters:
  ///   - parameters: The parameters, always the same ones in the same order.
  ///   - gradients: dL/dw for each of them, of the same shapes.
  mutating func update(_ parameters: inout [Tensor], _ gradients: [Tensor])
}

extension Optimizer {
  /// Makes one step for all parameters of a layer or a network.
  ///
  /// - Parameters:
  ///   - layer: The network to train.
  ///   - gradients: What its pullback returned for its parameters.
  public mutating func update(_ layer: inout some Layer, _ gradients: [Tensor]) {
    var parameters = layer.parameters
    update(&parameters, gradients)
    layer.parameters = parameters
  }
}
