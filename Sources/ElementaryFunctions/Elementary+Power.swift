extension Elementary {
  /// `xʸ`.
  ///
  /// Small integer powers are multiplied out in double-double, so that `pow(10, 3)` is 1000 and
  /// not its neighbour; else e^(y ln x) with ln x to 70 bits. `pow(x, 0)` and `pow(1, y)` are 1 even
  /// for NaN; a negative base with a fractional exponent gives NaN.
  public static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x.isNaN || y.isNaN { return .nan }
    let isInteger = y.rounded(.towardZero) == y
    let isOdd = isInteger && abs(y) < 0x1p53 && Int64(y) & 1 == 1
    let sign: Double = x.sign == .minus && isOdd ? -1 : 1
    let base = abs(x)

    if y.isInfinite {
      if base == 1 { return 1 }
      return (base > 1) == (y > 0) ? .infinity : 0
    }
    if base == 0 { return sign * (y > 0 ? 0 : .infinity) }
    if base == .infinity { return sign * (y > 0 ? .infinity : 0) }
    if x < 0 && !isInteger { return .nan }
    if base == 1 { return sign }

    let logarithm = extendedLogarithm(base)
    // |ln x| ≥ 2⁻⁵³ for any double but 1: beyond this y the result is 0 or infinite.
    if abs(y) > 0x1p64 { return (logarithm.high > 0) == (y > 0) ? sign * .infinity : sign * 0 }
    if isInteger && abs(y) <= 64 && abs(y * logarithm.high) < 600 {
      return sign * integerPower(base, Int(y))
    }
    return sign * exp(logarithm * y)
  }

  /// `xⁿ` by repeated squaring, where neither a square nor the result leaves the normal range.
  private static func integerPower(_ x: Double, _ n: Int) -> Double {
    var power = DoubleDouble(1)
    var square = DoubleDouble(x)
    var rest = n.magnitude
    while true {
      if rest & 1 == 1 { power = power * square }
      rest >>= 1
      if rest == 0 { break }
      square = square * square
    }
    return n < 0 ? (DoubleDouble(1) / power).high : power.high
  }
}
