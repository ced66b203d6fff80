import Requirements
public import Tensors

/// A rule that turns gradients into new parameters.
///
/// An optimizer is a value too: what it remembers from step to step (momentum, moments) is inside
/// it, one tensor per parameter, and starts at zero with the first step.
public protocol Optimizer: Sendable {
  /// The step length of the next update; a ``LearningRateSchedule`` writes it before each step.
  var learningRate: Float { get set }

  /// Makes one step of bare parameters; for a network use `update(&network, forward, loss.gradient)`,
  /// which adopts its state as well.
  ///
  /// - Parameters:
  ///   - parameters: The parameters, always the same ones in the same order.
  ///   - gradients: dL/dw for each of them, of the same shapes.
  mutating func update(_ parameters: inout [Tensor], _ gradients: [Tensor])

  /// What it remembers, ready to be written as a file.
  func saved() -> SafeTensors

  /// Goes on where it was when ``saved()`` was called: the next steps have the same bits.
  ///
  /// - Throws: A ``WeightsError`` where the file is of another rule; the optimizer then stays as it was.
  mutating func resume(_ file: SafeTensors) throws
}

extension Optimizer {
  /// Ends a training step: the parameters move along the gradient of the loss, and the layer adopts
  /// the state of the forward pass (running statistics).
  ///
  /// ```swift
  /// let forward = network.forward(images)
  /// let loss = softmaxCrossEntropy(forward.output, labels: labels)
  /// optimizer.update(&network, forward, loss.gradient)
  /// ```
  ///
  /// - Parameters:
  ///   - layer: The network to train.
  ///   - forward: What its `forward` returned in this step.
  ///   - outputGradient: dL/dy, the loss's gradient for the output.
  public mutating func update(
    _ layer: inout some Layer, _ forward: Forward, _ outputGradient: Tensor
  ) {
    update(&layer, forward.pullback.parameters(outputGradient), state: forward.state)
  }

  /// The same with gradients that were changed on the way, clipped for instance.
  ///
  /// - Parameters:
  ///   - layer: The network to train.
  ///   - gradients: What its pullback returned for its parameters.
  ///   - state: What its forward pass returned as ``Forward/state``.
  public mutating func update(
    _ layer: inout some Layer, _ gradients: [Tensor], state: [Tensor]
  ) {
    layer.state = state
    var parameters = layer.parameters
    update(&parameters, gradients)
    layer.parameters = parameters
  }

  /// Makes one step for all parameters of a layer or a network without state.
  ///
  /// Traps where the layer has state, which this step would forget: a batch normalisation would
  /// train, and read with statistics that it never saw.
  ///
  /// - Parameters:
  ///   - layer: The network to train.
  ///   - gradients: What its pullback returned for its parameters.
  public mutating func update(_ layer: inout some Layer, _ gradients: [Tensor]) {
    let names = layer.stateNames
    require(
      names.isEmpty,
      "this step would forget the state of \(layer.name) (\(names.joined(separator: ", "))): "
        + "call update(&network, forward, loss.gradient), or give the gradients with "
        + "state: forward.state")
    update(&layer, gradients, state: [])
  }
}

/// Traps unless what an optimizer remembers is of the parameters that it is given.
func requireMemory(_ memory: [Tensor], fits parameters: [Tensor], of optimizer: String) {
  let advice = "one optimizer serves one network, so take a new one for another"
  require(
    memory.count == parameters.count,
    "\(optimizer) remembers the steps of \(memory.count) parameters and was given "
      + "\(parameters.count): \(advice)")
  for (index, (remembered, parameter)) in zip(memory, parameters).enumerated() {
    require(
      remembered.shape == parameter.shape,
      "\(optimizer) remembers parameter \(index) with the shape \(remembered.shape) and was given "
        + "\(parameter.shape): \(advice)")
  }
}

/// Traps unless a learning rate is a number of at least 0.
func requireLearningRate(_ rate: Float) {
  require(rate >= 0 && rate.isFinite, "a learning rate is at least 0 and finite, not \(rate)")
}

/// Traps unless a factor of the weight decay is a number of at least 0.
func requireWeightDecay(_ decay: Float) {
  require(decay >= 0 && decay.isFinite, "a weight decay is at least 0 and finite, not \(decay)")
}
