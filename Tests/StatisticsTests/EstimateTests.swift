import Statistics
import Tensors
import TestSupport
import Testing

/// Samples and intervals against SciPy and printed tables.
struct EstimateTests {
  let reference: ReferenceValues

  init() throws { reference = try ReferenceValues() }

  @Test func `Samples are described`() throws {
    for (name, wanted) in reference.describe {
      let sample = Sample(try reference.sample(name))
      #expect(agrees(sample.mean, wanted.mean), "\(name)")
      #expect(agrees(sample.standardDeviation, wanted.deviation, relative: 1e-9), "\(name)")
      for row in wanted.quantiles {
        #expect(agrees(sample.quantile(row[0]), row[1]), "\(name), \(row[0])")
      }
      for row in wanted.t {
        let estimate = Estimate.mean(of: sample, confidence: row[0])
        #expect(agrees(estimate.lower, row[1], relative: 1e-10), "\(name), \(row[0])")
        #expect(agrees(estimate.upper, row[2], relative: 1e-10), "\(name), \(row[0])")
        #expect(estimate.value == sample.mean && estimate.count == sample.count)
      }
    }
  }

  @Test func `Proportions agree`() {
    for row in reference.wilson {
      let estimate = Estimate.proportion(Int(row[0]), of: Int(row[1]), confidence: row[2])
      #expect(agrees(estimate.lower, row[3]) && agrees(estimate.upper, row[4]), "\(row)")
    }
  }

  /// R. Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I,
  /// method 3.
  @Test(arguments: [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
    (1, 29, 0.0061, 0.1718),
  ])
  func `Printed proportions`(successes: Int, count: Int, lower: Double, upper: Double) {
    let estimate = Estimate.proportion(successes, of: count)
    #expect((estimate.lower - lower).magnitude <= 0.5e-4)
    #expect((estimate.upper - upper).magnitude <= 0.5e-4)
  }

  @Test func `Paired difference`() throws {
    let estimate = Estimate.pairedDifference(
      Sample(try reference.sample("first")), minus: Sample(try reference.sample("second")))
    #expect(agrees(estimate.value, reference.paired[0]))
    #expect(agrees(estimate.lower, reference.paired[1], relative: 1e-10))
    #expect(agrees(estimate.upper, reference.paired[2], relative: 1e-10))
  }

  @Test func `The bootstrap agrees`() throws {
    for wanted in reference.bootstrap {
      var random = SplitMix64(seed: wanted.seed)
      let estimate = Estimate.bootstrap(
        of: Sample(try reference.sample(wanted.sample)), resamples: 999,
        confidence: wanted.confidence, using: &random
      ) { sample in
        switch wanted.statistic {
        case "mean": sample.mean
        case "median": sample.median
        case "deviation": sample.standardDeviation
        default: sample.quantile(0.25)
        }
      }
      #expect(agrees(estimate.lower, wanted.interval[0], relative: 1e-9), "\(wanted)")
      #expect(agrees(estimate.upper, wanted.interval[1], relative: 1e-9), "\(wanted)")
    }
  }

  @Test func `Bootstrap of nothing that varies`() {
    var random = SplitMix64(seed: 1)
    let estimate = Estimate.bootstrap(of: Sample([2, 2, 2]), using: &random) { $0.mean }
    #expect(estimate.lower == 2 && estimate.upper == 2)
  }

  @Test func `One number tells nothing of the spread`() {
    let estimate = Estimate.mean(of: Sample([0.7]))
    #expect(estimate.value == 0.7)
    #expect(estimate.lower == -.infinity && estimate.upper == .infinity)
  }

  @Test func `What is no number goes through`() {
    let estimate = Estimate.mean(of: Sample([1, .nan, 3]))
    #expect(estimate.value.isNaN && estimate.lower.isNaN && estimate.upper.isNaN)
    #expect(Sample([1, .nan]).median.isNaN)
    #expect(Sample([1, .infinity, 2]).median == 2)
    // A worst run that became NaN must not look like the worst of the others.
    #expect(Sample([0.2, .nan]).least.isNaN && Sample([0.2, .nan]).greatest.isNaN)
  }

  @Test func `A mean does not depend on the order`() {
    var random = SplitMix64(seed: 9)
    var numbers = (0..<40).map { _ in Double(random.nextIndex(below: 1_000_000)) / 7 }
    let mean = Sample(numbers).mean
    for _ in 0..<200 {
      numbers.shuffle(using: &random)
      #expect(Sample(numbers).mean == mean)
    }
    #expect(Sample([Double](repeating: 1, count: 9) + [100]).mean == 10.9)
    #expect(Sample([1e300, 1, -1e300]).mean == 1 / 3.0)
  }

  /// An interval of 95 % holds the truth about 95 times of 100, which is what it promises.
  @Test func `Intervals hold the truth as often as they say`() {
    var random = SplitMix64(seed: 5)
    let rounds = 4_000
    var (means, shares) = (0, 0)
    for _ in 0..<rounds {
      // Sums of twelve uniform numbers are as good as normal.
      let sample = Sample(
        (0..<6).map { _ in (0..<12).reduce(-6) { sum, _ in sum + random.nextUnitDouble() } })
      let mean = Estimate.mean(of: sample)
      if mean.lower <= 0, mean.upper >= 0 { means += 1 }
      let successes = (0..<30).count { _ in random.nextUnitDouble() < 0.3 }
      let share = Estimate.proportion(successes, of: 30)
      if share.lower <= 0.3, share.upper >= 0.3 { shares += 1 }
    }
    #expect((0.94...0.96).contains(Double(means) / Double(rounds)))
    // Of 31 possible counts few are near the end: Wilson's interval keeps its word within 2 points.
    #expect((0.92...0.97).contains(Double(shares) / Double(rounds)))
  }

  @Test func `Mistakes trap`() async {
    let ended1 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Sample([Double]()) }
    #expect(ended1.said("a sample has at least one number"))
    let ended2 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Estimate.proportion(3, of: 2) }
    #expect(ended2.said("successes lie in 0 … 2, but there are 3"))
    let ended3 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = Sample([1]).quantile(1.5) }
    #expect(ended3.said("share lies in 0 … 1, but it is 1.5"))
    let ended4 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Estimate.pairedDifference(Sample([1]), minus: Sample([1, 2]))
    }
    #expect(ended4.said("as many numbers, but there are 1 and 2"))
  }
}
