public import Tensors

/// The mean of each channel: (N, C, H, W) becomes (N, C).
///
/// Summed in double precision and rounded once. dL/dx is dL/dy / (H·W) at every pixel (Lin, Chen and Yan 2014). Keras's
/// `GlobalAveragePooling2D`; in PyTorch `nn.AdaptiveAvgPool2d(1)` and a flattening.
public struct GlobalAveragePool2D: Layer {
  /// A pooling layer.
  public init() {}

  /// (N, C).
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try check(images: input)
    for axis in [2, 3] where input[axis] < 1 {
      throw ShapeError(
        layer: name, quantity: axis == 2 ? "height" : "width", axis: axis, size: input[axis],
        limit: .atLeast(1), input: input, reason: "the mean over no pixels does not exist")
    }
    return [input[0], input[1]]
  }

  /// The means.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    _ = requireOutputShape(for: x.shape)
    return x.channelMeans()
  }

  /// The means, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let output = self(x)
    let geometry = PoolingGeometry(
      input: x.shape, window: Extent2D(height: x.shape[2], width: x.shape[3]))
    let pullback = Pullback { dy in
      Gradients(input: averagePoolGradient(dy.reshaped(to: geometry.output), geometry))
    }
    return Forward(output: output, pullback: pullback)
  }
}
