/// Sixteen items of a batch, side by side: lane l of block b belongs to item 16 b + l.
public typealias Lanes = SIMD16<Float>

/// A run of output rows of one block and group: what the correlation kernel works on.
///
/// ```text
/// output[o][y][x] = bias[o] + Σ input[c][y · rowStep + rowOffsets[u]][x + columnOffsets[v]] · w
/// ```
///
/// summed over channels c, kernel rows u and kernel columns v; rows outside 0 ..< inputRows do not
/// take part. The forward convolution and the gradient of its input are both of this form: stride,
/// dilation and flipping are in the offsets.
@unsafe
public struct CorrelationJob {
  /// Channel 0, row `firstRow` of the input.
  public var input: UnsafePointer<Lanes>
  /// From one channel of the input to the next.
  public var channelStride = 0
  /// From one row of the input to the next.
  public var rowStride = 0
  /// The row that `input` points to.
  public var firstRow = 0
  /// Rows that the input has; others count as zero.
  public var inputRows = 0
  /// The columns of the (padded) input that are not padding.
  public var liveColumns = 0..<0
  /// The input rows from one output row to the next.
  public var rowStep = 1
  /// For each kernel row, where it lies relative to the output row's first input row.
  public var rowOffsets: UnsafePointer<Int>
  /// For each kernel column, where it lies relative to the output column.
  public var columnOffsets: UnsafePointer<Int>
  /// Kernel rows.
  public var kernelRows = 0
  /// Kernel columns.
  public var kernelColumns = 0
  /// Input channels.
  public var channels = 0
  /// Output channels.
  public var outputs = 0
  /// The kernel, packed per tile of output channels: [tile][channel][row][column][output].
  public var weights: UnsafePointer<Float>
  /// One number per output channel, or none.
  public var bias: UnsafePointer<Float>?
  /// Channel 0, row 0 of earlier sums that these start from instead of the bias. Or none.
  public var start: UnsafePointer<Lanes>?
  /// Laid out like `start` and added to it first. Or none.
  public var secondStart: UnsafePointer<Lanes>?
  /// From one output channel of the earlier sums to the next.
  public var startChannelStride = 0
  /// From one row of the earlier sums to the next.
  public var startRowStride = 0
  /// Channel 0, row 0, column 0 of the output.
  public var output: UnsafeMutablePointer<Lanes>
  /// Laid out like the output: where it is not positive the output becomes zero. Or none.
  public var mask: UnsafePointer<Lanes>?
  /// From one channel of the output to the next.
  public var outputChannelStride = 0
  /// From one row of the output to the next.
  public var outputRowStride = 0
  /// From one column of the output to the next.
  public var outputColumnStride = 1
  /// The output rows to compute.
  public var rows = 0..<0
  /// Output columns.
  public var width = 0
  /// Whether negative outputs become zero.
  public var rectifies = false
  /// How many lanes hold items; the others become zero.
  public var lanes = 16

  /// A job with its pointers; sizes follow one by one.
  public init(
    input: UnsafePointer<Lanes>, weights: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Lanes>, rowOffsets: UnsafePointer<Int>,
    columnOffsets: UnsafePointer<Int>
  ) {
    unsafe self.input = input
    unsafe self.weights = weights
    unsafe self.output = output
    unsafe self.rowOffsets = rowOffsets
    unsafe self.columnOffsets = columnOffsets
  }
}
