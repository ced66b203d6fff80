extension Elementary {
  /// The natural logarithm. `log(0)` is -∞, of a negative number NaN.
  public static func log(_ x: Double) -> Double {
    special(x) ?? extendedLogarithm(x).high
  }

  /// The natural logarithm, computed in `Double` and rounded once.
  @_disfavoredOverload
  public static func log(_ x: Float) -> Float {
    Float(log(Double(x)))
  }

  /// The logarithm to base 2, exact for powers of two.
  public static func log2(_ x: Double) -> Double {
    if let value = special(x) { return value }
    let (exponent, fraction) = parts(x)
    let inBits =
      extendedLogarithm(ofFraction: fraction)
      * DoubleDouble(0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56)
    return (DoubleDouble(exponent) + inBits).high
  }

  /// The logarithm to base 10, exact for powers of ten that a double holds.
  public static func log10(_ x: Double) -> Double {
    if let value = special(x) { return value }
    return (extendedLogarithm(x) * DoubleDouble(0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57)).high
  }

  /// `ln(1 + x)` without cancellation near zero.
  public static func log1p(_ x: Double) -> Double {
    if x.isNaN || x < -1 { return .nan }
    if x == -1 { return -.infinity }
    if x == 0 || x == .infinity { return x }
    // 1 + x exactly, as h + l; ln(h + l) = ln h + l/h up to (l/h)², beyond the last bit.
    let sum = DoubleDouble.sum(1, x)
    if sum.high == 1 { return x - 0.5 * x * x }
    return (extendedLogarithm(sum.high) + sum.low / sum.high).high
  }

  /// ln x for a positive finite x, to about 2⁻⁷⁰ of its value.
  static func extendedLogarithm(_ x: Double) -> DoubleDouble {
    let (exponent, fraction) = parts(x)
    let logarithm = extendedLogarithm(ofFraction: fraction)
    // The 33-bit head of ln 2 times an exponent is exact.
    let head = exponent * 0x1.62e42fefp-1
    let tail = DoubleDouble(0x1.473de6af278edp-34, -0x1.9ff0342542fc3p-90) * exponent
    return DoubleDouble(head) + tail + logarithm
  }

  /// ln of a number m between √½ and √2: 2 artanh s with s = (m - 1)/(m + 1), |s| < 0.172.
  ///
  /// 2 (s + s³/3 + s⁵/5 + …): the first terms in double-double, where a rounding error would be
  /// seen; those from s⁹ on, below 10⁻⁷ of the sum, in double.
  private static func extendedLogarithm(ofFraction m: Double) -> DoubleDouble {
    let s = DoubleDouble(m - 1) / DoubleDouble.sum(m, 1)
    let square = s * s
    let tail = polynomial(square.high, inverseOddNumbers)
    var series = square * tail + oneSeventh
    series = square * series + oneFifth
    series = square * series + oneThird
    series = square * series
    return (s * series + s) * 2
  }

  private static let oneThird = DoubleDouble(1) / DoubleDouble(3)
  private static let oneFifth = DoubleDouble(1) / DoubleDouble(5)
  private static let oneSeventh = DoubleDouble(1) / DoubleDouble(7)

  /// x = 2ⁿ m with m between √½ and √2, for a positive finite x.
  private static func parts(_ x: Double) -> (exponent: Double, fraction: Double) {
    // A subnormal number is brought to normal size first.
    let (normal, shift) = x < Double.leastNormalMagnitude ? (x * 0x1p54, -54) : (x, 0)
    let bits = normal.bitPattern
    var exponent = Int(bits >> 52) - 1023 + shift
    var fraction = Double(bitPattern: bits & 0x000f_ffff_ffff_ffff | 0x3ff0_0000_0000_0000)
    if fraction > 0x1.6a09e667f3bcdp+0 {
      fraction *= 0.5
      exponent += 1
    }
    return (Double(exponent), fraction)
  }

  /// The logarithm of what is not positive and finite.
  private static func special(_ x: Double) -> Double? {
    if x > 0 && x < .infinity { return nil }
    if x == 0 { return -.infinity }
    return x == .infinity ? x : .nan
  }

  /// 1/9, 1/11, …, 1/25.
  private static let inverseOddNumbers: [Double] = [
    1.0 / 9, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17, 1.0 / 19, 1.0 / 21, 1.0 / 23, 1.0 / 25,
  ]
}
