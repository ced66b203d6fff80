import Requirements
public import Tensors

/// y = x Wᵀ + b: every output is a weighted sum of all inputs.
///
/// Input (N, inputs), weight (outputs, inputs), bias (outputs), output (N, outputs).
/// dL/dx = dL/dy W, dL/dW = dL/dyᵀ x, dL/db is the sum of dL/dy over the items.
/// Cost: N · inputs · outputs multiply-adds, twice that for the pullback.
/// The layout is that of PyTorch's `nn.Linear`; Keras's `Dense` holds the transpose.
public struct Linear: AffineLayer {
  /// W, of shape (outputs, inputs).
  public internal(set) var weight: Tensor

  /// b, of shape (outputs); `nil` for a layer without.
  public internal(set) var bias: Tensor?

  /// A layer with given parameters.
  ///
  /// - Parameters:
  ///   - weight: W, of shape (outputs, inputs).
  ///   - bias: b, of shape (outputs), or `nil`.
  public init(weight: Tensor, bias: Tensor? = nil) {
    require(
      weight.shape.rank == 2,
      "Linear takes a weight of shape (outputs, inputs), not \(weight.shape)")
    if let bias {
      require(
        bias.shape == [weight.shape[0]],
        "Linear with the weight \(weight.shape) takes a bias of \(weight.shape[0]) elements, "
          + "not of shape \(bias.shape)")
    }
    self.weight = weight
    self.bias = bias
  }

  /// A layer with drawn parameters.
  ///
  /// - Parameters:
  ///   - inputs: The number of inputs.
  ///   - outputs: The number of outputs.
  ///   - bias: Whether the layer adds a bias.
  ///   - initializer: How W is drawn.
  ///   - biasInitializer: How b is drawn, after W.
  ///   - random: Where the numbers come from.
  public init(
    inputs: Int, outputs: Int, bias: Bool = true, initializer: Initializer = .glorotUniform,
    biasInitializer: Initializer = .zeros, using random: inout some RandomNumberGenerator
  ) {
    require(
      inputs > 0 && outputs > 0,
      "Linear takes at least 1 input and 1 output, not \(inputs) and \(outputs)")
    let weight = initializer([outputs, inputs], fanIn: inputs, fanOut: outputs, using: &random)
    let drawn =
      bias ? biasInitializer([outputs], fanIn: inputs, fanOut: outputs, using: &random) : nil
    self.init(weight: weight, bias: drawn)
  }

  /// W, and b if there is one.
  public var parameters: [Tensor] {
    get { affineParameters }
    set { affineParameters = newValue }
  }

  /// `weight`, `bias`.
  public var parameterNames: [String] { affineParameterNames }

  /// (N, outputs).
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try check(rank: 2, of: input, axes: "rows (N, inputs)")
    guard input[1] == weight.shape[1] else {
      throw ShapeError(
        layer: name, quantity: "number of inputs", axis: 1, size: input[1],
        limit: .exactly(weight.shape[1]), input: input,
        reason: "that is what the layer was made for")
    }
    return [input[0], weight.shape[0]]
  }

  /// N · inputs · outputs.
  public func multiplyAdds(for input: Shape) -> Int { product(input[0], weight.shape.count) }
}
