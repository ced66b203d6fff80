import Requirements
public import Tensors

/// Normalises every channel over the batch, then scales and shifts it.
///
/// ```text
/// training:   μ, σ² = mean and variance of x[:, c, :, :]
/// inference:  μ, σ² = the running mean and variance
/// y[n, c, i, j] = γ[c] (x[n, c, i, j] − μ[c]) / √(σ²[c] + ε) + β[c]
/// ```
///
/// Input and output (N, C, H, W); γ, β and the running statistics (C). With M = N·H·W values per
/// channel and x̂ the normalised input, the pullback of training is
///
/// ```text
/// dL/dβ = Σ dL/dy,   dL/dγ = Σ dL/dy · x̂
/// dL/dx = γ / √(σ² + ε) · (dL/dy − dL/dβ / M − x̂ · dL/dγ / M)
/// ```
///
/// (Ioffe and Szegedy 2015). Training returns the new running statistics in ``Forward/state`` and
/// leaves the layer as it is:
///
/// ```text
/// running ← (1 − momentum) · running + momentum · batch
/// ```
///
/// with the unbiased batch variance (divisor M − 1), as PyTorch's `nn.BatchNorm2d`. Keras uses the
/// biased variance there and calls 1 − momentum `momentum`. Cost: a handful of passes over x.
public struct BatchNorm2D: Layer {
  /// γ, of shape (C).
  public private(set) var weight: Tensor

  /// β, of shape (C).
  public private(set) var bias: Tensor

  /// The mean that inference uses, of shape (C).
  public private(set) var runningMean: Tensor

  /// The variance that inference uses, of shape (C).
  public private(set) var runningVariance: Tensor

  /// The share of the new batch in the running statistics.
  public let momentum: Float

  /// What keeps the divisor above zero.
  public let epsilon: Float

  /// A layer with γ = 1, β = 0, running mean 0 and running variance 1.
  ///
  /// - Parameters:
  ///   - channels: C.
  ///   - momentum: The share of the new batch in the running statistics, 0 to 1.
  ///   - epsilon: What keeps the divisor above zero.
  public init(channels: Int, momentum: Float = 0.1, epsilon: Float = 1e-5) {
    self.init("BatchNorm2D", channels: channels, momentum: momentum, epsilon: epsilon)
  }

  /// The same for the layer of this name, which traps say.
  init(_ name: String, channels: Int, momentum: Float, epsilon: Float) {
    require(channels >= 1, "\(name) takes at least 1 channel, not \(channels)")
    require(0 <= momentum && momentum <= 1, "a momentum lies in 0 to 1, not \(momentum)")
    requireEpsilon(epsilon)
    weight = Tensor([channels], repeating: 1)
    bias = Tensor([channels])
    runningMean = Tensor([channels])
    runningVariance = Tensor([channels], repeating: 1)
    self.momentum = momentum
    self.epsilon = epsilon
  }

  /// γ and β.
  public var parameters: [Tensor] {
    get { [weight, bias] }
    set {
      requireReplaceable(parameters, by: newValue, in: name, what: "parameters")
      (weight, bias) = (newValue[0], newValue[1])
    }
  }

  /// `weight`, `bias`.
  public var parameterNames: [String] { ["weight", "bias"] }

  /// The running mean and variance.
  public var state: [Tensor] {
    get { [runningMean, runningVariance] }
    set {
      requireReplaceable(state, by: newValue, in: name, what: "state")
      (runningMean, runningVariance) = (newValue[0], newValue[1])
    }
  }

  /// `running_mean`, `running_var`.
  public var stateNames: [String] { ["running_mean", "running_var"] }

