import Requirements
import Tensors

/// What layers with a window over an image share: convolution and pooling. Every size is derived by
/// the geometries of `Tensors`; here their faults become errors that name the layer.
struct ImageWindow {
  var size: Extent2D
  var stride: Extent2D
  var dilation: Extent2D = 1
  var padding: Padding

  /// The geometry of a convolution of a batch of images.
  func convolution(
    of input: Shape, kernel: Shape, groups: Int, layer: some Layer
  ) throws(ShapeError) -> ConvolutionGeometry {
    try layer.check(images: input, channels: kernel[1] * groups)
    do throws(GeometryError) {
      return try ConvolutionGeometry(
        checking: input, kernel: kernel, stride: stride, dilation: dilation, padding: padding,
        groups: groups)
    } catch {
      throw ShapeError(error, layer: layer.name, input: input)
    }
  }

  /// The geometry of pooling a batch of images; the padding on each side must be below the window,
  /// so that no window lies in the padding altogether.
  func pooling(of input: Shape, layer: some Layer) throws(ShapeError) -> PoolingGeometry {
    try layer.check(images: input)
    do throws(GeometryError) {
      return try PoolingGeometry(checking: input, window: size, stride: stride, padding: padding)
    } catch {
      throw ShapeError(error, layer: layer.name, input: input)
    }
  }

  /// A problem with the window itself, whatever the input; `nil` where there is none.
  var problem: String? {
    for (what, extent) in [("kernel size", size), ("stride", stride), ("dilation", dilation)]
    where extent.height < 1 || extent.width < 1 {
      return "a \(what) is at least 1×1, not \(extent)"
    }
    for (what, extent) in [("kernel size", size), ("stride", stride), ("dilation", dilation)]
    where max(extent.height, extent.width) > largestExtent {
      return "a \(what) is at most \(largestExtent) in each axis, not \(extent)"
    }
    return padding.problem
  }
}

/// The shape of a weight that is to be drawn; traps with the layer's name where there is none such.
func weightShape(of layer: String, _ channels: [Int], _ kernel: Extent2D) -> Shape {
  let window = ImageWindow(size: kernel, stride: 1, padding: .valid)
  if let problem = window.problem { requirementFailed("\(layer): \(problem)") }
  let extents = channels + [kernel.height, kernel.width]
  guard let shape = Shape(fitting: extents) else {
    requirementFailed(
      "\(layer): a shape has at most 2⁴⁶ elements, but "
        + "\(extents.map(String.init).joined(separator: "×")) has more")
  }
  return shape
}

/// What the pooling layers share: their window, and the sizes that follow from it.
protocol WindowPooling: Layer {
  var size: Extent2D { get }
  var stride: Extent2D { get }
  var padding: Padding { get }
}

extension WindowPooling {
  /// The window of the layer.
  var pool: ImageWindow { ImageWindow(size: size, stride: stride, padding: padding) }

  /// The sizes for an input; throws where the window does not fit.
  func geometry(of input: Shape) throws(ShapeError) -> PoolingGeometry {
    try pool.pooling(of: input, layer: self)
  }

  /// The sizes for an input that must fit.
  func geometry(for input: Shape) -> PoolingGeometry {
    trapping { () throws(ShapeError) in try geometry(of: input) }
  }

  /// The init of a pooling layer ends with this: traps where the window itself cannot be.
  func requireWindow() {
    if let problem = pool.problem { requirementFailed("\(name): \(problem)") }
  }
}

extension ShapeError {
  /// The error of a layer for whose input there is no geometry.
  fileprivate init(_ error: GeometryError, layer: String, input: Shape) {
    switch error.fault {
    case .tooShort(let axis, let size, let least, let span, let added):
      let frame = added == 0 ? "" : " and the padding adds \(added)"
      self.init(
        layer: layer, quantity: axis == 2 ? "height" : "width", axis: axis, size: size,
        limit: .atLeast(least), input: input, reason: "the window spans \(span)\(frame)")
    case .tooMuchPadding(let side, let axis, let cells, let most):
      self.init(
        layer: layer, quantity: "padding at the \(side)", axis: axis, size: cells,
        limit: .atMost(most), input: input, reason: "a window would see nothing but padding")
    case .tooLarge(let output):
      self.init(layer: layer, output: output, input: input)
    case nil:
      // The layer has checked everything else about itself when it was made.
      requirementFailed("\(layer): \(error.description)")
    }
  }
}
