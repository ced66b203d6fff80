internal import Requirements

// What cannot be asked of a format.

extension NumberFormat {
  /// The most digits that a number is written with. The smallest `Double` has its last digit at the
  /// 1,074th place and no meaning beyond the 340th; who asks for more has mistyped.
  static let mostDigits = 400

  private var asked: Int? {
    switch self {
    case .automatic, .shortest, .integer: nil
    case .decimal(let count), .significant(let count), .scientific(let count),
      .percent(let count), .metric(let count):
      count
    case .uncertain(_, let count, _): count
    }
  }

  /// What is wrong with a format, in a few words; `nil` for one that can write a number.
  ///
  /// Fewer digits than there can be are no obstacle to ``string(_:_:)``, which takes the fewest
  /// possible; somebody who asks an axis for them has made a mistake.
  package var mistake: String? {
    if case .uncertain(let uncertainty, _, _) = self, !(uncertainty >= 0 && uncertainty.isFinite) {
      return "an uncertainty is a number from zero up, not \(uncertainty)"
    }
    guard let asked else { return nil }
    if asked > Self.mostDigits { return Self.tooMany(asked) }
    switch self {
    case .significant, .scientific, .metric:
      return asked < 1 ? "a number is written with 1 digit or more, not \(asked)" : nil
    case .decimal, .percent:
      return asked < 0 ? "\(asked) is not a number of digits after the point" : nil
    case .automatic, .shortest, .integer, .uncertain: return nil
    }
  }

  private static func tooMany(_ count: Int) -> String {
    "a number is written with \(mostDigits) digits at most, not \(count)"
  }

  /// Traps where a number would be written with thousands of digits.
  func checkDigits() {
    guard let asked, asked > Self.mostDigits else { return }
    requirementFailed("NumberFormat: " + Self.tooMany(asked))
  }
}
