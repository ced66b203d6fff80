/// A run of planes (channels of one block) to pool, or to carry a pool's gradient back.
@unsafe
public struct PoolingJob {
  /// The first input plane.
  public var input: UnsafePointer<Lanes>
  /// The first output plane: the pooled values, or their gradient on the way back.
  public var output: UnsafeMutablePointer<Lanes>
  /// The first plane of the gradient with respect to the input, on the way back.
  public var inputGradient: UnsafeMutablePointer<Lanes>
  /// Planes.
  public var planes = 0
  /// Rows and columns of the input.
  public var height = 0, width = 0
  /// Rows and columns of the output.
  public var outputHeight = 0, outputWidth = 0
  /// Rows and columns of the window.
  public var windowHeight = 0, windowWidth = 0
  /// Steps of the window.
  public var strideHeight = 1, strideWidth = 1
  /// Padding above and to the left.
  public var top = 0, left = 0
  /// Whether cells in the padding count for a mean.
  public var countsPadding = false
  /// Whether the input is a rectifier's output whose own gradient is wanted: where the largest
  /// value is not positive, nothing flows back.
  public var rectified = false

  /// A job with its pointers; sizes follow one by one.
  public init(
    input: UnsafePointer<Lanes>, output: UnsafeMutablePointer<Lanes>,
    inputGradient: UnsafeMutablePointer<Lanes>
  ) {
    unsafe self.input = input
    unsafe self.output = output
    unsafe self.inputGradient = inputGradient
  }
}
