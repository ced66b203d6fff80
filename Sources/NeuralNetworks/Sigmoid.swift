public import Tensors

/// y = 1 / (1 + exp(−x)), element by element.
///
/// dL/dx = dL/dy · y (1 − y). The package's own exponential, within 4 units in
/// the last place and the same bits on every machine. Input and output have the same shape, any.
public struct Sigmoid: Layer {
  /// A logistic function.
  public init() {}

  /// The input's shape.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  /// 1 / (1 + exp(−x)).
  public func callAsFunction(_ x: Tensor) -> Tensor {
    sigmoid(x)
  }

  /// 1 / (1 + exp(−x)), and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let y = self(x)
    return Forward(
      output: y,
      pullback: Pullback { dy in Gradients(input: sigmoidGradient(dy, y)) })
  }
}
