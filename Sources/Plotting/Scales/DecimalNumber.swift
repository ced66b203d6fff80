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

extension Double {
  /// The value as an integer, clamped to what an `Int` holds; NaN is zero.
  var integer: Int {
    if self.isNaN { return 0 }
    if self >= 9e18 { return Int(9e18) }
    if self <= -9e18 { return Int(-9e18) }
    return Int(self)
  }
}
