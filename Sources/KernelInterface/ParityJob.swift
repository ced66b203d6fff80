/// Rows of an image block to be split by the parity of their rows and columns, and recombined as a
/// fast correlation wants them.
///
/// Along each axis the padded image's cells come in pairs, cell 2i and cell 2i + 1. For its input
/// the fast correlation wants, of each pair and the cell after it,
///
/// ```text
/// even: x[2i] − x[2i + 1]    odd: x[2i + 2] − x[2i + 1]    both: x[2i + 1]
/// ```
///
/// and for the gradient of its output
///
/// ```text
/// even: y[2i]                odd: y[2i + 1]                both: y[2i] + y[2i + 1]
/// ```
///
/// along rows and columns: nine planes, [row variant][column variant], each of a quarter of the
/// cells. Cells outside the image are zeros. Planes of an image's own cells are not made where they
/// can be read in their place: an input's [both][both] if `leavesBothOut`, and a gradient's of even
/// and odd variants alone.
@unsafe
public struct ParityJob {
  /// Channel 0, row 0, column 0 of the image.
  public var input: UnsafePointer<Lanes>
  /// Channel 0, row `rows.lowerBound`, column 0 of the first plane.
  public var output: UnsafeMutablePointer<Lanes>
  /// A row of zeros, as wide as the image; for the planes of an input.
  public var zeros: UnsafePointer<Lanes>?
  /// Whether the plane [both][both] of an input is not made.
  public var leavesBothOut = false
  /// Where the rows and the columns of an input's odd variants end; those of others may go on.
  public var oddRowsEnd = 0, oddColumns = 0
  /// Where the greatest magnitude of what is read goes, for each lane; or nowhere.
  public var greatest: UnsafeMutablePointer<Lanes>?
  /// Channels.
  public var channels = 0
  /// Rows of the image.
  public var height = 0
  /// Columns of the image.
  public var width = 0
  /// From one channel of the image to the next.
  public var inputChannelStride = 0
  /// The image's row that is the padded image's first; negative for a margin.
  public var top = 0
  /// The image's column that is the padded image's first.
  public var left = 0
  /// The planes' rows to make.
  public var rows = 0..<0
  /// The planes' columns to make, from 0 on.
  public var columns = 0
  /// From one plane to the next.
  public var planeStride = 0
  /// From one channel of a plane to the next.
  public var outputChannelStride = 0
  /// From one row of a plane to the next.
  public var outputRowStride = 0

  /// A job with its pointers; sizes follow one by one.
  public init(input: UnsafePointer<Lanes>, output: UnsafeMutablePointer<Lanes>) {
    unsafe self.input = input
    unsafe self.output = output
  }
}
