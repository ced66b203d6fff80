public import Tensors

/// The mean of as many windows as an output of a given size has pixels, whatever the image's size.
///
/// ```text
/// y[n, c, i, j] = mean of x[n, c, a, b],  ⌊i·H/h⌋ ≤ a < ⌈(i + 1)·H/h⌉ and b likewise
/// ```
///
/// Windows differ in size by one and may overlap by one where h does not divide H. Input (N, C, H, W),
/// output (N, C, h, w). dL/dx spreads each output's gradient evenly over its window. PyTorch's
/// `nn.AdaptiveAvgPool2d`.
public struct AdaptiveAveragePool2D: Layer {
  /// Rows and columns of the output.
  public var size: Extent2D { windows.size }

  private let windows: AdaptiveWindows

  /// A pooling layer.
  ///
  /// - Parameter size: Rows and columns of the output; an integer stands for the square.
  public init(size: Extent2D) {
    windows = AdaptiveWindows(size: size, layer: "AdaptiveAveragePool2D")
  }

  /// (N, C, h, w).
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try check(images: input)
    return try windows.outputShape(
      for: input, layer: name, reason: "the mean over no pixels does not exist")
  }

  /// The means.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let output = requireOutputShape(for: x.shape)
    let source = x.elements
    var index = 0
    let area = x.shape[2] * x.shape[3]
    var y = [Float](repeating: 0, count: output.count)
    for plane in 0..<x.shape[0] * x.shape[1] {
      windows.forEach(of: x.shape) { cells in
        var total = 0.0
        for cell in cells { total += Double(source[plane * area + cell]) }
        y[index] = Float(total / Double(cells.count))
        index += 1
      }
    }
    return Tensor(output, y)
  }

  /// The means, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let pullback = Pullback { [windows, shape = x.shape] dy in
      let gradient = dy.elements
      var (dx, index) = ([Float](repeating: 0, count: shape.count), 0)
      for plane in 0..<shape[0] * shape[1] {
        windows.forEach(of: shape) { cells in
          for cell in cells {
            dx[plane * shape[2] * shape[3] + cell] += gradient[index] / Float(cells.count)
          }
          index += 1
        }
      }
      return Gradients(input: Tensor(shape, dx))
    }
    return Forward(output: self(x), pullback: pullback)
  }
}

extension AdaptiveAveragePool2D {
  /// The layer in one line: its output's size.
  public var description: String { describe("output \(size)") }
}
