internal import Requirements

extension Estimate {
  /// Any statistic of a sample with its bootstrap interval, by the BCa method.
  ///
  /// The sample is drawn again with replacement many times; the spread of the statistic over these
  /// resamples stands for its spread over samples. BCa (B. Efron, "Better bootstrap confidence
  /// intervals", 1987) corrects the percentiles for bias, z₀ = Φ⁻¹(share of resamples below, those
  /// equal counted half), and for a spread that changes with the value, by the acceleration from the
  /// statistic with each number left out in turn.
  ///
  /// Where all resamples agree the interval has no width; where the statistic of the sample lies
  /// outside of all resamples, or cannot do without a number, the ends are NaN, which meets no
  /// condition.
  ///
  /// - Parameters:
  ///   - sample: At least two numbers; traps otherwise.
  ///   - resamples: How many resamples, at least 1; traps otherwise.
  ///   - confidence: In 0 … 1, without the ends; traps otherwise.
  ///   - random: Draws the resamples.
  ///   - statistic: The statistic, such as `\.median`.
  /// - Complexity: resamples + n times the statistic.
  public static func bootstrap(
    of sample: Sample, resamples: Int = 2_000, confidence: Double = 0.95,
    using random: inout some RandomNumberGenerator, statistic: (Sample) -> Double
  ) -> Estimate {
    check(confidence)
    require(sample.count >= 2, "a bootstrap needs at least 2 numbers, but there is 1")
    require(
      resamples >= 1, "a bootstrap needs at least 1 resample, but \(resamples) are asked for")
    let n = sample.count
    var drawn = sample
    var statistics: [Double] = []
    statistics.reserveCapacity(resamples)
    for _ in 0..<resamples {
      for index in 0..<n { drawn.values[index] = sample.values[random.index(below: n)] }
      statistics.append(statistic(drawn))
    }
    let seen = statistic(sample)
    let (low, high) = correctedShares(
      of: statistics, seen, leavingOneOut: sample.leavingOneOut.map(statistic), confidence)
    statistics.sort()
    func end(_ share: Double) -> Double {
      share.isNaN ? .nan : Sample.quantile(share, ofSorted: statistics)
    }
    return Estimate(
      value: seen, lower: end(low), upper: end(high), confidence: confidence, count: n)
  }

  /// Which quantiles of the resampled statistics are the interval's ends.
  private static func correctedShares(
    of statistics: [Double], _ seen: Double, leavingOneOut: [Double], _ confidence: Double
  ) -> (low: Double, high: Double) {
    // The same numbers in another order may differ in their last bits, and are no other value.
    let slack =
      1e-12 * statistics.reduce(seen.magnitude) { $1.isFinite ? max($0, $1.magnitude) : $0 }
    let below = Double(statistics.count { $0 < seen - slack })
    let equal = Double(statistics.count { ($0 - seen).magnitude <= slack })
    if Int(equal) == statistics.count { return (0.5, 0.5) }
    let bias = Normal.quantile((below + equal / 2) / Double(statistics.count))
    let mean = Sample(leavingOneOut).mean
    let (squares, cubes) = leavingOneOut.reduce((0.0, 0.0)) { sums, value in
      let distance = mean - value
      return (sums.0 + distance * distance, sums.1 + distance * distance * distance)
    }
    let acceleration = squares == 0 ? 0 : cubes / (6 * squares * squares.squareRoot())
    func share(_ probability: Double) -> Double {
      let shifted = bias + Normal.quantile(probability)
      return Normal.cumulative(bias + shifted / (1 - acceleration * shifted))
    }
    let tail = (1 - confidence) / 2
    return (share(tail), share(1 - tail))
  }
}

extension Sample {
  /// The samples with each number left out in turn.
  fileprivate var leavingOneOut: [Sample] {
    values.indices.map { index in
      var others = values
      others.remove(at: index)
      return Sample(others)
    }
  }
}
