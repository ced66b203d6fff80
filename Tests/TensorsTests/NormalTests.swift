import ElementaryFunctions
import Testing

@testable import Tensors

/// Random numbers: the short way gives the bits of the long one.
@Suite(.serialized) struct NormalTests {
  /// A generator that the kernels do not know.
  struct Stranger: RandomNumberGenerator {
    var inner: SplitMix64
    mutating func next() -> UInt64 { inner.next() }
  }

  /// Box and Muller with the package's elementary functions, one number after the other.
  static func direct(
    _ count: Int, mean: Float, deviation: Float, _ random: inout SplitMix64
  ) -> [UInt32] {
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
    arguments: [(0, 1, 1), (1, 0, 1), (2, -3, 0.1), (1, 1e-3, 1e-3), (0, 7, 0), (1, 0, 1e-37)]
      as [(Int, Float, Float)])
  func `Normal numbers have the bits of the definition`(
    _ odd: Int, _ mean: Float, _ deviation: Float
  ) {
    for count in [0, 1, 2, 7, 16, 8192 + odd, 40_000 + odd] {
      var random = SplitMix64(seed: 11)
      let wanted = Self.direct(count, mean: mean, deviation: deviation, &random)
      let end = random.state
      for (setting, results) in SameBitsTests.underEverySetting({
        var known = SplitMix64(seed: 11)
        let x = Tensor.normal([count], mean: mean, standardDeviation: deviation, using: &known)
        var unknown = Stranger(inner: SplitMix64(seed: 11))
        let y = Tensor.normal([count], mean: mean, standardDeviation: deviation, using: &unknown)
        return [
          (SameBitsTests.bits([x]), known.state), (SameBitsTests.bits([y]), unknown.inner.state),
        ]
      }) {
        for (bits, state) in results {
          #expect(bits == wanted, "\(setting)")
          #expect(state == end, "\(setting)")
        }
      }
    }
  }

  @Test(arguments: [0...1, -0.3...0.7, 1e30...2e30, 0...1e-37, 5...5] as [ClosedRange<Float>])
  func `Uniform numbers have the bits of the definition`(_ range: ClosedRange<Float>) {
    for count in [0, 1, 15, 16, 30_001] {
      var random = SplitMix64(seed: 12)
      let width = range.upperBound - range.lowerBound
      let wanted = (0..<count).map { _ in
        (range.lowerBound + width * random.nextUnitFloat()).bitPattern
      }
      let end = random.state
      for (setting, results) in SameBitsTests.underEverySetting({
        var known = SplitMix64(seed: 12)
        let x = Tensor.uniform([count], in: range, using: &known)
        var unknown = Stranger(inner: SplitMix64(seed: 12))
        let y = Tensor.uniform([count], in: range, using: &unknown)
        return [
          (SameBitsTests.bits([x]), known.state), (SameBitsTests.bits([y]), unknown.inner.state),
        ]
      }) {
        for (bits, state) in results {
          #expect(bits == wanted, "\(setting)")
          #expect(state == end, "\(setting)")
        }
      }
    }
  }

  /// Angles and numbers at the edges of the reductions, and where the logarithm is 0.
  @Test func `Normal numbers at the edges`() {
    let numbers = NormalNumbers(mean: 0, standardDeviation: 1)
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
    for (setting, result) in SameBitsTests.underEverySetting({
      let result = Tensor(uninitialized: [bits.count])
      unsafe bits.withUnsafeBufferPointer { bits in
        guard let bits = bits.baseAddress else { return }
        unsafe numbers.fill(0..<result.storage.vectors, of: result.storage.lanes, from: bits)
      }
      return result.elements
    }) {
      for i in 0..<bits.count / 2 {
        let (a, b) = numbers.exactPair(bits[2 * i], bits[2 * i + 1])
        #expect(result[2 * i].bitPattern == a.bitPattern, "\(setting)")
        #expect(result[2 * i + 1].bitPattern == b.bitPattern, "\(setting)")
      }
    }
  }

  /// Numbers whose exact value lies in the middle between two floats, as near as doubles reach: the
  /// short way must see that it cannot tell which one it is.
  @Test func `Normal numbers between two floats`() {
    var random = SplitMix64(seed: 14)
    let middle = 1.5 + 0x1p-24
    for _ in 0..<100 {
      let bits = (0..<16).map { _ in random.next() }
      let radius = (-2 * Elementary.log(1 - Double(bits[0] >> 11) * 0x1p-53)).squareRoot()
      let angle = 2 * Double.pi * (Double(bits[1] >> 11) * 0x1p-53)
      let numbers = NormalNumbers(
        mean: middle - radius * Elementary.cos(angle), standardDeviation: 1)
      let wanted = (0..<8).flatMap { i in
        let (a, b) = numbers.exactPair(bits[2 * i], bits[2 * i + 1])
        return [a.bitPattern, b.bitPattern]
      }
      for (setting, result) in SameBitsTests.underEverySetting({
        let result = Tensor(uninitialized: [16])
        unsafe bits.withUnsafeBufferPointer { bits in
          guard let bits = bits.baseAddress else { return }
          unsafe numbers.fill(0..<1, of: result.storage.lanes, from: bits)
        }
        return SameBitsTests.bits([result])
      }) {
        #expect(result == wanted, "\(setting)")
      }
    }
  }

  @Test func `A million pairs have the bits of the definition`() {
    var random = SplitMix64(seed: 13)
    let x = Tensor.normal([1 << 21], using: &random).elements
    let numbers = NormalNumbers(mean: 0, standardDeviation: 1)
    var source = SplitMix64(seed: 13)
    var different = 0
    for i in 0..<x.count / 2 {
      let first = source.next()
      let (a, b) = numbers.exactPair(first, source.next())
      if x[2 * i].bitPattern != a.bitPattern || x[2 * i + 1].bitPattern != b.bitPattern {
        different += 1
      }
    }
    #expect(different == 0)
  }
}
