extension Tensor {
  /// Elements drawn evenly from `range`, in row-major order.
  public static func uniform(
    _ shape: Shape, in range: ClosedRange<Float> = 0...1,
    using random: inout some RandomNumberGenerator
  ) -> Tensor {
    let width = range.upperBound - range.lowerBound
    return Tensor(shape) { _ in range.lowerBound + width * random.nextUnitFloat() }
  }
}
