import Requirements
import Tensors

/// The windows of adaptive pooling: as many as an output of a given size has pixels.
///
/// Along each axis window i of h covers ⌊i·H/h⌋ up to ⌈(i + 1)·H/h⌉ − 1 (PyTorch's bins).
struct AdaptiveWindows: Sendable {
  /// Rows and columns of the output.
  let size: Extent2D

  /// Windows of a layer; traps where there would be none.
  init(size: Extent2D, layer: String) {
    require(
      size.height >= 1 && size.width >= 1 && max(size.height, size.width) <= largestExtent,
      "\(layer): an output has 1×1 to \(largestExtent) pixels in each axis, not \(size)")
    self.size = size
  }

  /// (N, C, h, w).
  func outputShape(
    for input: Shape, layer: String, reason: String
  ) throws(ShapeError) -> Shape {
    for axis in 2...3 where input[axis] < 1 {
      throw ShapeError(
        layer: layer, quantity: axis == 2 ? "height" : "width", axis: axis, size: input[axis],
        limit: .atLeast(1), input: input, reason: reason)
    }
    let output = [input[0], input[1], size.height, size.width]
    if let shape = Shape(fitting: output) { return shape }
    throw ShapeError(layer: layer, output: output, input: input)
  }

  /// Calls `body` with the cells of each window of a plane in turn, row by row.
  func forEach(of input: Shape, _ body: ([Int]) -> Void) {
    func range(_ index: Int, _ extent: Int, _ outputs: Int) -> Range<Int> {
      index * extent / outputs..<((index + 1) * extent + outputs - 1) / outputs
    }
    for row in 0..<size.height {
      let rows = range(row, input[2], size.height)
      for column in 0..<size.width {
        let columns = range(column, input[3], size.width)
        body(rows.flatMap { i in columns.map { i * input[3] + $0 } })
      }
    }
  }
}
