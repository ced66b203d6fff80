import Requirements
public import Tensors

/// Frames an image with cells, or crops it where the padding is negative.
///
/// ```text
/// y[n, c, i, j] = x[n, c, r(i − top), s(j − left)]
/// ```
///
/// Input (N, C, H, W), output (N, C, H + top + bottom, W + left + right); r and s are the maps of
/// the ``PaddingMode``, and a cell outside of both axes of the image shows the mode's value.
/// Backward, dL/dx of a pixel is the sum of dL/dy over the cells that show it; with zeros or a
/// constant that is a crop of dL/dy. Cost: one copy of the output, no arithmetic but those sums.
/// The rules and limits are those of PyTorch's `nn.functional.pad`.
public struct Padding2D: Layer {
  /// Cells added above the image; negative crops, as on the other sides.
  public let top: Int
  /// Cells added below the image.
  public let bottom: Int
  /// Cells added to the left of the image.
  public let left: Int
  /// Cells added to the right of the image.
  public let right: Int
  /// What stands in the added cells.
  public let mode: PaddingMode

  /// A frame with its own width on each side.
  public init(top: Int, bottom: Int, left: Int, right: Int, mode: PaddingMode = .zeros) {
    self.top = top
    self.bottom = bottom
    self.left = left
    self.right = right
    self.mode = mode
    let padding = Padding.explicit(top: top, bottom: bottom, left: left, right: right)
    if let problem = padding.problem { requirementFailed("Padding2D: \(problem)") }
  }

  /// A frame of one width on all sides.
  public init(_ width: Int, mode: PaddingMode = .zeros) {
    self.init(top: width, bottom: width, left: width, right: width, mode: mode)
  }

  /// (N, C, H + top + bottom, W + left + right).
  ///
  /// Throws where `reflect` or `circular` pads by more than the axis allows, or where a crop leaves
  /// nothing.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape {
    try check(images: input)
    for (axis, sides) in [
      (2, [("top", top), ("bottom", bottom)]),
      (3, [("left", left), ("right", right)]),
    ] {
      let size = input[axis]
      for (side, padding) in sides {
        guard let limit = mode.limit(size: size), padding > limit.most else { continue }
        throw ShapeError(
          layer: name, quantity: "\(mode) padding at the \(side)", axis: axis, size: padding,
          limit: .atMost(limit.most), input: input, reason: limit.reason)
      }
      let result = size + sides[0].1 + sides[1].1
      // A single crop that passes the opposite edge would leave only added cells.
      let kept = size + min(0, sides[0].1) + min(0, sides[1].1)
      guard result >= 1, kept >= 1 || mode.fill != nil else {
        throw ShapeError(
          layer: name, quantity: axis == 2 ? "height" : "width", axis: axis, size: size,
          limit: .atLeast(size + 1 - min(result, kept)), input: input,
          reason: "padding \(sides[0].1) and \(sides[1].1) leaves nothing of it")
      }
    }
    return try output(
      [input[0], input[1], input[2] + top + bottom, input[3] + left + right], of: input)
  }

  /// The framed image.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let output = requireOutputShape(for: x.shape)
    if output == x.shape && top == 0 && left == 0 { return x }
    let (rows, columns) = sources(of: x.shape)
    return gatherSpatial(x, rows: rows, columns: columns, fill: mode.fill ?? 0)
  }

  /// The framed image, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let pullback = Pullback { [self, shape = x.shape] dy in
      let (rows, columns) = sources(of: shape)
      return Gradients(
        input: scatterSpatial(
          dy, rows: rows, columns: columns, size: Extent2D(height: shape[2], width: shape[3])))
    }
    return Forward(output: self(x), pullback: pullback)
  }

  private func sources(of shape: Shape) -> (rows: [Int?], columns: [Int?]) {
    (
      mode.sources(size: shape[2], before: top, after: bottom),
      mode.sources(size: shape[3], before: left, after: right)
    )
  }
}

extension Padding2D {
  /// The layer in one line: its sizes and settings.
  public var description: String {
    describe(
      "top \(top), bottom \(bottom), left \(left), right \(right)", "\(mode)")
  }
}
