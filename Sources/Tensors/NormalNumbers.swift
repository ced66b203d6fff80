internal import ElementaryFunctions
internal import KernelInterface

/// Normal numbers in pairs, each from two times 64 random bits (Box and Muller).
///
/// The kernels make nearly all of them by a way that is certain of their bits; what is left is asked
/// of `Elementary`.
struct NormalNumbers {
  let mean: Double
  let standardDeviation: Double

  /// Makes vectors of 16 numbers from 16 words each.
  func fill(
    _ vectors: Range<Int>, of result: UnsafeMutablePointer<Lanes>, from bits: UnsafePointer<UInt64>
  ) {
    unsafe fill(vectors, of: result, bits, state: 0) { i in
      unsafe (bits[2 * i], bits[2 * i + 1])
    }
  }

  /// Makes vectors of 16 numbers from what the generator draws next: vector 0 from the first 16 words.
  func fill(
    _ vectors: Range<Int>, of result: UnsafeMutablePointer<Lanes>, from random: SplitMix64
  ) {
    unsafe fill(vectors, of: result, nil, state: random.state) { i in
      var here = random
      here.skip(2 * i)
      let first = here.next()
      return (first, here.next())
    }
  }

  private func fill(
    _ vectors: Range<Int>, of result: UnsafeMutablePointer<Lanes>, _ bits: UnsafePointer<UInt64>?,
    state: UInt64, _ pair: (_ index: Int) -> (UInt64, UInt64)
  ) {
    var job = unsafe NormalJob(result: result)
    unsafe (job.bits, job.state) = unsafe (bits, state)
    unsafe (job.mean, job.standardDeviation) = (mean, standardDeviation)
    var next = vectors.lowerBound
    while true {
      unsafe job.vectors = next..<vectors.upperBound
      let vector = unsafe Compute.kernels.fillNormal(job)
      if vector == vectors.upperBound { return }
      for i in 0..<8 {
        let (first, second) = pair(8 * vector + i)
        let (x, y) = exactPair(first, second)
        unsafe result[vector][2 * i] = x
        unsafe result[vector][2 * i + 1] = y
      }
      next = vector + 1
    }
  }

  /// The numbers of a pair by the package's own functions.
  func exactPair(_ first: UInt64, _ second: UInt64) -> (Float, Float) {
    // 1 − u lies in (0, 1], so that the logarithm is finite.
    let u = 1 - Double(first >> 11) * 0x1p-53
    let angle = 2 * Double.pi * (Double(second >> 11) * 0x1p-53)
    let radius = (-2 * Elementary.log(u)).squareRoot()
    return (
      Float(mean + standardDeviation * (radius * Elementary.cos(angle))),
      Float(mean + standardDeviation * (radius * Elementary.sin(angle)))
    )
  }
}
