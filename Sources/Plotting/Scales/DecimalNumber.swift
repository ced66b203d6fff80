/// A decimal number with an exact value: `mantissa · 10^exponent`.
///
/// Ticks are made in decimals, so that the third tick of step 0.1 is 0.3 and not
/// 0.30000000000000004, and so that its label needs no rounding.
struct DecimalNumber: Hashable, Sendable {
  var mantissa: Int
  var exponent: Int

  /// The nearest `Double`.
  var value: Double {
    if mantissa == 0 { return 0 }
    // Both factors are exact, so the one rounding of the operation is the right one.
    if abs(mantissa) < 1 << 53 {
      if 0 <= exponent && exponent <= 22 { return Double(mantissa) * powersOfTen[exponent] }
      if -22 <= exponent && exponent < 0 { return Double(mantissa) / powersOfTen[-exponent] }
    }
    return Double("\(mantissa)e\(exponent)") ?? .nan
  }

  /// The same number without trailing zeros in the mantissa; zero is 0 · 10⁰.
  var normalised: DecimalNumber {
    if mantissa == 0 { return DecimalNumber(mantissa: 0, exponent: 0) }
    var result = self
    while result.mantissa % 10 == 0 {
      result.mantissa /= 10
      result.exponent += 1
    }
    return result
  }

  /// How many digits stand after the point when the number is written out.
  var decimals: Int { max(0, -normalised.exponent) }
}

/// 10⁰ … 10²², each of them exact as a `Double`.
private let powersOfTen: [Double] = {
  var powers = [1.0]
  for _ in 0..<22 { powers.append(powers[powers.count - 1] * 10) }
  return powers
}()

/// The nearest `Double` to 10^exponent.
func powerOfTen(_ exponent: Int) -> Double {
  DecimalNumber(mantissa: 1, exponent: exponent).value
}

/// The digits of the shortest decimal that reads back as a given `Double`, and rounding on them.
///
/// The standard library's `description` is shortest, and computed without the C library, so that
/// labels are the same everywhere. Rounding happens on these decimals, halves away from zero:
/// 0.125 to two places is 0.13, as one does by hand.
struct DecimalDigits: Sendable {
  var isNegative: Bool
  /// Most significant first, no leading zero; empty for zero.
  var digits: [UInt8]
  /// The value is 0.d₁d₂d₃… · 10^point.
  var point: Int

  /// The digits of a finite number.
  init(_ value: Double) {
    isNegative = value < 0
    digits = []
    point = 0
    guard value.isFinite, value != 0 else { return }
    var exponent = 0
    var seenPoint = false
    var integerDigits = 0
    let text = value.magnitude.description
    if let mark = text.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      exponent = Int(text[text.index(after: mark)...].drop(while: { $0 == "+" })) ?? 0
    }
    for byte in text.utf8 {
      if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") { break }
      if byte == UInt8(ascii: ".") {
        seenPoint = true
        continue
      }
      digits.append(byte - UInt8(ascii: "0"))
      if !seenPoint { integerDigits += 1 }
    }
    point = integerDigits + exponent
    let leading = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leading)
    point -= leading
    trim()
  }

  private mutating func trim() {
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { point = 0 }
  }

  /// The exponent of scientific notation: the value is d₁.d₂d₃… · 10^exponent.
  var exponent: Int { digits.isEmpty ? 0 : point - 1 }

  /// Rounds to that many digits after the decimal point.
  mutating func round(decimals: Int) { keep(point + decimals) }

  /// Rounds to that many significant digits.
  mutating func round(significant: Int) { keep(significant) }

  private mutating func keep(_ count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      point = 0
      return
    }
    let up = digits[count] >= 5
    digits.removeSubrange(count...)
    if up {
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
  /// sign, and thousands grouped by commas from that many digits before the point on: 10,000.
  func written(decimals: Int, groupingFrom length: Int = 5) -> String {
    var whole: [Character] = []
    for index in 0..<max(point, 0) {
      whole.append(index < digits.count ? Character(digit: digits[index]) : "0")
    }
    if whole.isEmpty { whole = ["0"] }
    var text = isNegative && !digits.isEmpty ? "\u{2212}" : ""
    for (index, character) in whole.enumerated() {
      let isGrouped = whole.count >= length && index > 0
      if isGrouped && (whole.count - index) % 3 == 0 { text += "," }
      text.append(character)
    }
    if decimals > 0 {
      text += "."
      for place in 0..<decimals {
        let index = point + place
        let inside = index >= 0 && index < digits.count
        text.append(inside ? Character(digit: digits[index]) : "0")
      }
    }
    return text
  }
}

extension Character {
  fileprivate init(digit: UInt8) { self.init(Unicode.Scalar(UInt8(ascii: "0") + digit)) }
}
