import Testing

@testable import LabKit

/// Conditions, claims and comparisons: each must be able to fail.
@Suite struct ClaimTests {
  @Test func `Conditions hold or do not`() {
    let cases: [(condition: Condition<Double>, met: [Double], unmet: [Double])] = [
      (.above(0.5), [0.6], [0.5, 0.4, .nan]),
      (.atLeast(0.5), [0.5, 0.6], [0.4, .nan]),
      (.below(0.5), [0.4], [0.5, 0.6, .nan]),
      (.atMost(0.5), [0.5, 0.4], [0.6, .nan]),
      (.within(0...1), [0, 0.5, 1], [-0.1, 1.1, .nan]),
      (.equal(to: 2), [2], [2.1, .nan]),
      (.notEqual(to: 2), [2.1], [2]),
      (.near(1, tolerance: 0.1), [0.95, 1.05], [0.8, 1.2, .nan, .infinity]),
    ]
    for (condition, met, unmet) in cases {
      #expect(met.allSatisfy(condition.isMet))
      #expect(!unmet.contains(where: condition.isMet))
    }
  }

  /// What a claim said.
  private func said<Value>(
    _ value: Value, _ condition: Condition<Value>, as format: NumberFormat = .automatic,
    mutants: KeyValuePairs<String, Value> = [:]
  ) -> Verdict {
    verdict("sentence", value, condition, as: format, mutants: mutants)
  }

  @Test func `Bounds are short`() {
    let cases: [(bound: Double, format: NumberFormat, text: String)] = [
      (0.5, NumberFormat.decimal(places: 3), "0.5"), (25, .automatic, "25"),
      (1e-5, .scientific(digits: 3), "1×10⁻⁵"), (-0.001, .automatic, "−0.001"),
      (0.07, .percent(decimals: 2), "7%"), (1 / 3.0, .decimal(places: 2), "0.33"),
      (9.8, .uncertain(by: 0.012), "9.8"), (1 / 3.0, .uncertain(by: 0.012), "0.333"),
    ]
    for (bound, format, text) in cases {
      #expect(said(1, .above(bound), as: format).requirement == "above \(text)")
    }
  }

  @Test func `Float bounds are as written`() {
    #expect(said(Float(1), .above(0.1)).requirement == "above 0.1")
  }

  @Test func `An uncertainty is that of the measured value`() {
    let verdict = said(
      9.8765, .near(9.81, tolerance: 0.1), as: .uncertain(by: 0.052), mutants: ["doubled": 19.753])
    #expect(verdict.measured == "9.88 ± 0.05")
    #expect(verdict.mutants.map(\.measured) == ["19.75"])
    #expect(verdict.requirement == "within 0.1 of 9.81")
  }

  @Test func `Claim holds fails or is broken`() {
    #expect(claim("more", 2, .above(1), mutants: ["one": 1]))
    #expect(!claim("more", 1, .above(1)))
    #expect(!claim("more", 2, .above(1), mutants: ["two": 2]))
    #expect(claim("so", true, mutants: ["not so": false]))
    #expect(!claim("so", true, mutants: ["also so": true]))
  }

  @Test func `Estimates meet conditions with their whole interval`() {
    let estimate = Estimate(value: 0.6, lower: 0.5, upper: 0.7, confidence: 0.95, count: 9)
    let cases: [(condition: Condition<Estimate>, isMet: Bool)] = [
      (.above(0.49), true), (.above(0.5), false), (.above(0.55), false),
      (.atLeast(0.5), true), (.atLeast(0.51), false),
      (.below(0.71), true), (.below(0.7), false), (.below(0.65), false),
      (.atMost(0.7), true), (.atMost(0.69), false),
      (.within(0.5...0.7), true), (.within(0.55...1), false), (.within(0...0.65), false),
      (.near(0.6, tolerance: 0.11), true), (.near(0.6, tolerance: 0.09), false),
    ]
    for (condition, isMet) in cases { #expect(condition.isMet(estimate) == isMet) }
    let unknown = Estimate.mean(of: Sample([0.6]))
    #expect(!Condition<Estimate>.above(0).isMet(unknown))
    #expect(!Condition<Estimate>.above(0).isMet(.mean(of: Sample([1, .nan]))))
    #expect(claim("more", estimate, .above(0.4), mutants: ["around it": unknown]))
    #expect(!claim("more", estimate, .above(0.4), mutants: ["the same": estimate]))
  }

  @Test func `Estimates are written with their interval`() {
    let estimate = Estimate(value: 0.6, lower: 0.5, upper: 0.7, confidence: 0.95, count: 9)
    #expect(estimate.text(.percent(decimals: 0)) == "60% (50% to 70%)")
    let wider = Estimate.mean(of: Sample([1, 2]), confidence: 0.99)
    #expect(wider.text(.decimal(places: 1)) == "1.5 (−30.3 to 33.3 at 99%)")
  }

  @Test func `Claims over runs count`() {
    let runs = [0.6, 0.7, 0.4]
    #expect(!claim("more", over: runs, .above(0.5)))
    #expect(claim("more", over: runs, .above(0.5), atLeast: 2))
    #expect(!claim("more", over: runs, .above(0.5), atLeast: 3))
    #expect(claim("more", over: runs, .above(0.3), mutants: ["one is not": [0.2, 0.9, 0.9]]))
    #expect(!claim("more", over: runs, .above(0.3), mutants: ["also": [0.8, 0.9, 0.9]]))
    #expect(!claim("more", over: runs, .above(0.5), atLeast: 2, mutants: ["also": [0.6, 0.6, 0]]))
    #expect(!claim("more", over: [Double](), .above(0.5)))
    #expect(!claim("more", over: [.nan, 1.0], .above(0.5)))
  }

  @Test func `Expect error catches`() {
    struct Known: Error {}
    #expect(expectError { throw Known() } is Known)
    #expect(expectError { 1 } == nil)
  }
}

@Suite struct ComparisonTests {
  let expected = Tensor([2, 2], [1, 2, 3, 4])
  let wrong = Tensor([2, 2], [1, 2, 3, 5])

