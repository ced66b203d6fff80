internal import Requirements

/// A quantity that a sample tells of, with the interval that its true value lies in at a given
/// confidence.
///
/// ```swift
/// let accuracy = Estimate.mean(of: Sample(accuracies))
/// claim("most digits are read", accuracy, .above(0.5), as: .percent(decimals: 1))
/// ```
public struct Estimate: Hashable, Sendable {
  /// The best guess.
  public var value: Double

  /// The lower end of the interval.
  public var lower: Double

  /// The upper end of the interval.
  public var upper: Double

  /// How often an interval made this way holds the true value: 0.95.
  public var confidence: Double

  /// How many numbers it comes from.
  public var count: Int

  /// An estimate from its parts.
  ///
  /// The ends are two numbers and not a range: a sample with a NaN has an interval of NaNs, which
  /// meets no condition.
  public init(value: Double, lower: Double, upper: Double, confidence: Double, count: Int) {
    self.value = value
    self.lower = lower
    self.upper = upper
    self.confidence = confidence
    self.count = count
  }

  /// Half the width of the interval.
  public var margin: Double { (upper - lower) / 2 }
}

extension Estimate {
  /// The mean of what a sample was drawn from, with Student's t interval:
  /// mean ± t(n − 1) · s / √n.
  ///
  /// One number tells nothing of the spread: its interval is infinite.
  ///
  /// - Parameters:
  ///   - sample: The numbers.
  ///   - confidence: In 0 … 1, without the ends; traps otherwise.
  public static func mean(of sample: Sample, confidence: Double = 0.95) -> Estimate {
    check(confidence)
    let mean = sample.mean
    guard sample.count > 1 else {
      return Estimate(
        value: mean, lower: -.infinity, upper: .infinity, confidence: confidence, count: 1)
    }
    let t = StudentT(degreesOfFreedom: Double(sample.count - 1)).quantile((1 + confidence) / 2)
    let margin = t * sample.standardError
    return Estimate(
      value: mean, lower: mean - margin, upper: mean + margin, confidence: confidence,
      count: sample.count)
  }

  /// The share of successes, with Wilson's interval.
  ///
  /// The interval holds the shares p from which the one seen is at most z standard deviations
  /// √(p (1 − p) / n) away. It stays within 0 … 1 and has a width even for none or all.
  ///
  /// - Parameters:
  ///   - successes: In 0 … count; traps otherwise.
  ///   - count: At least 1; traps otherwise.
  ///   - confidence: In 0 … 1, without the ends; traps otherwise.
  public static func proportion(
    _ successes: Int, of count: Int, confidence: Double = 0.95
  ) -> Estimate {
    check(confidence)
    require(count >= 1, "a proportion needs a count of at least 1, but it is \(count)")
    require(
      (0...count).contains(successes),
      "a proportion's successes lie in 0 … \(count), but there are \(successes)")
    let n = Double(count)
    let share = Double(successes) / n
    let z = Normal.quantile((1 + confidence) / 2)
    let middle = share + z * z / (2 * n)
    let margin = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return Estimate(
      value: share, lower: successes == 0 ? 0 : (middle - margin) / scale,
      upper: successes == count ? 1 : (middle + margin) / scale, confidence: confidence,
      count: count)
  }

  /// How much greater the numbers of one sample are than their partners in the other, as a mean with
  /// Student's t interval of the differences.
  ///
  /// For runs that share their seeds: what the seed does to both falls out of the difference.
  ///
  /// - Parameters:
  ///   - sample: The numbers aᵢ of aᵢ − bᵢ.
  ///   - other: The numbers bᵢ, as many; traps otherwise.
  ///   - confidence: In 0 … 1, without the ends; traps otherwise.
  public static func pairedDifference(
    _ sample: Sample, minus other: Sample, confidence: Double = 0.95
  ) -> Estimate {
    mean(of: sample.differences(from: other), confidence: confidence)
  }

  static func check(_ confidence: Double) {
    require(
      confidence > 0 && confidence < 1,
      "a confidence lies between 0 and 1, but it is \(confidence)")
  }
}

extension Sample {
  /// aᵢ − bᵢ for as many numbers of another sample; traps for another count.
  public func differences(from other: Sample) -> Sample {
    require(
      count == other.count,
      "paired samples have as many numbers, but there are \(count) and \(other.count)")
    return Sample(zip(values, other.values).map { $0 - $1 })
  }
}
