public import Tensors

/// y = tanh x, element by element.
///
/// dL/dx = dL/dy · (1 − y²). The package's own exponential, within 4 units in
/// the last place and the same bits on every machine. Input and output have the same shape, any.
public struct Tanh: Layer {
  /// A hyperbolic tangent.
  public init() {}

  /// The input's shape.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  /// tanh x.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    tanh(x)
  }

  /// tanh x, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let y = self(x)
    return Forward(
      output: y,
      pullback: Pullback { dy in Gradients(input: tanhGradient(dy, y)) })
  }
}
