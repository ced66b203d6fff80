import Requirements
public import Tensors

/// Sets a random share of the elements to zero in training and scales the others up.
///
/// ```text
/// training:   y = x · m / (1 − rate),  m = 0 with probability rate, else 1
/// inference:  y = x
/// ```
///
/// so that the expected output is the input (Srivastava et al. 2014, "inverted" dropout, as in
/// PyTorch and Keras). dL/dx = dL/dy · m / (1 − rate) with the same m. Input and output have the
/// same shape, any. The mask takes one number from the generator, which seeds a `SplitMix64` of
/// its own: 24 bits per element, in row-major order.
public struct Dropout: Layer {
  /// The probability that an element is set to zero.
  public let rate: Float

  /// A layer that drops a given share.
  ///
  /// - Parameter rate: The probability that an element is set to zero, 0 up to 1.
  public init(rate: Float) {
    require(0 <= rate && rate < 1, "a dropout rate is at least 0 and below 1, not \(rate)")
    self.rate = rate
  }

  /// The input's shape.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  /// Inference: the input.
  public func callAsFunction(_ x: Tensor) -> Tensor { x }

  /// Training: the input with some elements set to zero and the others scaled up.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    guard rate > 0 else { return Forward(output: x, pullback: Pullback { Gradients(input: $0) }) }
    var own = SplitMix64(seed: random.next())
    let kept = 1 / (1 - rate)
    let mask = Tensor.uniform(x.shape, in: 0...1, using: &own).map { $0 < rate ? 0 : kept }
    return Forward(output: x * mask, pullback: Pullback { Gradients(input: $0 * mask) })
  }
}

extension Dropout {
  /// The layer in one line: its sizes and settings.
  public var description: String {
    describe("rate \(rate)")
  }
}
