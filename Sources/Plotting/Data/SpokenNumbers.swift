import Numbers

/// How a sentence writes its numbers: three significant digits, or as many as tell them apart.
///
/// ```text
/// let say = SpokenNumbers([0.98765, 0.98761])
/// say(0.98765)  // 0.98765
/// ```
struct SpokenNumbers {
  private let digits: Int

  /// Chooses the digits for numbers that stand in one sentence; equal numbers may read the same.
  init(_ values: [Double]) {
    let values = Set(values.filter(\.isFinite))
    var digits = 3
    while digits < 17, Set(values.map { Self.rounded($0, digits) }).count < values.count {
      digits += 1
    }
    self.digits = digits
  }

  init(_ values: Double...) { self.init(values) }

  /// The number as plain text.
  func callAsFunction(_ value: Double) -> String { Self.text(value, digits) }

  /// What a text of so many digits says: “1.00” says no other number than “1”.
  private static func rounded(_ value: Double, _ count: Int) -> DecimalDigits {
    var digits = DecimalDigits(shortest: value)
    if value.rounded() != value || value.magnitude >= 1e7 { digits.round(significant: count) }
    return digits
  }

  private static func text(_ value: Double, _ count: Int) -> String {
    guard value.isFinite else { return NumberFormat.automatic.string(value) }
    var digits = DecimalDigits(shortest: value)
    // A number that is no longer than that stands as it is: 0.5, not 0.500.
    let count = min(count, max(1, digits.digits.count))
    if value.rounded() == value && value.magnitude < 1e7 {
      return NumberFormat.integer.string(value)
    }
    digits.round(significant: count)
    if digits.exponent < -4 || digits.exponent >= 7 {
      let decimals = max(0, min(count, digits.digits.count) - 1)
      // Of what was rounded: rounded again from the value, a last 5 may go the other way.
      let mantissa = digits.digits.map(String.init).joined()
      let rounded = Double("\(value < 0 ? "-" : "")0.\(mantissa)e\(digits.exponent + 1)") ?? value
      return NumberFormat.scientific(digits: decimals + 1).string(rounded)
    }
    return digits.written(places: max(0, count - digits.point))
  }
}

/// How a sentence counts: “1 value”, “3,000 values”.
func counted(_ count: Int, _ one: String, _ many: String) -> String {
  count == 1 ? "1 \(one)" : "\(grouped(count)) \(many)"
}

/// A count with its thousands set apart, as all numbers of a sentence have them.
func grouped(_ count: Int) -> String { NumberFormat.integer.string(Double(count)) }
