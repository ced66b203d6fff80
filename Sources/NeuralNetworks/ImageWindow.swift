import Tensors

/// The checks that layers with a window over an image share: convolution and pooling.
struct ImageWindow {
  var size: Extent2D
  var stride: Extent2D
  var dilation: Extent2D = 1
  var padding: Padding

  /// The cells added on each side for a given input.
  func margins(for input: Shape) -> Margins {
    padding.margins(
      image: Extent2D(height: input[2], width: input[3]), window: size, stride: stride,
      dilation: dilation)
  }

  /// Rows and columns of the output, or the axis of the input that is too short.
  func output(for input: Shape, layer: String) throws(ShapeError) -> Extent2D {
    let margins = margins(for: input)
    func count(
      axis: Int, quantity: String, added: Int, size: Int, stride: Int, dilation: Int
    ) throws(ShapeError) -> Int {
      let span = dilation * (size - 1) + 1
      let least = max(1, span - added)
      guard input[axis] >= least else {
        let frame = added == 0 ? "" : " and the padding adds \(added)"
        throw ShapeError(
          layer: layer, quantity: quantity, axis: axis, size: input[axis], limit: .atLeast(least),
          input: input, reason: "the window spans \(span)\(frame)")
      }
      return (input[axis] + added - span) / stride + 1
    }
    return Extent2D(
      height: try count(
        axis: 2, quantity: "height", added: margins.top + margins.bottom, size: size.height,
        stride: stride.height, dilation: dilation.height),
      width: try count(
        axis: 3, quantity: "width", added: margins.left + margins.right, size: size.width,
        stride: stride.width, dilation: dilation.width))
  }

  /// A problem with the window itself, whatever the input; `nil` where there is none.
  var problem: String? {
    for (what, extent) in [("kernel size", size), ("stride", stride), ("dilation", dilation)]
    where extent.height < 1 || extent.width < 1 {
      return "a \(what) is at least 1×1, not \(extent)"
    }
    return nil
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
