import Requirements

/// The generator behind ``Layer/forward(_:)``: traps with a sentence when a layer draws from it.
struct NoRandomness: RandomNumberGenerator {
  mutating func next() -> UInt64 {
    requirementFailed(
      "a layer of this network draws random numbers: call forward(x, using: &random)")
  }
}
