import Requirements
public import Tensors

/// Normalises every item over its last axes, then scales and shifts each element.
///
/// ```text
/// μ, σ² = mean and variance over the last axes
/// y = γ (x − μ) / √(σ² + ε) + β
/// ```
///
/// Input and output have any shape whose last axes are those of γ and β. The same in training and
/// inference: no item sees another (Ba, Kiros and Hinton 2016; PyTorch's `nn.LayerNorm`). With x̂ the
/// normalised input and g = γ dL/dy,
///
/// ```text
/// dL/dx = (g − mean(g) − x̂ mean(g x̂)) / √(σ² + ε)
/// ```
public struct LayerNorm: Layer {
  /// γ, of the shape that is normalised over.
  public private(set) var weight: Tensor

  /// β, of the same shape.
  public private(set) var bias: Tensor

  /// What keeps the divisor above zero.
  public let epsilon: Float

  /// A layer with γ = 1 and β = 0.
  ///
  /// - Parameters:
  ///   - shape: The last axes, over which an item is normalised.
  ///   - epsilon: What keeps the divisor above zero.
  public init(_ shape: Shape, epsilon: Float = 1e-5) {
    require(
      shape.rank >= 1 && shape.count > 0, "LayerNorm takes a shape with elements, not \(shape)")
    requireEpsilon(epsilon)
    weight = Tensor(shape, repeating: 1)
    bias = Tensor(shape)
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

  /// The input's shape; throws where its last axes are others.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    let shape = weight.shape
    guard input.rank > shape.rank else {
      throw ShapeError(
        layer: name, quantity: "rank", axis: nil, size: input.rank, limit: .atLeast(shape.rank + 1),
        input: input, reason: "the last axes are \(shape), and the first counts the items")
    }
    for axis in 0..<shape.rank {
      let place = input.rank - shape.rank + axis
      guard input[place] != shape[axis] else { continue }
      throw ShapeError(
        layer: name, quantity: "size", axis: place, size: input[place],
        limit: .exactly(shape[axis]), input: input, reason: "that is what the layer was made for")
    }
    return input
  }

  /// The normalised input.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    normalised(x).x * weight + bias
  }

  /// The normalised input, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let (normal, inverse) = normalised(x)
    let pullback = Pullback { [weight, axes = axes(of: x.shape)] dy in
      let g = dy * weight
      let spread = normal * (g * normal).mean(axes: axes, keepingAxes: true)
      return Gradients(
        input: (g - g.mean(axes: axes, keepingAxes: true) - spread) * inverse,
        parameters: [(dy * normal).summed(to: weight.shape), dy.summed(to: weight.shape)])
    }
    return Forward(output: normal * weight + bias, pullback: pullback)
  }

  /// The layer in one line: its sizes and settings.
  public var description: String { describe("epsilon \(epsilon)") }

  private func axes(of shape: Shape) -> [Int] {
    Array(shape.rank - weight.shape.rank..<shape.rank)
  }

  private func normalised(_ x: Tensor) -> (x: Tensor, inverse: Tensor) {
    let axes = axes(of: requireOutputShape(for: x.shape))
    let centred = x - x.mean(axes: axes, keepingAxes: true)
    let variance = (centred * centred).mean(axes: axes, keepingAxes: true)
    if let huge = HugeSpread(variance, count: weight.count) { return normalised(x, huge, axes) }
    let inverse = 1 / squareRoot(variance + epsilon)
    return (centred * inverse, inverse)
  }

  /// The same where the squares of some items overflow.
  private func normalised(
    _ x: Tensor, _ huge: HugeSpread, _ axes: [Int]
  ) -> (x: Tensor, inverse: Tensor) {
    let small = x * huge.first
    var centred = small - small.mean(axes: axes, keepingAxes: true)
    let second = huge.second(of: centred) { $0 / weight.count }
    centred = centred * second
    let scale = huge.first * second
    let variance = (centred * centred).mean(axes: axes, keepingAxes: true)
    let inverse = 1 / squareRoot(variance + scale * scale * epsilon)
    return (centred * inverse, inverse * scale)
  }
}
