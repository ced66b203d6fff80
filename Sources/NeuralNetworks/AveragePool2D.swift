import Requirements
public import Tensors

/// The mean under each window.
///
/// ```text
/// y[n, c, i, j] = 1/k Σ_{u, v} x̃[n, c, i·s + u, j·s + v]
/// ```
///
/// with x̃ the zero-padded input and k the number of the window's cells: all of them where padding
/// counts (PyTorch), those inside the image where it does not (TensorFlow). Input (N, C, H, W),
/// output (N, C, H', W') with H' = ⌊(H + top + bottom − window) / s⌋ + 1. dL/dx spreads each
/// output's gradient evenly over its window. Cost: one addition per window cell.
public struct AveragePool2D: Layer, WindowPooling {
  /// Rows and columns of the window.
  public let size: Extent2D

  /// How far the window moves from one output to the next.
  public let stride: Extent2D

  /// How far the image is extended; on each side less than the window.
  public let padding: Padding

  /// Whether the cells of the padding count in the mean, as zeros.
  public let countsPadding: Bool

  /// A pooling layer.
  ///
  /// - Parameters:
  ///   - size: Rows and columns of the window; an integer stands for the square.
  ///   - stride: How far the window moves; by default its own size, so that windows lie side by
  ///     side.
  ///   - padding: How far the image is extended.
  ///   - countsPadding: Whether the cells of the padding count in the mean, as zeros; by default as
  ///     in the framework that the padding comes from: not with `.same` (TensorFlow), else yes
  ///     (PyTorch).
  public init(
    size: Extent2D, stride: Extent2D? = nil, padding: Padding = .valid, countsPadding: Bool? = nil
  ) {
    self.size = size
    self.stride = stride ?? size
    self.padding = padding
    self.countsPadding = countsPadding ?? (padding != .same)
    requireWindow()
  }

  /// (N, C, H', W'); throws where the window does not fit.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try geometry(of: input).output
  }

  /// The means.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    averagePool(x, geometry(for: x.shape), countsPadding: countsPadding)
  }

  /// The means, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let geometry = geometry(for: x.shape)
    let pullback = Pullback { [countsPadding] dy in
      Gradients(input: averagePoolGradient(dy, geometry, countsPadding: countsPadding))
    }
    return Forward(
      output: averagePool(x, geometry, countsPadding: countsPadding), pullback: pullback)
  }
}

extension AveragePool2D {
  /// The layer in one line: its sizes and settings.
  public var description: String {
    describe(
      "window \(size)", stride == size ? "" : "stride \(stride)",
      padding == .valid ? "" : "padding \(padding)", countsPadding ? "" : "padding not counted")
  }
}
