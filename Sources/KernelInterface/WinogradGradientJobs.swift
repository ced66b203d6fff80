/// A run of tiles of one block and group whose gradients are half transformed: a tile's 2×2 gradients
/// g become G g, four rows of two numbers; G g Gᵀ would be four rows of four.
///
/// They are transposed on the way: what comes with 16 items in the lanes leaves with 16 output
/// channels in them.
@unsafe
public struct GradientTileJob {
  /// Channel 0, row 0, column 0 of the gradient with respect to the output.
  public var gradient: UnsafePointer<Lanes>
  /// For a gradient behind a 2×2 max-pool: that of the pool's output is given, and which cell of each
  /// window, 0 to 3 row by row, has it, a byte per lane. Rows and columns are even. Or none.
  public var winners: UnsafePointer<UInt8>?
  /// Rows and columns of the gradient; what a tile has beyond them counts as zero.
  public var height = 0, width = 0
  /// Output channels.
  public var channels = 0
  /// Tiles in a row of tiles.
  public var tileColumns = 1
  /// The tiles, numbered row by row; at most six.
  public var tiles = 0..<0
  /// Room for 128 vectors.
  public var room: UnsafeMutablePointer<Lanes>
  /// The half transformed gradients, [row][column][16 output channels][six tiles][item].
  public var output: UnsafeMutablePointer<Lanes>
  /// From one column of a row to the next.
  public var columnStride = 0
  /// How many lanes hold items; those of the others are not written.
  public var lanes = 16

  /// A job with its pointers; sizes follow one by one.
  public init(
    gradient: UnsafePointer<Lanes>, room: UnsafeMutablePointer<Lanes>,
    output: UnsafeMutablePointer<Lanes>
  ) {
    unsafe self.gradient = gradient
    unsafe self.room = room
    unsafe self.output = output
  }
}

/// A run of tiles whose transformed gradients and patches are multiplied and added to the transform
/// of the kernel's gradient, 16 output channels in the lanes.
///
/// ```text
/// sums[position][c][o] += Σ gradients[position][o][tile][item] · patches[position][c][tile][item]
/// ```
///
/// The gradients of a row's four positions are a, a + b, a − b and b, where a and b are its columns.
@unsafe
public struct WeightSumJob {
  /// The half transformed gradients, [row][column][16 output channels][six tiles][item].
  public var gradients: UnsafePointer<Lanes>
  /// From one column of a row to the next.
  public var gradientStride = 0
  /// The transformed patches, [position][channel][six tiles][item].
  public var patches: UnsafePointer<Lanes>
  /// From one position of the patches to the next.
  public var patchStride = 0
  /// Input channels, rounded up to a multiple of four.
  public var channels = 0
  /// Output channels in sixteens.
  public var sixteens = 0
  /// Tiles of the run.
  public var tiles = 0
  /// How many lanes hold items.
  public var lanes = 16
  /// The sums, [position][channel][16 output channels].
  public var sums: UnsafeMutablePointer<Lanes>
  /// Whether the sums are the first and nothing is added to.
  public var isFirst = false
  /// The jobs whose gradients and patches are transformed next: they are fetched into the cache
  /// meanwhile.
  public var nextGradients: GradientTileJob?, nextPatches: PatchJob?
  /// Room for the addresses of lines to fetch.
  public var lines: UnsafeMutablePointer<UnsafeRawPointer>
  /// For how many.
  public var lineRoom = 0

  /// A job with its pointers; sizes follow one by one.
  public init(
    gradients: UnsafePointer<Lanes>, patches: UnsafePointer<Lanes>,
    sums: UnsafeMutablePointer<Lanes>, lines: UnsafeMutablePointer<UnsafeRawPointer>
  ) {
    unsafe self.gradients = gradients
    unsafe self.patches = patches
    unsafe self.sums = sums
    unsafe self.lines = lines
  }
}

/// Some input channels whose sums are added up and transformed back to the kernel's gradient.
@unsafe
public struct WeightTileJob {
  /// The sums of the first unit, [position][channel][16 output channels].
  public var sums: UnsafePointer<Lanes>
  /// From one unit's sums to the next.
  public var unitStride = 0
  /// Units, added in order.
  public var units = 1
  /// From one position to the next.
  public var positionStride = 0
  /// Output channels.
  public var outputs = 0
  /// The input channels to finish.
  public var channels = 0..<0
  /// The kernel's gradient, [output][channel][3][3].
  public var result: UnsafeMutablePointer<Float>
  /// From one output channel of the result to the next.
  public var outputStride = 0

  /// A job with its pointers; sizes follow one by one.
  public init(sums: UnsafePointer<Lanes>, result: UnsafeMutablePointer<Float>) {
    unsafe self.sums = sums
    unsafe self.result = result
  }
}
