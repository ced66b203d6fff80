import Statistics
import Tensors
import Testing

/// Permutation tests against SciPy's and against what they promise.
struct PermutationTests {
  let reference: ReferenceValues

  init() throws { reference = try ReferenceValues() }

  @Test func `Exact tests`() throws {
    var random = SplitMix64(seed: 1)
    let first = try reference.sample("first")
    let paired = PermutationTest.paired(
      Sample(first), Sample(try reference.sample("second")), using: &random)
    #expect(paired.isExact && paired.arrangements == 1024)
    #expect(agrees(paired.pValue, try #require(reference.permutation["paired"])))
    let few = PermutationTest.independent(
      Sample(first.prefix(7)), Sample(try reference.sample("few")), using: &random)
    #expect(few.isExact && few.arrangements == 1716)
    #expect(agrees(few.pValue, try #require(reference.permutation["independent"])))
    let unequal = PermutationTest.independent(
      Sample(try reference.sample("ties")), Sample(first.prefix(4)), using: &random)
    #expect(unequal.isExact && unequal.arrangements == 330)
    #expect(agrees(unequal.pValue, try #require(reference.permutation["of other counts"])))
  }

  /// At random the p value comes near the exact one, and is never 0.
  @Test func `Random tests come near`() throws {
    var random = SplitMix64(seed: 2)
    let (first, second) = (try reference.sample("first"), try reference.sample("second"))
    let exact = try #require(reference.permutation["paired"])
    let paired = PermutationTest.paired(
      Sample(first), Sample(second), limit: 1_000, using: &random)
    #expect(!paired.isExact && paired.arrangements == 1_001)
    let error = 4 * (exact * (1 - exact) / 1_000).squareRoot() * 2
    #expect((paired.pValue - exact).magnitude < error)
    let few = PermutationTest.independent(
      Sample(first.prefix(7)), Sample(try reference.sample("few")), limit: 1_000, using: &random)
    let fewExact = try #require(reference.permutation["independent"])
    #expect((few.pValue - fewExact).magnitude < 4 * (fewExact / 1_000).squareRoot() * 2)
    let apart = PermutationTest.independent(
      Sample((0..<30).map(Double.init)), Sample((100..<130).map(Double.init)), using: &random)
    #expect(apart.pValue > 0 && apart.pValue < 2e-4)
  }

  @Test(arguments: [Double.infinity, -.infinity, .nan])
  func `What is no number has no p value`(number: Double) {
    var random = SplitMix64(seed: 1)
    let (first, second) = (Sample([number, 1]), Sample([2, 3]))
    #expect(PermutationTest.independent(first, second, using: &random).pValue.isNaN)
    #expect(PermutationTest.paired(first, second, using: &random).pValue.isNaN)
  }

  @Test func `Alike samples are not told apart`() {
    var random = SplitMix64(seed: 3)
    let sample = Sample([1, 2, 3, 4])
    #expect(PermutationTest.paired(sample, sample, using: &random).pValue == 1)
    #expect(PermutationTest.independent(sample, sample, using: &random).pValue == 1)
    #expect(PermutationTest.independent(Sample([1]), Sample([2]), using: &random).pValue == 1)
    #expect(PermutationTest.paired(Sample([.nan]), Sample([1]), using: &random).pValue.isNaN)
  }

  /// Where nothing tells the samples apart, p is below 0.05 in at most one of 20 cases or so.
  @Test func `False alarms are as rare as promised`() {
    var random = SplitMix64(seed: 4)
    let rounds = 500
    let alarms = (0..<rounds).count { _ in
      let samples = (0..<2).map { _ in
        Sample((0..<7).map { _ in random.nextUnitDouble() })
      }
      return PermutationTest.paired(samples[0], samples[1], using: &random).pValue <= 0.05
    }
    #expect((0.02...0.08).contains(Double(alarms) / Double(rounds)))
  }
}
