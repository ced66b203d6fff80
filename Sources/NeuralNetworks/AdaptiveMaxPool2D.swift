public import Tensors

/// The largest value of as many windows as an output of a given size has pixels, whatever the image's
/// size.
///
/// ```text
/// y[n, c, i, j] = max of x[n, c, a, b],  ⌊i·H/h⌋ ≤ a < ⌈(i + 1)·H/h⌉ and b likewise
/// ```
///
/// The windows of ``AdaptiveAveragePool2D``. dL/dx goes to the place of the maximum, to the first of
/// equals; a NaN is larger than any number, and the last one of a window takes its gradient. PyTorch's
/// `nn.AdaptiveMaxPool2d`.
public struct AdaptiveMaxPool2D: Layer {
  /// Rows and columns of the output.
  public var size: Extent2D { windows.size }

  private let windows: AdaptiveWindows

  /// A pooling layer.
  ///
  /// - Parameter size: Rows and columns of the output; an integer stands for the square.
  public init(size: Extent2D) {
    windows = AdaptiveWindows(size: size, layer: "AdaptiveMaxPool2D")
  }

  /// (N, C, h, w).
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try check(images: input)
    return try windows.outputShape(
      for: input, layer: name, reason: "the largest of no pixels does not exist")
  }

  /// The largest values.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let output = requireOutputShape(for: x.shape)
    let source = x.elements
    return Tensor(output, places(of: source, x.shape).map { source[$0] })
  }

  /// The largest values, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let output = requireOutputShape(for: x.shape)
    let source = x.elements
    let places = places(of: source, x.shape)
    let pullback = Pullback { [shape = x.shape] dy in
      var dx = [Float](repeating: 0, count: shape.count)
      for (place, gradient) in zip(places, dy.elements) { dx[place] += gradient }
      return Gradients(input: Tensor(shape, dx))
    }
    return Forward(output: Tensor(output, places.map { source[$0] }), pullback: pullback)
  }

  /// Where each window's largest value is.
  private func places(of source: [Float], _ shape: Shape) -> [Int] {
    var places: [Int] = []
    for plane in 0..<shape[0] * shape[1] {
      let start = plane * shape[2] * shape[3]
      windows.forEach(of: shape) { cells in
        var best = start + cells[0]
        for cell in cells {
          let value = source[start + cell]
          if value > source[best] || value.isNaN { best = start + cell }
        }
        places.append(best)
      }
    }
    return places
  }
}

extension AdaptiveMaxPool2D {
  /// The layer in one line: its output's size.
  public var description: String { describe("output \(size)") }
}
