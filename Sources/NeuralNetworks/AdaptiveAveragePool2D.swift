import Requirements
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
  public let size: Extent2D

  /// A pooling layer.
  ///
  /// - Parameter size: Rows and columns of the output; an integer stands for the square.
  public init(size: Extent2D) {
    require(
      size.height >= 1 && size.width >= 1 && max(size.height, size.width) <= largestExtent,
      "AdaptiveAveragePool2D: an output has 1×1 to \(largestExtent) pixels in each axis, not \(size)"
    )
    self.size = size
  }

  /// (N, C, h, w).
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try check(images: input)
    for axis in 2...3 where input[axis] < 1 {
      throw ShapeError(
        layer: name, quantity: axis == 2 ? "height" : "width", axis: axis, size: input[axis],
        limit: .atLeast(1), input: input, reason: "the mean over no pixels does not exist")
    }
    return [input[0], input[1], size.height, size.width]
  }

  /// The means.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let output = requireOutputShape(for: x.shape)
    let source = x.elements
    var index = 0
    let area = x.shape[2] * x.shape[3]
    var y = [Float](repeating: 0, count: output.count)
    for plane in 0..<x.shape[0] * x.shape[1] {
      forEachWindow(x.shape) { cells, count in
        var total = 0.0
        for cell in cells { total += Double(source[plane * area + cell]) }
        y[index] = Float(total / Double(count))
        index += 1
      }
    }
    return Tensor(output, y)
  }

  /// The means, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let pullback = Pullback { [self, shape = x.shape] dy in
      let gradient = dy.elements
      var (dx, index) = ([Float](repeating: 0, count: shape.count), 0)
      for plane in 0..<shape[0] * shape[1] {
        forEachWindow(shape) { cells, count in
          for cell in cells {
            dx[plane * shape[2] * shape[3] + cell] += gradient[index] / Float(count)
          }
          index += 1
        }
      }
      return Gradients(input: Tensor(shape, dx))
    }
    return Forward(output: self(x), pullback: pullback)
  }

  /// Calls `body` with the cells of each window in turn, and their number.
  private func forEachWindow(_ input: Shape, _ body: ([Int], Int) -> Void) {
    func range(_ index: Int, _ extent: Int, _ outputs: Int) -> Range<Int> {
      index * extent / outputs..<((index + 1) * extent + outputs - 1) / outputs
    }
    for row in 0..<size.height {
      let rows = range(row, input[2], size.height)
      for column in 0..<size.width {
        let columns = range(column, input[3], size.width)
        let cells = rows.flatMap { i in columns.map { i * input[3] + $0 } }
        body(cells, cells.count)
      }
    }
  }
}

extension AdaptiveAveragePool2D {
  /// The layer in one line: its output's size.
  public var description: String { describe("output \(size)") }
}
