internal import Requirements

/// How often chance alone would set two samples as far apart as they are.
///
/// If nothing tells the samples apart, every arrangement of their numbers was as likely as the one
/// seen. The p value is the share of arrangements whose difference of means is at least as far out,
/// doubled for the side that was not looked at (and at most 1). Nothing is assumed of the
/// distribution.
public struct PermutationTest: Hashable, Sendable {
  /// The difference of the means, first minus second.
  public let difference: Double

  /// The two-sided p value.
  public let pValue: Double

  /// How many arrangements were looked at.
  public let arrangements: Int

  /// Whether these were all that there are, not a random choice.
  public let isExact: Bool

  /// Tests paired samples: in each pair, which number belongs to which sample is as likely the one
  /// way as the other.
  ///
  /// - Parameters:
  ///   - first: The first sample.
  ///   - second: The second, of as many numbers; traps otherwise.
  ///   - limit: The most arrangements to look at. All 2ⁿ where they are fewer; otherwise so many at
  ///     random, and the one seen.
  ///   - random: Draws the arrangements where not all are looked at.
  /// - Complexity: O(n · arrangements).
  public static func paired(
    _ first: Sample, _ second: Sample, limit: Int = 20_000,
    using random: inout some RandomNumberGenerator
  ) -> PermutationTest {
    let differences = first.differences(from: second).values
    let n = differences.count
    let seen = differences.reduce(0, +) / Double(n)
    func mean(_ flips: (Int) -> Bool) -> Double {
      var sum = 0.0
      for index in 0..<n { sum += flips(index) ? -differences[index] : differences[index] }
      return sum / Double(n)
    }
    if n < Int.bitWidth - 2, 1 << n <= limit {
      return PermutationTest(
        seen, exact: (0..<1 << n).map { signs in mean { signs >> $0 & 1 == 1 } })
    }
    return PermutationTest(
      seen,
      random: (0..<limit).map { _ in
        let bits = (0..<(n + 63) / 64).map { _ in random.next() }
        return mean { bits[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
      })
  }

  /// Tests independent samples: which numbers belong to which sample is as likely any way.
  ///
  /// - Parameters:
  ///   - first: The first sample.
  ///   - second: The second, of any count.
  ///   - limit: The most arrangements to look at. All of them where they are fewer; otherwise so
  ///     many at random, and the one seen.
  ///   - random: Draws the arrangements where not all are looked at.
  /// - Complexity: O(n · arrangements).
  public static func independent(
    _ first: Sample, _ second: Sample, limit: Int = 20_000,
    using random: inout some RandomNumberGenerator
  ) -> PermutationTest {
    var all = first.values + second.values
    let (n, m) = (first.count, second.count)
    func difference(_ chosen: some Sequence<Int>) -> Double {
      var isFirst = [Bool](repeating: false, count: n + m)
      for index in chosen { isFirst[index] = true }
      var sums = (0.0, 0.0)
      for (index, value) in all.enumerated() {
        if isFirst[index] { sums.0 += value } else { sums.1 += value }
      }
      return sums.0 / Double(n) - sums.1 / Double(m)
    }
    let seen = difference(0..<n)
    if let count = choices(n, of: n + m), count <= limit {
      var chosen = Array(0..<n)
      var differences: [Double] = []
      repeat { differences.append(difference(chosen)) } while advance(&chosen, below: n + m)
      return PermutationTest(seen, exact: differences)
    }
    return PermutationTest(
      seen,
      random: (0..<limit).map { _ in
        // The first n places of a shuffle.
        for place in 0..<n { all.swapAt(place, place + random.index(below: n + m - place)) }
        return difference(0..<n)
      })
  }

  private init(_ seen: Double, exact differences: [Double]) {
    self.init(seen, differences, seenOnceMore: 0)
  }

  private init(_ seen: Double, random differences: [Double]) {
    require(
      !differences.isEmpty, "a test looks at one arrangement at least, but the limit is 0")
    // The arrangement seen is one of all; without it p could be 0.
    self.init(seen, differences, seenOnceMore: 1)
  }

  private init(_ seen: Double, _ differences: [Double], seenOnceMore extra: Int) {
    // Sums in another order differ in their last bits and are still the same arrangement.
    let slack = 1e-12 * differences.reduce(seen.magnitude) { max($0, $1.magnitude) }
    let above = differences.count { $0 >= seen - slack } + extra
    let below = differences.count { $0 <= seen + slack } + extra
    difference = seen
    arrangements = differences.count + extra
    // With an infinite number, which is further out cannot be told.
    pValue =
      slack.isFinite ? min(1, 2 * Double(min(above, below)) / Double(arrangements)) : .nan
    isExact = extra == 0
  }

  /// n! / (k! (n − k)!), nil where it does not fit.
  private static func choices(_ k: Int, of n: Int) -> Int? {
    var result = 1
    for step in 1...max(1, min(k, n - k)) where k > 0 && k < n {
      let (product, overflow) = result.multipliedReportingOverflow(by: n - step + 1)
      if overflow { return nil }
      result = product / step
    }
    return result
  }

  /// The next choice of places in the order of a dictionary; false after the last.
  private static func advance(_ chosen: inout [Int], below count: Int) -> Bool {
    for place in chosen.indices.reversed()
    where chosen[place] < count - chosen.count + place {
      chosen[place] += 1
      for later in place + 1..<max(chosen.count, place + 1) {
        chosen[later] = chosen[later - 1] + 1
      }
      return true
    }
    return false
  }
}
