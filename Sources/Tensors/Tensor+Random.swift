internal import ElementaryFunctions

extension Tensor {
  /// Elements drawn evenly from `range`, in row-major order.
  public static func uniform(
    _ shape: Shape, in range: ClosedRange<Float> = 0...1,
    using random: inout some RandomNumberGenerator
  ) -> Tensor {
    let width = range.upperBound - range.lowerBound
    return Tensor(shape) { _ in range.lowerBound + width * random.nextUnitFloat() }
  }

  /// Elements drawn from the normal distribution, in row-major order.
  ///
  /// Two uniform numbers u, v make two elements, √(−2 ln u) · cos 2πv and √(−2 ln u) · sin 2πv
  /// (Box and Muller), with the package's own logarithm, cosine and sine.
  public static func normal(
    _ shape: Shape, mean: Float = 0, standardDeviation: Float = 1,
    using random: inout some RandomNumberGenerator
  ) -> Tensor {
    var spare: Double?
    return Tensor(shape) { _ in
      let z: Double
      if let kept = spare {
        z = kept
        spare = nil
      } else {
        // 1 − u lies in (0, 1], so that the logarithm is finite.
        let radius = (-2 * Elementary.log(1 - random.nextUnitDouble())).squareRoot()
        let angle = 2 * Double.pi * random.nextUnitDouble()
        z = radius * Elementary.cos(angle)
        spare = radius * Elementary.sin(angle)
      }
      return Float(Double(mean) + Double(standardDeviation) * z)
    }
  }
}
