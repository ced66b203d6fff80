internal import KernelInterface
internal import Requirements

extension Tensor {
  /// Elements drawn evenly from `range`, in row-major order.
  ///
  /// Those of a ``SplitMix64`` are drawn on several threads; how many changes no bit.
  public static func uniform<Generator: RandomNumberGenerator>(
    _ shape: Shape, in range: ClosedRange<Float> = 0...1, using random: inout Generator
  ) -> Tensor {
    let width = range.upperBound - range.lowerBound
    require(
      width.isFinite,
      "the width of a range to draw from is finite, not that of \(range.lowerBound) to "
        + "\(range.upperBound)")
    guard var counter = random as? SplitMix64 else {
      return Tensor(shape) { _ in range.lowerBound + width * random.nextUnitFloat() }
    }
    let result = Tensor(uninitialized: shape)
    result.forEachPart(costPerVector: 32) { vectors in
      var job = unsafe UniformJob(result: result.storage.lanes)
      unsafe (job.state, job.vectors) = (counter.state, vectors)
      unsafe (job.width, job.start) = (width, range.lowerBound)
      unsafe Compute.kernels.fillUniform(job)
    }
    counter.skip(shape.count)
    if let advanced = counter as? Generator { random = advanced }
    return result
  }

  /// Elements drawn from the normal distribution, in row-major order.
  ///
  /// Two uniform numbers u, v make two elements, √(−2 ln u) · cos 2πv and √(−2 ln u) · sin 2πv
  /// (Box and Muller), with the package's own logarithm, cosine and sine. They are transformed on
  /// several threads, those of a ``SplitMix64`` drawn there too; how many changes no bit.
  public static func normal<Generator: RandomNumberGenerator>(
    _ shape: Shape, mean: Float = 0, standardDeviation: Float = 1, using random: inout Generator
  ) -> Tensor {
    require(
      standardDeviation >= 0 && standardDeviation.isFinite && mean.isFinite,
      "a normal distribution has a finite mean and a finite standard deviation of at least 0, not "
        + "\(mean) and \(standardDeviation)")
    let result = Tensor(uninitialized: shape)
    let numbers = NormalNumbers(mean: Double(mean), standardDeviation: Double(standardDeviation))
    if var counter = random as? SplitMix64 {
      result.forEachPart(costPerVector: 200) { vectors in
        unsafe numbers.fill(vectors, of: result.storage.lanes, from: counter)
      }
      // Whole pairs are drawn.
      counter.skip((shape.count + 1) / 2 * 2)
      if let advanced = counter as? Generator { random = advanced }
      return result
    }
    // So many elements at a time that their bits stay in the cache. The storage holds whole vectors of
    // 16 elements; what fills up the last eight pairs is not drawn.
    let (count, most, part) = (shape.count, 1 << 17, 1 << 9)
    var bits = [UInt64](repeating: 0, count: min(most, (count + 15) / 16 * 16))
    for start in stride(from: 0, to: count, by: most) {
      let wanted = min(most, count - start)
      for i in 0..<(wanted + 1) / 2 * 2 { bits[i] = random.next() }
      unsafe bits.withUnsafeBufferPointer { bits in
        guard let bits = bits.baseAddress else { return }
        let vectors = (wanted + 15) / 16
        let elements = unsafe result.storage.lanes + start / 16
        ThreadPool.shared.run(parts: (vectors + part - 1) / part, costPerPart: part * 200) {
          index in
          unsafe numbers.fill(
            index * part..<min((index + 1) * part, vectors), of: elements, from: bits)
        }
      }
    }
    return result
  }

  /// Calls `body` with runs of the storage's vectors, on several threads where there are enough.
  private func forEachPart(costPerVector: Int, _ body: (_ vectors: Range<Int>) -> Void) {
    let (count, part) = (storage.vectors, 4096)
    ThreadPool.shared.run(
      parts: (count + part - 1) / part, costPerPart: min(count, part) * costPerVector
    ) { index in
      body(index * part..<min((index + 1) * part, count))
    }
  }
}
