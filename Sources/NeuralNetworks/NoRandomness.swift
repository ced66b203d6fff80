import Requirements

/// The generator behind ``Layer/forward(_:)``: traps with a sentence when a layer draws from it.
struct NoRandomness: RandomNumberGenerator {
  /// A value of no size has no place of its own: the address that it is passed by may be anybody's, and
  /// the thread sanitizer takes two of them on two threads for one variable.
  private let place: UInt8 = 0

  mutating func next() -> UInt64 {
    requirementFailed(
      "a layer of this network draws random numbers: call forward(x, using: &random)")
  }
}
