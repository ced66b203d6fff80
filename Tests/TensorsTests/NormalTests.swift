import ElementaryFunctions
import Testing

@testable import Tensors

/// Normal numbers: the short way gives the bits of the long one.
@Suite(.serialized) struct NormalTests {
  /// Box and Muller with the package's elementary functions, one number after the other.
  static func direct(_ count: Int, mean: Float, deviation: Float, seed: UInt64) -> [UInt32] {
    var random = SplitMix64(seed: seed)
    var spare: Double?
    return (0..<count).map { _ in
      let z: Double
      if let kept = spare {
        z = kept
        spare = nil
      } else {
        let radius = (-2 * Elementary.log(1 - random.nextUnitDouble())).squareRoot()
        let angle = 2 * Double.pi * random.nextUnitDouble()
        z = radius * Elementary.cos(angle)
        spare = radius * Elementary.sin(angle)
      }
      return Float(Double(mean) + Double(deviation) * z).bitPattern
    }
  }

  @Test(
    arguments: [(0, 1, 1), (1, 0, 1), (2, -3, 0.1), (1, 1e-3, 1e-3), (0, 7, 0)]
      as [(Int, Float, Float)])
  func `The bits are those of the definition`(_ odd: Int, _ mean: Float, _ deviation: Float) {
    for count in [0, 1, 2, 7, 16, 8192 + odd, 200_000 + odd] {
      var random = SplitMix64(seed: 11)
      let x = Tensor.normal([count], mean: mean, standardDeviation: deviation, using: &random)
      #expect(
        x.elements.map(\.bitPattern)
          == Self.direct(count, mean: mean, deviation: deviation, seed: 11))
    }
  }

  /// Angles and numbers at the edges of the reductions, and where the logarithm is 0.
  @Test func `The bits at the edges`() {
    let pair = NormalPair(mean: 0, standardDeviation: 1)
    var bits: [UInt64] = []
    for eighth in 0..<8 {
      for offset in -3...3 {
        let second = UInt64(truncatingIfNeeded: eighth << 61 &+ offset << 11)
        for first in [0, 1 << 11, 1 << 30, 1 << 62, 1 << 63, .max, 0x4AFB_0CCC_0621_9B7B]
          as [UInt64]
        {
          bits += [first, second]
        }
      }
    }
    // Seven times eight times seven pairs: whole eights.
    for start in stride(from: 0, to: bits.count, by: 16) {
      var result = [Float](repeating: 0, count: 16)
      unsafe bits.withUnsafeBufferPointer { bits in
        unsafe result.withUnsafeMutableBufferPointer { result in
          guard let bits = bits.baseAddress, let result = result.baseAddress else { return }
          unsafe pair.elements(bits + start, into: result)
        }
      }
      for i in 0..<8 {
        let (first, second) = (bits[start + 2 * i], bits[start + 2 * i + 1])
        let (a, b) = pair.exactElements(
          1 - Double(first >> 11) * 0x1p-53, 2 * Double.pi * (Double(second >> 11) * 0x1p-53))
        #expect(result[2 * i].bitPattern == a.bitPattern)
        #expect(result[2 * i + 1].bitPattern == b.bitPattern)
      }
    }
  }

  @Test func `Threads change no bit`() {
    let before = Compute.threadCount
    defer { Compute.threadCount = before }
    let results = [1, 2, 3, 5].map { threads in
      Compute.threadCount = threads
      var random = SplitMix64(seed: 5)
      return Tensor.normal([301, 1001], using: &random).elements.map(\.bitPattern)
    }
    for result in results { #expect(result == results[0]) }
  }
}