  func compare(_ actual: Tensor, _ tolerance: Tolerance = .absolute(1e-3)) -> ComparisonResult {
    Comparison(
      "x", actual: actual, expected: expected, tolerance: tolerance, mutants: ["wrong": wrong]
    ).result
  }

  @Test func `Holds within the tolerance`() {
    var close = expected
    close[0, 1] += 0x1p-20
    let result = compare(close)
    #expect(result.outcome == .holds)
    // 2 + 2⁻²⁰ is four floats above 2: they lie 2⁻²² apart there.
    #expect(
      result.parts[0].distance
        == ComparisonResult.Distance(absolute: 0x1p-20, relative: 0x1p-21, unitsInLastPlace: 4))
    #expect(result.mutants[0].distance.absolute == 1)
  }

  @Test func `Fails outside of it`() {
    #expect(compare(wrong).outcome == .fails)
    #expect(compare(wrong, .relative(0.2)).parts[0].distance.relative == 0.25)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func `What is no number is infinitely far`(value: Float) {
    var broken = expected
    broken[1, 1] = value
    #expect(compare(broken).outcome == .fails)
    #expect(compare(broken).parts[0].distance.absolute == .infinity)
  }

  @Test func `Not a number in the reference does not excuse`() {
    let nothing = Tensor([1], [.nan])
    let result = Comparison(
      "x", actual: nothing, expected: nothing, tolerance: .absolute(1),
      mutants: ["one": Tensor([1], [1])]
    ).result
    #expect(result.outcome == .fails)
  }

  @Test func `Another shape is infinitely far`() {
    #expect(compare(expected.reshaped(to: [4])).outcome == .fails)
    #expect(compare(expected.reshaped(to: [4])).parts[0].distance.absolute == .infinity)
  }

  @Test func `Is broken by a mutant that passes and by none`() {
    let passing = Comparison(
      "x", actual: expected, expected: expected, tolerance: .absolute(2),
      mutants: ["wrong": wrong])
    #expect(passing.result.outcome == .broken)
    let none = Comparison(
      "x", actual: expected, expected: expected, tolerance: .absolute(2), mutants: [:])
    #expect(none.result.outcome == .broken)
    #expect(!none.holds)
  }

  @Test func `Distances count across zero`() {
    let tiny = Float.leastNonzeroMagnitude
    let result = Comparison(
      "x", actual: Tensor([1], [tiny]), expected: Tensor([1], [-tiny]), tolerance: .absolute(1),
      mutants: [:]
    ).result
    #expect(result.parts[0].distance.unitsInLastPlace == 2)
  }

  @Test func `Doubles count in doubles`() {
    let result = Comparison(
      "x", actual: [1 + .ulpOfOne, -1], expected: [1, -1], tolerance: .absolute(1e-9),
      mutants: ["wrong": [2, -1]]
    ).result
    #expect(result.outcome == .holds)
    #expect(result.parts[0].distance.unitsInLastPlace == 1)
  }

  @Test func `Distances count from zero`() {
    let tiny = Double.leastNonzeroMagnitude
    for (actual, expected, count) in [(0, tiny, 1), (-tiny, 0, 1), (-0.0, 0, 0)] {
      let result = Comparison(
        "x", actual: [actual], expected: [expected], tolerance: .absolute(1), mutants: [:]
      ).result
      #expect(
        result.parts[0].distance.unitsInLastPlace == Double(count), "\(actual), \(expected)")
    }
  }

  @Test func `Floats count in floats`() {
    let losses: [Float] = [2.3, 0.5]
    let result = Comparison(
      "x", actual: [losses[0].nextUp, 0.5], expected: losses, tolerance: .absolute(1e-6),
      mutants: ["wrong": [2.4, 0.5]]
    ).result
    #expect(result.outcome == .holds)
    #expect(result.parts[0].distance.unitsInLastPlace == 1)
  }

  @Test func `Mutant of several parts is rejected by any of them`() {
    let result = Comparison(
      "x", parts: ["a": (expected, expected), "b": (expected, expected)], tolerance: .absolute(0.1),
      mutants: ["second wrong": [expected, wrong], "none wrong": [expected, expected]]
    ).result
    #expect(result.mutants.map(\.passes) == [false, true])
    #expect(result.outcome == .broken)
  }
}
