import Requirements
public import Tensors

/// How the parameters of a layer are drawn before training.
///
/// Fan-in and fan-out are the numbers of inputs that one output sees and of outputs that one input
/// feeds: C/groups · kh · kw and O/groups · kh · kw for a convolution, the sizes of input and output
/// for a linear layer.
public enum Initializer: Sendable, Hashable {
  /// Zero everywhere; for biases.
  case zeros

  /// One value everywhere.
  case constant(Float)

  /// Uniform in a range.
  case uniform(ClosedRange<Float>)

  /// Normal with a mean and a standard deviation.
  case normal(mean: Float = 0, standardDeviation: Float)

  /// U(−a, a) with a = √(6 / (fan-in + fan-out)): keeps the variance through linear layers both
  /// ways (Glorot and Bengio 2010).
  case glorotUniform

  /// N(0, σ²) with σ = √(2 / (fan-in + fan-out)), not truncated (Glorot and Bengio 2010).
  case glorotNormal

  /// U(−a, a) with a = √(6 / fan-in): keeps the variance through layers with ReLU (He et al. 2015).
  case heUniform

  /// N(0, σ²) with σ = √(2 / fan-in), not truncated (He et al. 2015).
  case heNormal

  /// Draws a tensor.
  ///
  /// Traps where the variance is that of no fan at all.
  ///
  /// - Parameters:
  ///   - shape: The shape of the tensor.
  ///   - fanIn: The number of inputs that one output sees.
  ///   - fanOut: The number of outputs that one input feeds.
  ///   - random: Where the numbers come from; the same seed gives the same bits.
  public func callAsFunction(
    _ shape: Shape, fanIn: Int, fanOut: Int, using random: inout some RandomNumberGenerator
  ) -> Tensor {
    func count(_ fans: Int...) -> Float {
      var sum = 0
      for fan in fans {
        let (next, overflow) = sum.addingReportingOverflow(fan)
        require(
          fan >= 1 && !overflow,
          "\(self) takes fans of at least 1 that can be added, not fan-in \(fanIn) and fan-out \(fanOut)"
        )
        sum = next
      }
      return Float(sum)
    }
    func uniform(_ variance: Float) -> Tensor {
      let bound = (3 * variance).squareRoot()
      return Tensor.uniform(shape, in: -bound...bound, using: &random)
    }
    func normal(_ variance: Float) -> Tensor {
      Tensor.normal(shape, mean: 0, standardDeviation: variance.squareRoot(), using: &random)
    }
    return switch self {
    case .zeros: Tensor(shape)
    case .constant(let value): Tensor(shape, repeating: value)
    case .uniform(let range): Tensor.uniform(shape, in: range, using: &random)
    case .normal(let mean, let standardDeviation):
      Tensor.normal(shape, mean: mean, standardDeviation: standardDeviation, using: &random)
    case .glorotUniform: uniform(2 / count(fanIn, fanOut))
    case .glorotNormal: normal(2 / count(fanIn, fanOut))
    case .heUniform: uniform(2 / count(fanIn))
    case .heNormal: normal(2 / count(fanIn))
    }
  }
}
