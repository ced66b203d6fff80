/// Rows and columns: the size of an image or kernel, or a stride or dilation.
///
/// An integer stands for the square: `let kernelSize: Extent2D = 3` is 3×3.
public struct Extent2D: Sendable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// The number of rows, or the step from row to row.
  public var height: Int

  /// The number of columns, or the step from column to column.
  public var width: Int

  /// Rows and columns by name.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// As many rows as columns.
  public init(_ both: Int) { self.init(height: both, width: both) }

  /// As many rows as columns.
  public init(integerLiteral both: Int) { self.init(both) }

  /// Height, a cross and width: `3×5`.
  public var description: String { "\(height)×\(width)" }
}

/// The most rows or columns that an image, a window, a stride, a dilation or a padding can have,
/// 2³⁰: sums and products of two of them never overflow.
public let largestExtent = 1 << 30
