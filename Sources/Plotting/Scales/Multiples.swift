import Numbers

/// The multiples of a width, each the nearest `Double`: of 0.1 they are 0.1, 0.2, 0.3 and not
/// 0.30000000000000004, so that a value 0.3 in the data is equal to the edge 0.3.
struct Multiples {
  private let width: Double
  /// The width as a decimal number, where it is a short one.
  private let decimal: DecimalNumber?

  init(of width: Double) {
    self.width = width
    let digits = DecimalDigits(shortest: width)
    // Longer ones are no decimal that somebody wrote but a third, or a rounding error.
    guard digits.digits.count <= 12 else {
      decimal = nil
      return
    }
    decimal = DecimalNumber(
      mantissa: digits.digits.reduce(0) { 10 * $0 + Int($1) },
      exponent: digits.point - digits.digits.count)
  }

  /// The multiple by a whole number or by a half of one.
  subscript(factor: Double) -> Double {
    guard let decimal, factor.magnitude < 0x1p50 else { return factor * width }
    // A half of 10ⁿ is 5·10ⁿ⁻¹.
    let (mantissa, overflows) = decimal.mantissa.multipliedReportingOverflow(
      by: 5 * (2 * factor).integer)
    guard !overflows else { return factor * width }
    return DecimalNumber(mantissa: mantissa, exponent: decimal.exponent - 1).value
  }

  /// A number without the rounding errors that make a long decimal of a short one.
  static func rounded(_ value: Double) -> Double {
    var digits = DecimalDigits(shortest: value)
    digits.round(significant: 9)
    let short = DecimalNumber(
      mantissa: digits.digits.reduce(0) { 10 * $0 + Int($1) },
      exponent: digits.point - digits.digits.count
    ).value
    return (short - value).magnitude < 1e-12 * value ? short : value
  }
}
