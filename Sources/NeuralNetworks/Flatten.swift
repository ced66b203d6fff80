public import Tensors

/// Each item of the batch as one row: (N, C, H, W) becomes (N, C·H·W), row-major.
///
/// dL/dx is dL/dy in the input's shape. No parameters, no arithmetic.
public struct Flatten: Layer {
  /// A flattening layer.
  public init() {}

  /// The elements stay as they are.
  public var rectifierRole: RectifierRole { .reshaping }

  /// (N, product of the other axes).
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    guard input.rank >= 1 else {
      throw ShapeError(
        layer: name, quantity: "rank", axis: nil, size: input.rank, limit: .atLeast(1),
        input: input, reason: "the first axis counts the items")
    }
    return [input[0], input.dimensions.dropFirst().reduce(1, *)]
  }

  /// The input as rows.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    x.reshaped(to: requireOutputShape(for: x.shape))
  }

  /// The input as rows, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    Forward(
      output: self(x),
      pullback: Pullback { [shape = x.shape] in Gradients(input: $0.reshaped(to: shape)) })
  }
}
