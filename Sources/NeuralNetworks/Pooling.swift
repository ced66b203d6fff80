import Requirements
public import Tensors

/// The largest element under each window.
///
///     y[n, c, i, j] = max_{u, v} x[n, c, i·s + u − top, j·s + v − left]
///
/// over the cells that lie inside the image: padding never wins. Input (N, C, H, W), output
/// (N, C, H', W') with H' = ⌊(H + top + bottom − window) / s⌋ + 1. dL/dx gives each output's
/// gradient to the first of its window's largest elements, row by row, as PyTorch does.
/// `.same` is TensorFlow's rule, numbers are PyTorch's. Cost: one comparison per window cell.
public struct MaxPool2D: Layer {
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
    if let problem = pool.problem { requirementFailed("MaxPool2D: \(problem)") }
  }

  private var pool: ImageWindow { ImageWindow(size: size, stride: stride, padding: padding) }

  /// (N, C, H', W'); throws where the window does not fit.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try pool.pooledShape(of: input, layer: self)
  }

  /// The maxima.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    maxPool(x, geometry(for: x.shape))
  }

  /// The maxima, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let geometry = geometry(for: x.shape)
    return Forward(
      output: maxPool(x, geometry),
      pullback: Pullback { Gradients(input: maxPoolGradient($0, x, geometry)) })
  }

  private func geometry(for input: Shape) -> PoolingGeometry {
    _ = requireOutputShape(for: input)
    return PoolingGeometry(input: input, window: size, stride: stride, padding: padding)
  }
}

/// The mean under each window.
///
///     y[n, c, i, j] = 1/k Σ_{u, v} x̃[n, c, i·s + u, j·s + v]
///
/// with x̃ the zero-padded input and k the number of the window's cells: all of them where padding
/// counts (PyTorch), those inside the image where it does not (TensorFlow). Input (N, C, H, W),
/// output (N, C, H', W') with H' = ⌊(H + top + bottom − window) / s⌋ + 1. dL/dx spreads each
/// output's gradient evenly over its window. Cost: one addition per window cell.
public struct AveragePool2D: Layer {
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
    if let problem = pool.problem { requirementFailed("AveragePool2D: \(problem)") }
  }

  private var pool: ImageWindow { ImageWindow(size: size, stride: stride, padding: padding) }

  /// (N, C, H', W'); throws where the window does not fit.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try pool.pooledShape(of: input, layer: self)
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

  private func geometry(for input: Shape) -> PoolingGeometry {
    _ = requireOutputShape(for: input)
    return PoolingGeometry(input: input, window: size, stride: stride, padding: padding)
  }
}

/// The mean of each channel: (N, C, H, W) becomes (N, C).
///
/// dL/dx is dL/dy / (H·W) at every pixel (Lin, Chen and Yan 2014). Keras's
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
    averagePool(x, geometry(for: x.shape)).reshaped(to: requireOutputShape(for: x.shape))
  }

  /// The means, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let geometry = geometry(for: x.shape)
    let pullback = Pullback { dy in
      Gradients(input: averagePoolGradient(dy.reshaped(to: geometry.output), geometry))
    }
    return Forward(output: self(x), pullback: pullback)
  }

  private func geometry(for input: Shape) -> PoolingGeometry {
    _ = requireOutputShape(for: input)
    return PoolingGeometry(input: input, window: Extent2D(height: input[2], width: input[3]))
  }
}

extension ImageWindow {
  /// The output's shape of a pooling layer; the padding on each side must be below the window, so
  /// that no window lies in the padding altogether.
  func pooledShape(of input: Shape, layer: some Layer) throws(ShapeError) -> Shape {
    try layer.check(images: input)
    let output = try output(for: input, layer: layer.name)
    let margins = margins(for: input)
    for (side, axis, cells, size) in [
      ("top", 2, margins.top, size.height), ("bottom", 2, margins.bottom, size.height),
      ("left", 3, margins.left, size.width), ("right", 3, margins.right, size.width),
    ] where cells >= size {
      throw ShapeError(
        layer: layer.name, quantity: "padding at the \(side)", axis: axis, size: cells,
        limit: .atMost(size - 1), input: input, reason: "a window would see nothing but padding")
    }
    return [input[0], input[1], output.height, output.width]
  }
}
