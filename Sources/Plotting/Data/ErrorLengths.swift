/// The lengths of error bars on both sides of every value.
struct ErrorLengths: Sendable, Hashable {
  private(set) var lower: [Double]
  private(set) var upper: [Double]

  /// The same length on both sides.
  init(_ errors: some Sequence<some Plottable>, checks: MarkChecks, _ count: Int) {
    let errors = errors.map(\.plotted)
    self.init(lower: errors, upper: errors, checks: checks, count)
  }

  /// Lengths of their own. Traps when their numbers are not the values', and on one below zero.
  init(
    lower: some Sequence<some Plottable>, upper: some Sequence<some Plottable>,
    checks: MarkChecks, _ count: Int
  ) {
    self.lower = lower.map(\.plotted)
    self.upper = upper.map(\.plotted)
    checks.count(self.lower.count, "errors", for: count, count == 1 ? "value" : "values")
    checks.count(self.upper.count, "errors", for: count, count == 1 ? "value" : "values")
    for error in self.lower + self.upper where error < 0 {
      checks.fail("an error is the length of a bar, not \(error)")
    }
  }

  /// The ends of the bars at values.
  func ends(_ values: [Double]) -> (low: [Double], high: [Double]) {
    (zip(values, lower).map { $0 - $1 }, zip(values, upper).map { $0 + $1 })
  }

  /// What a sentence says: “errors of ±0.1”, “errors from ±0.1 to ±0.3”, “errors up to 0.3 below
  /// and 0.5 above”.
  var spoken: String? {
    guard let down = finiteRange(of: lower), let up = finiteRange(of: upper) else { return nil }
    let say = SpokenNumbers(
      down.lowerBound, down.upperBound, up.lowerBound, up.upperBound)
    guard zip(lower, upper).allSatisfy({ $0 == $1 || $0.isNaN && $1.isNaN }) else {
      return "errors up to \(say(down.upperBound)) below and \(say(up.upperBound)) above"
    }
    if down.lowerBound == down.upperBound { return "errors of ±\(say(down.lowerBound))" }
    return "errors from ±\(say(down.lowerBound)) to ±\(say(down.upperBound))"
  }
}
