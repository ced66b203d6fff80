/// A number in decimal: its sign, its digits, and where the point stands; and rounding on them.
///
/// **Halves go away from zero**, as one rounds by hand: 0.125 to two places is 0.13, −2.5 to none
/// is −3. That is the rule of every number that LabKit writes, and it stands here alone. Digits
/// made by ``init(exactly:)`` are all that the binary number has, so a half is a half: 2.675, which
/// in binary is a little less, is 2.67.
public struct DecimalDigits: Hashable, Sendable {
  /// Whether the number is below zero.
  public var isNegative: Bool

  /// 0 to 9 each, most significant first, without zeros at either end; empty for zero.
  public private(set) var digits: [UInt8]

  /// The magnitude is 0.d₁d₂d₃… · 10^point.
  public var point: Int

  /// A number from its digits; zeros at either end are taken away.
  init(isNegative: Bool, digits: [UInt8], point: Int) {
    self.isNegative = isNegative
    let leading = digits.prefix { $0 == 0 }.count
    self.digits = Array(digits.dropFirst(leading))
    self.point = point - leading
    trim()
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  /// The exponent of scientific notation: the magnitude is d₁.d₂d₃… · 10^exponent; 0 for zero.
  public var exponent: Int { digits.isEmpty ? 0 : point - 1 }

  /// How many digits stand after the point when all are written.
  public var places: Int { max(0, digits.count - point) }

  /// Rounds to that many digits after the point; with −2, to hundreds.
  public mutating func round(places: Int) { keep(point + places) }

  /// Rounds to that many significant digits.
  public mutating func round(significant: Int) { keep(significant) }

  private mutating func keep(_ count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      point = 0
      return
    }
    let isUp = digits[count] >= 5
    digits.removeSubrange(count...)
    if isUp {
      var index = count - 1
      while index >= 0 && digits[index] == 9 {
        digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        digits[index] += 1
      } else {
        digits.insert(1, at: 0)
        point += 1
      }
    }
    trim()
  }

  /// Written out with exactly that many digits after the point (they must suffice), a true minus
  /// sign in front of what is not zero, and thousands set apart by commas where at least `length`
  /// digits stand before the point: 1,234.5.
  public func written(places: Int, groupingFrom length: Int = 4) -> String {
    var whole: [UInt8] = []
    for index in 0..<max(point, 0) { whole.append(index < digits.count ? digits[index] : 0) }
    if whole.isEmpty { whole = [0] }
    // A sign before nothing but zeros tells a reader nothing.
    var text = isNegative && !digits.isEmpty ? "\u{2212}" : ""
    for (index, digit) in whole.enumerated() {
      if index > 0, whole.count >= length, (whole.count - index) % 3 == 0 { text += "," }
      text.append(Character(digit: digit))
    }
    if places > 0 {
      text += "."
      for place in 0..<places {
        let index = point + place
        text.append(Character(digit: digits.indices.contains(index) ? digits[index] : 0))
      }
    }
    return text
  }
}

extension Character {
  fileprivate init(digit: UInt8) { self.init(Unicode.Scalar(UInt8(ascii: "0") + digit)) }
}
