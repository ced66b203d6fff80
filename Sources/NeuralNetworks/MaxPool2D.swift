import Requirements
public import Tensors

/// The largest element under each window.
///
/// ```text
/// y[n, c, i, j] = max_{u, v} x[n, c, i·s + u − top, j·s + v − left]
/// ```
///
/// over the cells that lie inside the image: padding never wins. Input (N, C, H, W), output
/// (N, C, H', W') with H' = ⌊(H + top + bottom − window) / s⌋ + 1. dL/dx gives each output's
/// gradient to the first of its window's largest elements, row by row, as PyTorch does; a NaN is
/// larger than any number, and of several the last one counts.
/// `.same` is TensorFlow's rule, numbers are PyTorch's. Cost: one comparison per window cell.
public struct MaxPool2D: Layer, WindowPooling {
  /// Rows and columns of the window.
  public let size: Extent2D

  /// How far the window moves from one output to the next.
  public let stride: Extent2D

  /// How far the image is extended; on each side less than the window.
  public let padding: Padding

  /// A pooling layer.
  ///
  /// - Parameters:
  ///   - size: Rows and columns of the window; an integer stands for the square.
  ///   - stride: How far the window moves; by default its own size, so that windows lie side by
  ///     side.
  ///   - padding: How far the image is extended.
  public init(size: Extent2D, stride: Extent2D? = nil, padding: Padding = .valid) {
    self.size = size
    self.stride = stride ?? size
    self.padding = padding
    requireWindow()
  }

  /// (N, C, H', W'); throws where the window does not fit.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try geometry(of: input).output
  }
}

extension MaxPool2D {
  /// The layer in one line: its sizes and settings.
  public var description: String {
    describe(
      "window \(size)", stride == size ? "" : "stride \(stride)",
      padding == .valid ? "" : "padding \(padding)")
  }
}
