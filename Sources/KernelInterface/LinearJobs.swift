/// A product of a matrix of numbers with a matrix of lanes, for up to four blocks of a batch.
///
/// ```text
/// output[b][m] = bias[m] + Σ a[m · rowStep + k · termStep] · input[b][k]
/// ```
///
/// The linear map (m runs over outputs, k over inputs) and the gradient of its input (m over
/// inputs, k over outputs) differ only in the steps.
@unsafe
public struct LinearJob {
  /// The numbers.
  public var a: UnsafePointer<Float>
  /// From one m to the next.
  public var rowStep = 0
  /// From one k to the next.
  public var termStep = 0
  /// k = 0 of the first block's input.
  public var input: UnsafePointer<Lanes>
  /// From one block's input to the next.
  public var inputStride = 0
  /// m = 0 of the first block's output.
  public var output: UnsafeMutablePointer<Lanes>
  /// From one block's output to the next.
  public var outputStride = 0
  /// One number per m, or none.
  public var bias: UnsafePointer<Float>?
  /// Laid out like the output: where it is not positive the output becomes zero. Or none.
  public var mask: UnsafePointer<Lanes>?
  /// The m to compute.
  public var rows = 0..<0
  /// The number of terms k.
  public var terms = 0
  /// Blocks, 1 to 4.
  public var blocks = 0
  /// Whether negative outputs become zero.
  public var rectifies = false
  /// How many lanes of the last block hold items; the others become zero.
  public var lanes = 16

  /// A job with its pointers; sizes follow one by one.
  public init(
    a: UnsafePointer<Float>, input: UnsafePointer<Lanes>, output: UnsafeMutablePointer<Lanes>
  ) {
    unsafe self.a = a
    unsafe self.input = input
    unsafe self.output = output
  }
}

/// The gradient of a linear map's weights for a run of inputs.
///
/// ```text
/// result[o][i] = Σ gradient[n][o] · input[n][i]
/// ```
///
/// summed over the items n in order.
@unsafe
public struct LinearWeightGradientJob {
  /// Input 0 of the first block.
  public var input: UnsafePointer<Lanes>
  /// From one block's input to the next: the number of inputs.
  public var inputs = 0
  /// Output 0 of the first block's gradient.
  public var gradient: UnsafePointer<Lanes>
  /// From one block's gradient to the next: the number of outputs.
  public var outputs = 0
  /// The number of items.
  public var items = 0
  /// The inputs to compute; the lower bound is a multiple of 64.
  public var range = 0..<0
  /// The weights' gradient, (outputs, inputs) in row-major order.
  public var result: UnsafeMutablePointer<Float>
  /// Room for 64 numbers per item, the items rounded up to whole blocks.
  public var scratch: UnsafeMutablePointer<Lanes>

  /// A job with its pointers; sizes follow one by one.
  public init(
    input: UnsafePointer<Lanes>, gradient: UnsafePointer<Lanes>,
    result: UnsafeMutablePointer<Float>, scratch: UnsafeMutablePointer<Lanes>
  ) {
    unsafe self.input = input
    unsafe self.gradient = gradient
    unsafe self.result = result
    unsafe self.scratch = scratch
  }
}
