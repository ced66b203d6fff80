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
  /// (Box and Muller), with the package's own logarithm, cosine and sine. The numbers are drawn in
  /// order and transformed on several threads; how many changes no bit.
  public static func normal(
    _ shape: Shape, mean: Float = 0, standardDeviation: Float = 1,
    using random: inout some RandomNumberGenerator
  ) -> Tensor {
    let result = Tensor(uninitialized: shape)
    let pair = NormalPair(mean: Double(mean), standardDeviation: Double(standardDeviation))
    // So many elements at a time that their bits stay in the cache.
    let (count, most, part) = (shape.count, 1 << 17, 1 << 13)
    var bits = [UInt64](repeating: 0, count: min(most, (count + 15) / 16 * 16))
    for start in stride(from: 0, to: count, by: most) {
      // Whole pairs are drawn; what fills up the last eight pairs is not.
      let wanted = min(most, count - start)
      for i in 0..<(wanted + 1) / 2 * 2 { bits[i] = random.next() }
      unsafe bits.withUnsafeBufferPointer { bits in
        guard let bits = bits.baseAddress else { return }
        // The storage holds whole vectors of 16 elements.
        let elements = unsafe result.storage.base + start
        ThreadPool.shared.run(parts: (wanted + part - 1) / part, costPerPart: part * 50) { index in
          for i in stride(from: index * part, to: min((index + 1) * part, wanted), by: 16) {
            unsafe pair.elements(bits + i, into: elements + i)
          }
        }
      }
    }
    return result
  }
}
