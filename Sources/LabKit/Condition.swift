/// What a claim requires of a value, and how that is said.
///
/// `.above(0.5)`, `.within(0...1)`, `.equal(to: 25)`; one's own with `.satisfying("prime") { … }`.
public struct Condition<Value> {
  /// The requirement in words that follow the value, given how values are written.
  let words: (_ write: (Value) -> String) -> String

  /// Whether a value meets it.
  let isMet: (Value) -> Bool

  private init(
    _ words: @escaping ((Value) -> String) -> String, isMet: @escaping (Value) -> Bool
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

extension Condition where Value == Bool {
  /// What is claimed is so.
  public static var isTrue: Condition { satisfying("true") { $0 } }

  /// What is claimed is not so.
  public static var isFalse: Condition { satisfying("false") { !$0 } }
}
