import Requirements
public import Tensors

/// Adam, and AdamW where its weight decay is decoupled from the gradient.
///
/// ```text
/// g ← g + weightDecay · w                      (Adam)
/// w ← w − learningRate · weightDecay · w       (AdamW)
/// m ← β₁ m + (1 − β₁) g
/// v ← β₂ v + (1 − β₂) g²
/// w ← w − learningRate · (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
/// ```
///
/// t counts the steps from 1 (Kingma and Ba 2015; Loshchilov and Hutter 2019). ε stands beside the
/// corrected root, as in PyTorch. With ``usesEpsilonHat`` it stands beside the uncorrected one,
///
/// ```text
/// w ← w − learningRate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)
/// ```
///
/// as in Keras, whose ε is 1e-7: the same but where gradients are about as small as ε.
public struct Adam: Optimizer {
  /// The step length.
  public var learningRate: Float { didSet { requireLearningRate(learningRate) } }

  /// The share of the old mean of gradients that is kept.
  public let beta1: Double

  /// The share of the old mean of squared gradients that is kept.
  public let beta2: Double

  /// What keeps the divisor above zero.
  public let epsilon: Float

  /// Whether ε stands beside the uncorrected root of v.
  public let usesEpsilonHat: Bool

  /// The factor of the weight decay.
  public let weightDecay: Float

  /// Whether the decay acts on the weights themselves (AdamW) or through the gradient (Adam).
  public let decouplesWeightDecay: Bool

  /// How many steps were made.
  public private(set) var stepCount = 0

  /// m for each parameter; empty before the first step.
  public private(set) var means: [Tensor] = []

  /// v for each parameter; empty before the first step.
  public private(set) var squares: [Tensor] = []

  // β₁ᵗ and β₂ᵗ, by repeated multiplication in Double: exact enough, and the same everywhere.
  private var beta1Power = 1.0
  private var beta2Power = 1.0

  /// An optimizer before its first step.
  ///
  /// - Parameters:
  ///   - learningRate: The step length, at least 0.
  ///   - beta1: The share of the old mean of gradients that is kept, 0 up to 1.
  ///   - beta2: The share of the old mean of squared gradients that is kept, 0 up to 1.
  ///   - epsilon: What keeps the divisor above zero.
  ///   - usesEpsilonHat: Whether ε stands beside the uncorrected root of v, as in Keras.
  ///   - weightDecay: The factor of the L2 penalty's gradient, at least 0.
  public init(
    learningRate: Float = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8,
    usesEpsilonHat: Bool = false, weightDecay: Float = 0
  ) {
    self.init(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
      usesEpsilonHat: usesEpsilonHat, weightDecay: weightDecay, decouplesWeightDecay: false)
  }

  /// AdamW: Adam with a weight decay that acts on the weights themselves.
  ///
  /// - Parameters:
  ///   - learningRate: The step length, at least 0.
  ///   - beta1: The share of the old mean of gradients that is kept, 0 up to 1.
  ///   - beta2: The share of the old mean of squared gradients that is kept, 0 up to 1.
  ///   - epsilon: What keeps the divisor above zero.
  ///   - usesEpsilonHat: Whether ε stands beside the uncorrected root of v, as in Keras.
  ///   - decoupledWeightDecay: The share of a weight that one step of rate 1 takes away.
  public init(
    learningRate: Float = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Float = 1e-8,
    usesEpsilonHat: Bool = false, decoupledWeightDecay: Float
  ) {
    self.init(
      learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
      usesEpsilonHat: usesEpsilonHat, weightDecay: decoupledWeightDecay, decouplesWeightDecay: true)
  }

  private init(
    learningRate: Float, beta1: Double, beta2: Double, epsilon: Float,
    usesEpsilonHat: Bool, weightDecay: Float, decouplesWeightDecay: Bool
  ) {
    requireLearningRate(learningRate)
    require(0 <= beta1 && beta1 < 1, "beta1 is at least 0 and below 1, not \(beta1)")
    require(0 <= beta2 && beta2 < 1, "beta2 is at least 0 and below 1, not \(beta2)")
    requireEpsilon(epsilon)
    requireWeightDecay(weightDecay)
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.usesEpsilonHat = usesEpsilonHat
    self.weightDecay = weightDecay
    self.decouplesWeightDecay = decouplesWeightDecay
  }

  mutating func take(steps: Int, means: [Tensor], squares: [Tensor]) {
    (self.stepCount, self.means, self.squares) = (steps, means, squares)
    // Multiplied up again: the same bits as after as many steps. Sooner or later nothing changes any more.
    (beta1Power, beta2Power) = (1, 1)
    for _ in 0..<steps {
      let before = (beta1Power, beta2Power)
      beta1Power *= beta1
      beta2Power *= beta2
      if before == (beta1Power, beta2Power) { break }
    }
  }

  /// Makes one step.
  public mutating func update(_ parameters: inout [Tensor], _ gradients: [Tensor]) {
    requireGradients(gradients, fit: parameters)
    if stepCount == 0 { means = parameters.map { Tensor($0.shape) } }
    if stepCount == 0 { squares = means }
    requireMemory(means, fits: parameters, of: decouplesWeightDecay ? "AdamW" : "Adam")
    stepCount += 1
    beta1Power *= beta1
    beta2Power *= beta2
    let rate = learningRate / Float(1 - beta1Power)
    let rootScale = Float(1 / (1 - beta2Power).squareRoot())
    let epsilon = usesEpsilonHat ? epsilon * rootScale : epsilon
    for index in parameters.indices {
      var gradient = gradients[index]
      if decouplesWeightDecay {
        parameters[index] *= 1 - learningRate * weightDecay
      } else if weightDecay != 0 {
        gradient.add(parameters[index], scaledBy: weightDecay)
      }
      parameters[index].adamStep(
        gradient: gradient, mean: &means[index], square: &squares[index],
        keepingMean: beta1, keepingSquare: beta2, rate: rate, rootScale: rootScale,
        epsilon: epsilon)
    }
  }
}

extension Adam: CustomStringConvertible {
  /// The rule with its settings, and how many steps it made.
  public var description: String {
    "\(decouplesWeightDecay ? "AdamW" : "Adam")(learning rate \(learningRate), beta \(beta1) and \(beta2), "
      + "epsilon \(epsilon), weight decay \(weightDecay)), \(stepCount) steps"
  }
}
