/// The elementary functions, computed alike on every machine.
///
/// A report promises the same bits wherever it is made. The C library's `exp`, `log` and `sin` differ
/// in the last bit between glibc versions, macOS and musl, and a training run amplifies that bit. These
/// functions use only the operations that IEEE 754 fixes to the last bit (addition, multiplication,
/// division, conversions to and from integers), in a fixed order.
///
/// The tests hold every function to 2 units in the last place of the true value; most are below 1.
/// Special values (infinities, NaN, signed zeros) follow IEEE 754 and C's Annex F. A `Float` version
/// computes in `Double` and rounds once, so it is correctly rounded but for the rarest ties;
/// a literal, as in `Elementary.exp(1)`, is a `Double`.
///
/// Square root, rounding and remainder are exact in the standard library already and have no
/// counterpart here.
public enum Elementary {
  /// The integer nearest to a double below 2⁵¹ in magnitude, ties to even.
  ///
  /// Adding 1.5 × 2⁵² pushes the fraction out of the significand under the default rounding: one
  /// rule everywhere, and no call into the C library on processors without a rounding instruction.
  static func nearestInteger(_ x: Double) -> Double {
    (x + 0x1.8p52) - 0x1.8p52
  }

  /// `x × 2ⁿ` for `|n| ≤ 2100`, rounded once when the result is subnormal.
  static func scaled(_ x: Double, byPowerOfTwo n: Int) -> Double {
    if n >= -1022 && n <= 1023 { return x * powerOfTwo(n) }
    if n > 1023 { return x * powerOfTwo(1023) * powerOfTwo(min(n - 1023, 1023)) }
    // Down in one step of at most 2⁻⁹⁶⁹ and a last one that rounds: the first keeps all bits.
    return x * powerOfTwo(max(n + 969, -1022)) * powerOfTwo(-969)
  }

  /// `2ⁿ` for `-1022 ≤ n ≤ 1023`.
  static func powerOfTwo(_ n: Int) -> Double {
    Double(bitPattern: UInt64(n + 1023) << 52)
  }

  /// `coefficients[0] + x (coefficients[1] + x (…))`, by Horner's rule.
  static func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    var sum = 0.0
    for coefficient in coefficients.reversed() { sum = sum * x + coefficient }
    return sum
  }
}
