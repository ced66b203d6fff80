/// Items in row-major order to be put side by side in the lanes of one block, or back.
@unsafe
public struct LayoutJob {
  /// For each of the 16 lanes the item's first element, or none: the lane stays zero.
  public var items: UnsafePointer<UnsafeMutablePointer<Float>?>
  /// The block: one vector per element.
  public var block: UnsafeMutablePointer<Lanes>
  /// Elements per item.
  public var count = 0

  /// A job with its pointers and size.
  public init(
    items: UnsafePointer<UnsafeMutablePointer<Float>?>, block: UnsafeMutablePointer<Lanes>,
    count: Int
  ) {
    unsafe self.items = items
    unsafe self.block = block
    unsafe self.count = count
  }
}

/// Rows of an image block to be copied between margins of zeros.
///
/// Columns may be dealt out by their remainder modulo a stride, so that a kernel that moves by the
/// stride finds its columns side by side: column x goes to part x mod stride, place x div stride.
@unsafe
public struct PaddingJob {
  /// Channel 0, row 0 of the image.
  public var input: UnsafePointer<Lanes>
  /// Laid out like the image: where it is not positive the copy is zero. Or none.
  public var mask: UnsafePointer<Lanes>?
  /// Channel 0, row `rows.lowerBound` of the copy.
  public var output: UnsafeMutablePointer<Lanes>
  /// Channels.
  public var channels = 0
  /// From one channel of the image to the next.
  public var inputChannelStride = 0
  /// Columns of the image.
  public var width = 0
  /// The rows to copy.
  public var rows = 0..<0
  /// From one channel of the copy to the next.
  public var outputChannelStride = 0
  /// From one row of the copy to the next.
  public var outputRowStride = 0
  /// Columns of the copy, margins included.
  public var outputWidth = 0
  /// The left margin; negative leaves out columns of the image.
  public var left = 0
  /// Into how many parts the columns are dealt out.
  public var parts = 1

  /// A job with its pointers; sizes follow one by one.
  public init(input: UnsafePointer<Lanes>, output: UnsafeMutablePointer<Lanes>) {
    unsafe self.input = input
    unsafe self.output = output
  }
}

/// Partial sums, a vector of them per weight, to be added up across the lanes.
@unsafe
public struct LaneSumJob {
  /// The vectors.
  public var sums: UnsafePointer<Lanes>
  /// How many there are.
  public var count = 0
  /// One number per vector.
  public var result: UnsafeMutablePointer<Float>

  /// A job with its pointers; sizes follow one by one.
  public init(sums: UnsafePointer<Lanes>, result: UnsafeMutablePointer<Float>) {
    unsafe self.sums = sums
    unsafe self.result = result
  }
}
