/// What a claim requires of a value, and how that is said.
///
/// `.above(0.5)`, `.within(0...1)`, `.equal(to: 25)`; one's own with `.satisfying("prime") { … }`.
/// A condition of an `Estimate` is met where the whole interval meets it.
public struct Condition<Value> {
  /// The requirement in words that follow the value, given how bounds are written.
  let words: (_ write: (Any) -> String) -> String

  /// Whether a value meets it.
  let isMet: (Value) -> Bool

  private init(
    _ words: @escaping ((Any) -> String) -> String, isMet: @escaping (Value) -> Bool
  ) {
    self.words = words
    self.isMet = isMet
  }

  /// A condition of one's own.
  ///
  /// - Parameters:
  ///   - words: The requirement, in words that follow the value: `prime`.
  ///   - isMet: Whether a value meets it.
  public static func satisfying(
    _ words: String, _ isMet: @escaping (Value) -> Bool
  ) -> Condition {
    Condition({ _ in words }, isMet: isMet)
  }
}

extension Condition where Value: Comparable {
  /// More than `bound`. A value that is not a number is never above.
  public static func above(_ bound: Value) -> Condition {
    Condition({ "above \($0(bound))" }, isMet: { $0 > bound })
  }

  /// `bound` or more.
  public static func atLeast(_ bound: Value) -> Condition {
    Condition({ "at least \($0(bound))" }, isMet: { $0 >= bound })
  }

  /// Less than `bound`. A value that is not a number is never below.
  public static func below(_ bound: Value) -> Condition {
    Condition({ "below \($0(bound))" }, isMet: { $0 < bound })
  }

  /// `bound` or less.
  public static func atMost(_ bound: Value) -> Condition {
    Condition({ "at most \($0(bound))" }, isMet: { $0 <= bound })
  }

  /// Between the bounds of `range`, both included.
  public static func within(_ range: ClosedRange<Value>) -> Condition {
    Condition(
      { "within \($0(range.lowerBound)) to \($0(range.upperBound))" },
      isMet: { range.contains($0) })
  }
}

extension Condition where Value: Equatable {
  /// Exactly `expected`.
  public static func equal(to expected: Value) -> Condition {
    Condition({ "equal to \($0(expected))" }, isMet: { $0 == expected })
  }

  /// Anything but `other`.
  public static func notEqual(to other: Value) -> Condition {
    Condition({ "not \($0(other))" }, isMet: { $0 != other })
  }
}

extension Condition where Value: FloatingPoint {
  /// |value − expected| ≤ tolerance.
  public static func near(_ expected: Value, tolerance: Value) -> Condition {
    Condition(
      { "within \($0(tolerance)) of \($0(expected))" },
      isMet: { ($0 - expected).magnitude <= tolerance })
  }
}

extension Condition where Value == Estimate {
  /// An interval all above `bound`.
  public static func above(_ bound: Double) -> Condition {
    Condition({ "above \($0(bound))" }, isMet: { $0.holds { $0 > bound } })
  }

  /// An interval all at `bound` or above.
  public static func atLeast(_ bound: Double) -> Condition {
    Condition({ "at least \($0(bound))" }, isMet: { $0.holds { $0 >= bound } })
  }

  /// An interval all below `bound`.
  public static func below(_ bound: Double) -> Condition {
    Condition({ "below \($0(bound))" }, isMet: { $0.holds { $0 < bound } })
  }

  /// An interval all at `bound` or below.
  public static func atMost(_ bound: Double) -> Condition {
    Condition({ "at most \($0(bound))" }, isMet: { $0.holds { $0 <= bound } })
  }

  /// An interval that lies in `range`.
  public static func within(_ range: ClosedRange<Double>) -> Condition {
    Condition(
      { "within \($0(range.lowerBound)) to \($0(range.upperBound))" },
      isMet: { $0.holds(range.contains) })
  }

  /// An interval of which nothing is farther than `tolerance` from `expected`.
  public static func near(_ expected: Double, tolerance: Double) -> Condition {
    Condition(
      { "within \($0(tolerance)) of \($0(expected))" },
      isMet: { $0.holds { ($0 - expected).magnitude <= tolerance } })
  }
}

extension Estimate {
  /// Whether both ends and the estimate itself meet a condition, and with them, where the condition
  /// asks for one stretch of the line, all of the interval.
  fileprivate func holds(_ condition: (Double) -> Bool) -> Bool {
    condition(lower) && condition(value) && condition(upper)
  }
}

extension Condition where Value == Bool {
  /// What is claimed is so.
  public static var isTrue: Condition { satisfying("true") { $0 } }
}
