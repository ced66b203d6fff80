internal import Requirements

/// How far an image is extended (or, with negative numbers, cropped) before a window slides over
/// it.
///
/// An integer literal pads all four sides alike: `let padding: Padding = 1`.
public enum Padding: Sendable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
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

  /// The rule's name, the number of cells, or the four sides.
  public var description: String {
    switch self {
    case .valid: "valid"
    case .same: "same"
    case .full: "full"
    case .explicit(let top, let bottom, let left, let right):
      Set([top, bottom, left, right]).count == 1
        ? "\(top)" : "top \(top), bottom \(bottom), left \(left), right \(right)"
    }
  }

  /// What is wrong with the number of cells, whatever the image; `nil` where nothing is.
  public var problem: String? {
    guard case .explicit(let top, let bottom, let left, let right) = self else { return nil }
    for cells in [top, bottom, left, right] where cells.magnitude > UInt(largestExtent) {
      return "a padding has at most \(largestExtent) cells on each side, not \(cells)"
    }
    return nil
  }

  /// The cells per side for a window over an image of the given size.
  ///
  /// Traps where one of the numbers is beyond ``largestExtent``.
  public func margins(
    image: Extent2D, window: Extent2D, stride: Extent2D = 1, dilation: Extent2D = 1
  ) -> Margins {
    for extent in [image, window, stride, dilation] {
      require(
        max(extent.height.magnitude, extent.width.magnitude) <= UInt(largestExtent),
        "padding is for sizes up to \(largestExtent), but one is \(extent)")
    }
    require(stride.height >= 1 && stride.width >= 1, "a stride is at least 1×1, not \(stride)")
    if let problem { requirementFailed(problem) }
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
