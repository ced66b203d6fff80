import Requirements
public import Tensors

/// y = x where x > 0, else slope · x, element by element.
///
/// dL/dx = dL/dy where x > 0, else slope · dL/dy (Maas et al. 2013; PyTorch's `nn.LeakyReLU`).
/// Input and output have the same shape, any.
public struct LeakyReLU: Layer {
  /// The slope for negative inputs.
  public let slope: Float

  /// A leaky rectifier.
  ///
  /// - Parameter slope: The slope for negative inputs, finite.
  public init(slope: Float = 0.01) {
    require(slope.isFinite, "the slope of a leaky rectifier is finite, not \(slope)")
    self.slope = slope
  }

  /// The input's shape.
  public func outputShape(for input: Shape) throws(ShapeError) -> Shape { input }

  /// x, or slope · x.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    leakyReLU(x, slope: slope)
  }

  /// x, or slope · x, and the way back.
  public func forward(_ x: Tensor, using random: inout some RandomNumberGenerator) -> Forward {
    let pullback = Pullback { [slope] dy in
      Gradients(input: leakyReLUGradient(dy, x, slope: slope))
    }
    return Forward(output: self(x), pullback: pullback)
  }
}

extension LeakyReLU {
  /// The layer in one line: its sizes and settings.
  public var description: String {
    describe("slope \(slope)")
  }
}
