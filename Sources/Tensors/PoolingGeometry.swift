internal import Requirements

/// Every size that pooling needs, checked once: (N, C, H, W) becomes (N, C, output rows, output
/// columns).
public struct PoolingGeometry: Sendable, Hashable {
  /// The shape of the input, (N, C, H, W).
  public let input: Shape

  /// The shape of the output, (N, C, output rows, output columns).
  public let output: Shape

  /// Where the window stands on the padded image.
  public let window: WindowGeometry

  /// Checks and completes a geometry; without a stride the windows lie side by side.
  ///
  /// - Throws: A ``GeometryError`` when a rank or size does not fit, or a window could lie in the
  ///   padding altogether.
  public init(
    checking input: Shape, window size: Extent2D, stride: Extent2D? = nil,
    padding: Padding = .valid
  ) throws(GeometryError) {
    guard input.rank == 4 else {
      throw GeometryError("pooling's input is N×C×H×W, but its shape is \(input)")
    }
    window = try WindowGeometry(
      image: Extent2D(height: input[2], width: input[3]), window: size, stride: stride ?? size,
      padding: padding)
    let margins = window.margins
    for (side, axis, cells, size) in [
      ("top", 2, margins.top, size.height), ("bottom", 2, margins.bottom, size.height),
      ("left", 3, margins.left, size.width), ("right", 3, margins.right, size.width),
    ] where cells >= size {
      throw GeometryError(
        "pooling's padding (\(margins)) must be smaller than its window \(window.window)",
        fault: .tooMuchPadding(side: side, axis: axis, cells: cells, most: size - 1))
    }
    self.input = input
    output = try GeometryError.output([
      input[0], input[1], window.output.height, window.output.width,
    ])
  }

  /// Completes a geometry; traps with the ``GeometryError``'s sentence when it does not fit.
  public init(
    input: Shape, window size: Extent2D, stride: Extent2D? = nil, padding: Padding = .valid
  ) {
    do throws(GeometryError) {
      try self.init(checking: input, window: size, stride: stride, padding: padding)
    } catch {
      requirementFailed(error.description)
    }
  }
}
