/// How a number is written on an axis, in a cell or at a bar.
///
/// Minus signs are true minus signs, thousands are grouped by commas from 10,000 on, and powers
/// are written in the markup that Raster's text understands: `1.5×10^{6}`.
public enum NumberFormat: Sendable, Hashable {
  /// As many digits as needed: up to four significant ones, scientific outside of 10⁻⁴ … 10⁷.
  /// On an axis: just the digits that tell the ticks apart.
  case automatic
  /// That many digits after the point: 0.50.
  case fixed(decimals: Int)
  /// That many significant digits: 0.0123.
  case significant(Int)
  /// The hundredfold with a percent sign: 97.2%.
  case percent(decimals: Int)
  /// Scientific notation with that many digits after the point: 1.25×10^{−3}.
  case scientific(decimals: Int)
  /// A metric prefix in front of the unit, with significant digits: 1.5 M, 20 k, 3 µ.
  case metric(significant: Int)

  /// The number as text with markup. Not a number is “–”, infinities are “∞” and “−∞”.
  public func string(_ value: Double) -> String {
    if value.isNaN { return "–" }
    if value.isInfinite { return value < 0 ? "\u{2212}∞" : "∞" }
    switch self {
    case .automatic: return Self.automaticString(value)
    case .fixed(let decimals): return Self.fixedString(value, decimals: max(0, decimals))
    case .significant(let count): return Self.significantString(value, max(1, count))
    case .percent(let decimals):
      return Self.fixedString(value * 100, decimals: max(0, decimals)) + "%"
    case .scientific(let decimals): return Self.scientificString(value, decimals: max(0, decimals))
    case .metric(let count): return Self.metricString(value, max(1, count))
    }
  }

  private static func automaticString(_ value: Double) -> String {
    var digits = DecimalDigits(value)
    digits.round(significant: 4)
    if digits.digits.isEmpty { return "0" }
    if digits.exponent < -4 || digits.exponent >= 7 {
      return scientificString(value, decimals: max(0, min(3, digits.digits.count - 1)))
    }
    if digits.exponent >= 3 {
      digits = DecimalDigits(value)
      digits.round(decimals: 0)
    }
    return digits.written(decimals: max(0, digits.digits.count - digits.point))
  }

  private static func fixedString(_ value: Double, decimals: Int) -> String {
    var digits = DecimalDigits(value)
    digits.round(decimals: decimals)
    return digits.written(decimals: decimals)
  }

  private static func significantString(_ value: Double, _ count: Int) -> String {
    var digits = DecimalDigits(value)
    digits.round(significant: count)
    if digits.digits.isEmpty { return "0" }
    if digits.exponent < -5 || digits.exponent >= max(7, count) {
      return scientificString(value, decimals: count - 1)
    }
    return digits.written(decimals: max(0, count - digits.point))
  }

  private static func scientificString(_ value: Double, decimals: Int) -> String {
    var digits = DecimalDigits(value)
    digits.round(significant: decimals + 1)
    if digits.digits.isEmpty { return "0" }
    let exponent = digits.exponent
    digits.point = 1
    let mantissa = digits.written(decimals: decimals)
    let power = exponent < 0 ? "\u{2212}\(-exponent)" : "\(exponent)"
    return "\(mantissa)×10^{\(power)}"
  }

  private static func metricString(_ value: Double, _ count: Int) -> String {
    var digits = DecimalDigits(value)
    digits.round(significant: count)
    if digits.digits.isEmpty { return "0" }
    let prefixes = ["p", "n", "µ", "m", "", "k", "M", "G", "T"]
    let group = max(-4, min(4, (Double(digits.exponent) / 3).rounded(.down).integer))
    digits.point -= 3 * group
    let number = digits.written(decimals: max(0, digits.digits.count - digits.point))
    let prefix = prefixes[group + 4]
    return prefix.isEmpty ? number : "\(number) \(prefix)"
  }
}

extension Double {
  /// The value as an integer, clamped to what an `Int` holds; NaN is zero.
  var integer: Int {
    if self.isNaN { return 0 }
    if self >= 9e18 { return Int(9e18) }
    if self <= -9e18 { return Int(-9e18) }
    return Int(self)
  }
}
