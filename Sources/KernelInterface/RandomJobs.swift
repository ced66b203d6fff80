/// Vectors of normal numbers to be made from uniform ones, two from two (Box and Muller): √(−2 ln u)
/// times the cosine and the sine of 2πv.
@unsafe
public struct NormalJob {
  /// Sixteen words of 64 random bits for each vector, u's and v's in turn; without them, those that
  /// `SplitMix64` draws next after `state`.
  public var bits: UnsafePointer<UInt64>?
  /// The state of that generator before its first draw.
  public var state: UInt64 = 0
  /// The vectors to make.
  public var vectors = 0..<0
  /// What the numbers are multiplied by, and what is added.
  public var standardDeviation = 1.0, mean = 0.0
  /// Vector 0 of the numbers.
  public var result: UnsafeMutablePointer<Lanes>

  /// A job with its pointer; sizes follow one by one.
  public init(result: UnsafeMutablePointer<Lanes>) { unsafe self.result = result }
}

/// Vectors of uniform numbers, as `SplitMix64` draws them.
@unsafe
public struct UniformJob {
  /// The state of the generator before its first draw.
  public var state: UInt64 = 0
  /// The vectors to make.
  public var vectors = 0..<0
  /// What the numbers in 0 ..< 1 are multiplied by, and what is added.
  public var width: Float = 1, start: Float = 0
  /// Vector 0 of the numbers.
  public var result: UnsafeMutablePointer<Lanes>

  /// A job with its pointer; sizes follow one by one.
  public init(result: UnsafeMutablePointer<Lanes>) { unsafe self.result = result }
}
