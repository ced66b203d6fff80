/// A run of output rows of one block, whose products with the input are added to partial sums of
/// the kernel's gradient, one vector of lanes per weight.
///
/// ```text
/// sums[tile][u][tap][o] += Σ gradient[o][y][x · gradientColumnStep]
///   · input[y · rowStep + rowOffsets[u]][x · columnStep + taps[t]]
/// ```
///
/// summed over the job's rows y and all columns x. A tap is an input channel together with a kernel
/// column. The sums are laid out per tile of output channels. (Points take no column steps.)
@unsafe
public struct WeightGradientJob {
  /// Channel 0, row `firstRow` of the input.
  public var input: UnsafePointer<Lanes>
  /// From one row of the input to the next.
  public var rowStride = 0
  /// From the input column of one output column to the next.
  public var columnStep = 1
  /// The row that `input` points to.
  public var firstRow = 0
  /// Rows that the input has; others count as zero.
  public var inputRows = 0
  /// The input rows from one output row to the next.
  public var rowStep = 1
  /// For each kernel row, where it lies relative to the output row's first input row.
  public var rowOffsets: UnsafePointer<Int>
  /// Kernel rows.
  public var kernelRows = 0
  /// For each input channel and kernel column, where it lies relative to the output column.
  public var tapOffsets: UnsafePointer<Int>
  /// Input channels times kernel columns.
  public var taps = 0
  /// Channel 0, row 0 of the gradient with respect to the output.
  public var gradient: UnsafePointer<Lanes>
  /// From one channel of the gradient to the next.
  public var gradientChannelStride = 0
  /// From one row of the gradient to the next.
  public var gradientRowStride = 0
  /// From one column of the gradient to the next.
  public var gradientColumnStep = 1
  /// Output channels.
  public var outputs = 0
  /// The output rows to add.
  public var rows = 0..<0
  /// Output columns.
  public var width = 0
  /// How many lanes hold items; the others hold zeros.
  public var lanes = 16
  /// Whether the sums begin with these rows; what was in their place is not read.
  public var begins = false
  /// The partial sums, [tile][kernel row][tap][output of the tile].
  public var sums: UnsafeMutablePointer<Lanes>

  /// A job with its pointers; sizes follow one by one.
  public init(
    input: UnsafePointer<Lanes>, gradient: UnsafePointer<Lanes>,
    sums: UnsafeMutablePointer<Lanes>, rowOffsets: UnsafePointer<Int>,
    tapOffsets: UnsafePointer<Int>
  ) {
    unsafe self.input = input
    unsafe self.gradient = gradient
    unsafe self.sums = sums
    unsafe self.rowOffsets = rowOffsets
    unsafe self.tapOffsets = tapOffsets
  }
}
