import Requirements
public import Tensors

/// Stochastic gradient descent with momentum, Nesterov's variant, and weight decay.
///
/// ```text
/// g ← g + weightDecay · w
/// v ← momentum · v + g
/// w ← w − learningRate · v                     (plain momentum)
/// w ← w − learningRate · (g + momentum · v)    (Nesterov)
/// ```
///
/// This is PyTorch's `optim.SGD`; Keras's `SGD` scales v with the learning rate instead, which is
/// the same as long as the rate does not change. Cost: a few operations per parameter.
public struct SGD: Optimizer {
  /// The step length.
  public var learningRate: Float { didSet { requireLearningRate(learningRate) } }

  /// The share of the last velocity that is kept, 0 for none.
  public var momentum: Float { didSet { requireSettings() } }

  /// Whether the gradient is taken as if it were one step ahead (Nesterov 1983).
  public var usesNesterov: Bool { didSet { requireSettings() } }

  /// The factor of the L2 penalty's gradient.
  public var weightDecay: Float { didSet { requireWeightDecay(weightDecay) } }

  /// v for each parameter; empty before the first step and without momentum.
  public private(set) var velocities: [Tensor] = []

  /// An optimizer at rest.
  ///
  /// - Parameters:
  ///   - learningRate: The step length, at least 0.
  ///   - momentum: The share of the last velocity that is kept, 0 up to 1.
  ///   - usesNesterov: Whether to use Nesterov's variant; takes a momentum above 0.
  ///   - weightDecay: The factor of the L2 penalty's gradient, at least 0.
  public init(
    learningRate: Float, momentum: Float = 0, usesNesterov: Bool = false, weightDecay: Float = 0
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.usesNesterov = usesNesterov
    self.weightDecay = weightDecay
    requireLearningRate(learningRate)
    requireWeightDecay(weightDecay)
    requireSettings()
  }

  mutating func take(velocities: [Tensor]) { self.velocities = velocities }

  private func requireSettings() {
    require(0 <= momentum && momentum < 1, "a momentum is at least 0 and below 1, not \(momentum)")
    require(!usesNesterov || momentum > 0, "Nesterov's variant takes a momentum above 0")
  }

  /// Makes one step.
  public mutating func update(_ parameters: inout [Tensor], _ gradients: [Tensor]) {
    requireGradients(gradients, fit: parameters)
    if momentum != 0 {
      if velocities.isEmpty { velocities = parameters.map { Tensor($0.shape) } }
      requireMemory(velocities, fits: parameters, of: "SGD")
    }
    for index in parameters.indices {
      var gradient = gradients[index]
      if weightDecay != 0 { gradient.add(parameters[index], scaledBy: weightDecay) }
      if momentum != 0 {
        velocities[index].scale(by: momentum, adding: gradient)
        if usesNesterov {
          gradient.add(velocities[index], scaledBy: momentum)
        } else {
          gradient = velocities[index]
        }
      }
      parameters[index].add(gradient, scaledBy: -learningRate)
    }
  }
}

extension SGD: CustomStringConvertible {
  /// The rule with its settings.
  public var description: String {
    "SGD(learning rate \(learningRate), momentum \(momentum)\(usesNesterov ? " (Nesterov)" : ""), "
      + "weight decay \(weightDecay))"
  }
}

/// Traps unless there is one gradient of the right shape for every parameter.
func requireGradients(_ gradients: [Tensor], fit parameters: [Tensor]) {
  require(
    gradients.count == parameters.count,
    "\(parameters.count) parameters take as many gradients, not \(gradients.count)")
  for (index, (parameter, gradient)) in zip(parameters, gradients).enumerated() {
    require(
      parameter.shape == gradient.shape,
      "parameter \(index) has the shape \(parameter.shape), its gradient \(gradient.shape)")
  }
}
