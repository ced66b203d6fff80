/// One channel of a block with few items, whose strips of rows are laid side by side in the lanes
/// that have no item: strip s of item n takes lane `s · slots + n`.
@unsafe
public struct FoldJob {
  /// Row 0 of the channel.
  public var image: UnsafeMutablePointer<Lanes>
  /// Rows of the channel; what lies outside of them is zero, and nothing is written there.
  public var height = 0
  /// Columns.
  public var width = 0
  /// From one row to the next.
  public var rowStride = 0
  /// From one column to the next.
  public var columnStride = 1
  /// The row at which the first strip begins; negative for a margin.
  public var firstRow = 0
  /// Rows from the beginning of one strip to that of the next.
  public var step = 0
  /// Strips.
  public var strips = 0
  /// Items.
  public var items = 0
  /// Lanes per strip: 1, 2, 4 or 8, at least as many as items.
  public var slots = 1
  /// A row of zeros, for the way there.
  public var zeros: UnsafePointer<Lanes>?
  /// The strips side by side, row 0.
  public var folded: UnsafeMutablePointer<Lanes>
  /// Rows of a strip.
  public var rows = 0
  /// Laid out like the image: where it is not positive the image becomes zero. Or none.
  public var mask: UnsafePointer<Lanes>?

  /// A job with its pointers; sizes follow one by one.
  public init(image: UnsafeMutablePointer<Lanes>, folded: UnsafeMutablePointer<Lanes>) {
    unsafe self.image = image
    unsafe self.folded = folded
  }
}
