public import Requirements

/// A small, fast, seeded generator of random numbers: the same sequence on every machine.
///
/// The state walks through all 2⁶⁴ values in steps of the golden ratio, and each value is mixed by
/// two multiplications and three shifts. Good for initial weights and shuffling, not for secrets.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators" (2014).
public struct SplitMix64: RandomNumberGenerator, Sendable {
  /// Where the sequence stands: a generator with this seed goes on from here.
  public private(set) var state: UInt64

  /// Starts the sequence that belongs to `seed`.
  public init(seed: UInt64) { state = seed }

  /// What the state grows by with each number.
  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Goes on as if so many numbers had been drawn.
  mutating func skip(_ count: Int) { state &+= UInt64(truncatingIfNeeded: count) &* Self.step }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= Self.step
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

extension RandomNumberGenerator {
  /// A number in 0 ..< 1, a multiple of 2⁻²⁴, each equally likely.
  ///
  /// Our own conversion of the generator's upper 24 bits: what `Float.random(in:using:)` does with
  /// the same bits is not promised to stay the same from one standard library to the next.
  @inlinable
  public mutating func nextUnitFloat() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// A number in 0 ..< 1, a multiple of 2⁻⁵³, each equally likely.
  @inlinable
  public mutating func nextUnitDouble() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A whole number in 0 ..< `bound`, each equally likely; traps unless `bound` is positive.
  ///
  /// D. Lemire's multiplication, which rejects the few values that would make some more likely.
  @inlinable
  public mutating func nextIndex(below bound: Int) -> Int {
    require(bound > 0, "a random index needs a bound of at least 1, but it is \(bound)")
    let range = UInt64(bound)
    let unfair = (0 &- range) % range
    while true {
      let product = next().multipliedFullWidth(by: range)
      if product.low >= unfair { return Int(product.high) }
    }
  }
}

extension MutableCollection where Self: RandomAccessCollection {
  /// Puts the elements into a random order, each equally likely (Fisher and Yates).
  ///
  /// The order for a given generator is this package's promise; the standard library's `shuffle`
  /// may change its own.
  @inlinable
  public mutating func shuffleDeterministically(using random: inout some RandomNumberGenerator) {
    var remaining = count
    var position = startIndex
    while remaining > 1 {
      let other = index(position, offsetBy: random.nextIndex(below: remaining))
      swapAt(position, other)
      formIndex(after: &position)
      remaining -= 1
    }
  }
}
