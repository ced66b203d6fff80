public import Tensors

/// ``BatchNorm2D`` for rows (N, C) and for sequences (N, C, L): every channel is normalised over the
/// batch and the sequence. PyTorch's `nn.BatchNorm1d`.
public struct BatchNorm1D: Layer {
  private var images: BatchNorm2D

  /// A layer with γ = 1, β = 0, running mean 0 and running variance 1.
  ///
  /// - Parameters:
  ///   - channels: C.
  ///   - momentum: The share of the new batch in the running statistics, 0 to 1.
  ///   - epsilon: What keeps the divisor above zero.
  public init(channels: Int, momentum: Float = 0.1, epsilon: Float = 1e-5) {
    images = BatchNorm2D(
      "BatchNorm1D", channels: channels, momentum: momentum, epsilon: epsilon)
  }

  /// γ and β, each of shape (C).
  public var parameters: [Tensor] {
    get { images.parameters }
    set { images.parameters = newValue }
  }

  /// `weight`, `bias`.
  public var parameterNames: [String] { images.parameterNames }

  /// The running mean and variance.
  public var state: [Tensor] {
    get { images.state }
    set { images.state = newValue }
  }

  /// `running_mean`, `running_var`.
  public var stateNames: [String] { images.stateNames }

  /// The input's shape; throws where the channels differ.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard 2...3 ~= input.rank else {
      throw ShapeError(
        layer: name, quantity: "rank", axis: nil, size: input.rank,
        limit: input.rank < 2 ? .atLeast(2) : .atMost(3), input: input,
        reason: "the layer takes rows (N, C) or sequences (N, C, L)")
    }
    let channels = images.weight.shape[0]
    guard input[1] == channels else {
      throw ShapeError(
        layer: name, quantity: "channels", axis: 1, size: input[1], limit: .exactly(channels),
        input: input, reason: "that is what the layer was made for")
    }
    return input
  }

  /// One multiply-add per element.
  public func multiplyAdds(for input: Shape) -> Int { input.count }

  /// Inference, with the running statistics.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    images(asImages(x)).reshaped(to: x.shape)
  }

  /// Training, with the statistics of this batch.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let asImages = asImages(x)
    BatchNorm2D.requireVariance(in: x.shape, of: name)
    let inner = images.forward(asImages, using: &random)
    let pullback = Pullback { [shape = x.shape, imageShape = inner.output.shape] dy in
      let gradients = inner.pullback(dy.reshaped(to: imageShape))
      return Gradients(
        input: gradients.input.reshaped(to: shape), parameters: gradients.parameters)
    }
    return Forward(
      output: inner.output.reshaped(to: x.shape), state: inner.state, pullback: pullback)
  }

  /// The layer in one line: its sizes and settings.
  public var description: String {
    describe("momentum \(images.momentum)", "epsilon \(images.epsilon)")
  }

  private func asImages(_ x: Tensor) -> Tensor {
    let shape = requireOutputShape(for: x.shape)
    return x.reshaped(to: [shape[0], shape[1], 1, shape.rank == 3 ? shape[2] : 1])
  }
}