  /// The input's shape; throws where the channels differ.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try check(images: input, channels: weight.shape[0])
    return input
  }

  /// One multiply-add per element: inference folds all four tensors into a factor and a term.
  public func multiplyAdds(for input: Shape) -> Int { input.count }

  /// Inference, with the running statistics.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    _ = requireOutputShape(for: x.shape)
    let factor = weight.zip(with: runningVariance) { $0 / ($1 + epsilon).squareRoot() }
    return x.scalingPerChannel(factor, adding: bias - runningMean * factor)
  }

  /// Traps where a channel has a single value: it has no variance.
  static func requireVariance(in input: Shape, of layer: String) {
    require(
      input.count > input[1], "\(layer): training takes more than 1 value per channel, not \(input)"
    )
  }

  /// Training, with the statistics of this batch; the new running statistics are in
  /// ``Forward/state``.
  ///
  /// Traps where a channel has a single value: it has no variance.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    _ = requireOutputShape(for: x.shape)
    Self.requireVariance(in: x.shape, of: name)
    let count = x.shape.count / x.shape[1]
    let statistics = BatchStatistics(of: x, epsilon: epsilon)
    let (normalised, inverse) = (statistics.normalised, statistics.inverse)
    let output = normalised.scalingPerChannel(weight, adding: bias)
    let kept = 1 - momentum
    let state = [
      runningMean * kept + statistics.mean * momentum,
      runningVariance * kept + statistics.squares * (momentum / Float(count - 1)),
    ]
    let factor = weight * inverse
    let pullback = Pullback { dy in
      let biasGradient = dy.channelSums()
      let weightGradient = (dy * normalised).channelSums()
      let direct = dy.addingPerChannel(biasGradient * (-1 / Float(count)))
      let spread = normalised.scalingPerChannel(weightGradient * (1 / Float(count)))
      return Gradients(
        input: (direct - spread).scalingPerChannel(factor),
        parameters: [weightGradient, biasGradient])
    }
    return Forward(
      output: output, state: state,
      ofLayerWith: [weight, bias, runningMean, runningVariance], pullback: pullback)
  }
}

extension BatchNorm2D {
  /// The layer in one line: its sizes and settings.
  public var description: String {
    describe("momentum \(momentum)", "epsilon \(epsilon)")
  }
}

/// What training learns of a batch, channel by channel.
private struct BatchStatistics {
  var mean: Tensor
  /// The sums of the squared deviations.
  var squares: Tensor
  /// 1 / √(σ² + ε).
  var inverse: Tensor
  var normalised: Tensor

  init(of x: Tensor, epsilon: Float) {
    let count = x.shape.count / x.shape[1]
    let mean = x.channelMeansOverBatch()
    let centred = x.addingPerChannel(-mean)
    let squares = (centred * centred).channelSums()
    if let huge = HugeSpread(squares, count: count) {
      self.init(of: x, huge, epsilon)
      return
    }
    let inverse = squares.map { 1 / ($0 / Float(count) + epsilon).squareRoot() }
    self.init(
      mean: mean, squares: squares, inverse: inverse,
      normalised: centred.scalingPerChannel(inverse))
  }

  private init(mean: Tensor, squares: Tensor, inverse: Tensor, normalised: Tensor) {
    (self.mean, self.squares, self.inverse) = (mean, squares, inverse)
    self.normalised = normalised
  }

  /// The same where the squares of some channels overflow.
  private init(of x: Tensor, _ huge: HugeSpread, _ epsilon: Float) {
    let (channels, count) = (x.shape[1], x.shape.count / x.shape[1])
    let area = x.shape.itemElementCount / channels
    let small = x.scalingPerChannel(huge.first)
    let smallMean = small.channelMeansOverBatch()
    var centred = small.addingPerChannel(-smallMean)
    let second = huge.second(of: centred) { $0 / area % channels }
    centred = centred.scalingPerChannel(second)
    let scale = huge.first * second
    let smallSquares = (centred * centred).channelSums()
    let smallInverse = smallSquares.zip(with: scale) {
      1 / ($0 / Float(count) + $1 * $1 * epsilon).squareRoot()
    }
    self.init(
      mean: smallMean / huge.first, squares: smallSquares / scale / scale,
      inverse: smallInverse * scale, normalised: centred.scalingPerChannel(smallInverse))
  }
}
