/// A geometry that cannot be: which axis, what was expected and what came.
public struct GeometryError: Error, Hashable, CustomStringConvertible {
  /// What is at fault where it is the input: what layers make their own sentence of.
  public enum Fault: Hashable, Sendable {
    /// The padded image is shorter than the window: the axis of (N, C, H, W), the image's size
    /// there, the least it should be, what the window spans and what the padding adds.
    case tooShort(axis: Int, size: Int, least: Int, span: Int, added: Int)

    /// A pooling window could lie in the padding altogether: the side, its axis, the cells of
    /// padding there and the most there may be.
    case tooMuchPadding(side: String, axis: Int, cells: Int, most: Int)

    /// The output would have more elements than a shape can, ``Shape/mostElements``.
    case tooLarge(output: [Int])
  }

  /// One sentence with the expected and the actual value.
  public let description: String

  /// What is at fault, where it is the input's size.
  public let fault: Fault?

  init(_ description: String, fault: Fault? = nil) {
    self.description = description
    self.fault = fault
  }
}

extension GeometryError {
  /// The shape of an output, or the error where there is none as large.
  static func output(_ dimensions: [Int]) throws(GeometryError) -> Shape {
    if let shape = Shape(fitting: dimensions) { return shape }
    let extents = dimensions.map(String.init).joined(separator: "×")
    throw GeometryError(
      "a shape has at most 2⁴⁶ elements, but the output \(extents) has more",
      fault: .tooLarge(output: dimensions))
  }
}

/// Where a window of `window` cells, `dilation` apart, stands on a padded image when it moves by
/// `stride`: what convolution and pooling share.
public struct WindowGeometry: Sendable, Hashable {
  /// Rows and columns of the image before padding.
  public let image: Extent2D

  /// Rows and columns of the window.
  public let window: Extent2D

  /// How far the window moves from one output to the next.
  public let stride: Extent2D

  /// How far apart the window's cells are; 1 is a window without gaps.
  public let dilation: Extent2D

  /// The cells added around the image; negative numbers crop.
  public let margins: Margins

  /// Rows and columns of the output:
  /// ⌊(size + margins − dilation · (window − 1) − 1) / stride⌋ + 1 along each axis.
  public let output: Extent2D

  /// Checks and completes a geometry.
  ///
  /// - Throws: A ``GeometryError`` when a size, stride or dilation is below 1 or the window does
  ///   not fit the padded image.
  public init(
    image: Extent2D, window: Extent2D, stride: Extent2D = 1, dilation: Extent2D = 1,
    padding: Padding = .valid
  ) throws(GeometryError) {
    func check(_ extent: Extent2D, _ name: String) throws(GeometryError) {
      guard extent.height >= 1, extent.width >= 1 else {
        throw GeometryError("the \(name) must be at least 1×1, but it is \(extent)")
      }
      guard max(extent.height, extent.width) <= largestExtent else {
        throw GeometryError(
          "the \(name) must be at most \(largestExtent) in each axis, but it is \(extent)")
      }
    }
    try check(window, "window")
    try check(stride, "stride")
    try check(dilation, "dilation")
    if let problem = padding.problem { throw GeometryError(problem) }
    let margins = padding.margins(
      image: image, window: window, stride: stride, dilation: dilation)
    func outputs(
      _ axis: Int, _ size: Int, _ added: Int, _ window: Int, _ stride: Int, _ dilation: Int
    ) throws(GeometryError) -> Int {
      let span = dilation * (window - 1) + 1
      let least = max(1, span - added)
      guard size >= least else {
        let cells = axis == 2 ? "rows" : "columns"
        throw GeometryError(
          size < 1
            ? "the image must be at least 1×1, but it is \(image)"
            : "the window spans \(span) \(cells), but the padded image has only \(size + added)",
          fault: .tooShort(axis: axis, size: size, least: least, span: span, added: added))
      }
      return (size + added - span) / stride + 1
    }
    output = Extent2D(
      height: try outputs(
        2, image.height, margins.top + margins.bottom, window.height, stride.height,
        dilation.height),
      width: try outputs(
        3, image.width, margins.left + margins.right, window.width, stride.width, dilation.width))
    self.image = image
    self.window = window
    self.stride = stride
    self.dilation = dilation
    self.margins = margins
  }
}
