public import Tensors

/// y = max(x, 0), element by element.
///
/// dL/dx = dL/dy where x > 0, else 0; at x = 0 the derivative is taken as 0, as PyTorch and
/// TensorFlow do. A NaN stays one, and lets the gradient through. Input and output have the same
/// shape, any.
public struct ReLU: Layer {
  /// A rectifier.
  public init() {}

  /// The rectifier itself: neighbours in a ``Sequential`` may do its work.
  public var rectifierRole: RectifierRole { .rectifier }

  /// The input's shape.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  /// max(x, 0).
  public func callAsFunction(_ x: Tensor) -> Tensor { relu(x) }

  /// max(x, 0), and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let y = relu(x)
    return Forward(output: y, pullback: Pullback { Gradients(input: reluGradient($0, y)) })
  }
}
