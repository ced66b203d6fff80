/// A run of tiles of one block and group whose input patches are transformed: the first step of
/// Winograd's minimal filtering.
///
/// A tile is 4×2 outputs, its patch the 6×4 inputs that it sees. A patch is transformed into 24
/// numbers again; the place of each is a *position*. What lies outside the image counts as zero.
@unsafe
public struct PatchJob {
  /// Channel 0, row 0, column 0 of the image.
  public var input: UnsafePointer<Lanes>
  /// For an image that is the gradient of a 2×2 max-pool and given by that of the pool's output: which
  /// cell of each window, 0 to 3 row by row, has it, a byte per lane. Rows and columns are even, and
  /// `top` and `left` are odd. Or none.
  public var winners: UnsafePointer<UInt8>?
  /// Rows and columns of the image.
  public var height = 0, width = 0
  /// Channels.
  public var channels = 0
  /// The image's row and column at which the first tile's patch begins.
  public var top = 0, left = 0
  /// Tiles in a row of tiles.
  public var tileColumns = 1
  /// The tiles, numbered row by row; at most six.
  public var tiles = 0..<0
  /// The transformed patches, [position][channel][six tiles].
  public var output: UnsafeMutablePointer<Lanes>
  /// From one position to the next.
  public var positionStride = 0

  /// A job with its pointers; sizes follow one by one.
  public init(input: UnsafePointer<Lanes>, output: UnsafeMutablePointer<Lanes>) {
    unsafe self.input = input
    unsafe self.output = output
  }
}

/// A run of tiles of one block and group whose outputs are computed from the transformed patches:
/// at each position a product of matrices, and then the way back.
@unsafe
public struct TileJob {
  /// The transformed patches, [position][channel][six tiles].
  public var patches: UnsafePointer<Lanes>
  /// From one position of the patches to the next.
  public var positionStride = 0
  /// Input channels.
  public var channels = 0
  /// Output channels.
  public var outputs = 0
  /// The transformed kernel, [four outputs][position][channel][output of the four]; zeros where
  /// there are no four.
  public var weights: UnsafePointer<Float>
  /// Room for the products of four outputs, [position][six tiles][output of the four].
  public var products: UnsafeMutablePointer<Lanes>
  /// Room for the addresses of lines to fetch, 24 per channel.
  public var lines: UnsafeMutablePointer<UnsafeRawPointer>
  /// The job whose patches are transformed next: they are fetched into the cache meanwhile.
  public var next: PatchJob?
  /// One number per output channel, or none.
  public var bias: UnsafePointer<Float>?
  /// Channel 0, row 0, column 0 of the output.
  public var output: UnsafeMutablePointer<Lanes>
  /// Where the output is to be the largest of each 2×2 cells: which cell that is, 0 to 3 row by row, a
  /// byte per lane. Rows and columns are even, and there is no mask. Or none.
  public var winners: UnsafeMutablePointer<UInt8>?
  /// Laid out like the output: where it is not positive the output becomes zero. Or none.
  public var mask: UnsafePointer<Lanes>?
  /// Rows and columns of the output, before a pool; what a tile has beyond them is not stored.
  public var height = 0, width = 0
  /// Tiles in a row of tiles.
  public var tileColumns = 1
  /// The tiles, numbered row by row; at most six.
  public var tiles = 0..<0
  /// Whether negative outputs become zero.
  public var rectifies = false
  /// How many lanes hold items; the others become zero.
  public var lanes = 16

  /// A job with its pointers; sizes follow one by one.
  public init(
    patches: UnsafePointer<Lanes>, weights: UnsafePointer<Float>,
    products: UnsafeMutablePointer<Lanes>, lines: UnsafeMutablePointer<UnsafeRawPointer>,
    output: UnsafeMutablePointer<Lanes>
  ) {
    unsafe self.patches = patches
    unsafe self.weights = weights
    unsafe self.products = products
    unsafe self.lines = lines
    unsafe self.output = output
  }
}
