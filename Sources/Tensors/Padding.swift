/// How far an image is extended (or, with negative numbers, cropped) before a window slides over
/// it.
///
/// An integer literal pads all four sides alike: `let padding: Padding = 1`.
public enum Padding: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// No padding: the window stays inside the image.
  case valid

  /// As much as gives ⌈size / stride⌉ outputs; an odd cell goes to the bottom and the right.
  ///
  /// TensorFlow's rule. At stride 1 the output has the size of the input.
  case same

  /// Every position at which the window overlaps the image at all: dilation · (kernel − 1) on each
  /// side.
  case full

  /// Cells per side; negative numbers crop.
  case explicit(top: Int, bottom: Int, left: Int, right: Int)

  /// The same number of cells on all four sides.
  public init(integerLiteral cells: Int) { self = .all(cells) }

  /// The same number of cells on all four sides.
  public static func all(_ cells: Int) -> Padding {
    .explicit(top: cells, bottom: cells, left: cells, right: cells)
  }

  /// The cells per side for a window over an image of the given size.
  public func margins(
    image: Extent2D, window: Extent2D, stride: Extent2D = 1, dilation: Extent2D = 1
  ) -> Margins {
    switch self {
    case .valid: return Margins(top: 0, bottom: 0, left: 0, right: 0)
    case .full:
      let rows = dilation.height * (window.height - 1)
      let columns = dilation.width * (window.width - 1)
      return Margins(top: rows, bottom: rows, left: columns, right: columns)
    case .same:
      let rows = sameTotal(image.height, window.height, stride.height, dilation.height)
      let columns = sameTotal(image.width, window.width, stride.width, dilation.width)
      return Margins(
        top: rows / 2, bottom: rows - rows / 2, left: columns / 2, right: columns - columns / 2)
    case .explicit(let top, let bottom, let left, let right):
      return Margins(top: top, bottom: bottom, left: left, right: right)
    }
  }

  /// Total cells along one axis so that ⌈size / stride⌉ windows fit.
  private func sameTotal(_ size: Int, _ window: Int, _ stride: Int, _ dilation: Int) -> Int {
    let outputs = (size + stride - 1) / stride
    return max(0, (outputs - 1) * stride + dilation * (window - 1) + 1 - size)
  }
}

/// Cells added around an image, side by side; negative numbers crop.
public struct Margins: Sendable, Hashable, CustomStringConvertible {
  /// Rows above the image.
  public var top: Int

  /// Rows below the image.
  public var bottom: Int

  /// Columns to the left of the image.
  public var left: Int

  /// Columns to the right of the image.
  public var right: Int

  /// The four sides by name.
  public init(top: Int, bottom: Int, left: Int, right: Int) {
    self.top = top
    self.bottom = bottom
    self.left = left
    self.right = right
  }

  /// The four sides in words.
  public var description: String { "top \(top), bottom \(bottom), left \(left), right \(right)" }
}
