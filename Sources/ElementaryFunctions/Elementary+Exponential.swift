extension Elementary {
  /// `eˣ`.
  ///
  /// x = n ln 2 + r with |r| ≤ ½ ln 2; eʳ from its Taylor series to r¹³ (the next term is below
  /// 4 × 10⁻¹⁸); the result is eʳ 2ⁿ. Overflows to infinity above 709.78, underflows gradually below
  /// -708.4 and to zero below -745.13.
  public static func exp(_ x: Double) -> Double {
    exp(DoubleDouble(x))
  }

  /// `eˣ`, computed in `Double` and rounded once.
  @_disfavoredOverload
  public static func exp(_ x: Float) -> Float {
    Float(exp(Double(x)))
  }

  /// `eˣ - 1` without cancellation near zero.
  public static func expm1(_ x: Double) -> Double {
    if x.isNaN || x == 0 { return x }
    if x > 710 { return .infinity }
    if x < -60 { return -1 }
    let (n, r, rest) = reducedByLogarithmOfTwo(DoubleDouble(x))
    if n == 0 { return r + exponentialTail(r, rest) }
    // 2ⁿ (eʳ - 1) + (2ⁿ - 1), inside one bracket so that nothing overflows before its time.
    let tail = exponentialTail(r, rest)
    let bracket = DoubleDouble.sum(1 - scaled(1, byPowerOfTwo: -n), r)
    return scaled(bracket.high + (bracket.low + tail), byPowerOfTwo: n)
  }

  /// `eˣ` of a double-double, for the power.
  static func exp(_ x: DoubleDouble) -> Double {
    if x.high.isNaN { return x.high }
    if x.high > 710 { return .infinity }
    if x.high < -746 { return 0 }
    let (n, r, rest) = reducedByLogarithmOfTwo(x)
    return scaled(1 + (r + exponentialTail(r, rest)), byPowerOfTwo: n)
  }

  /// n, r and a correction with `x = n ln 2 + r + correction`, |r| ≤ ½ ln 2.
  private static func reducedByLogarithmOfTwo(_ x: DoubleDouble) -> (Int, Double, Double) {
    let n = nearestInteger(x.high * 0x1.71547652b82fep+0)
    // The high part of ln 2 has 33 bits and n at most 11, so that n times it is exact.
    let high = x.high - n * 0x1.62e42fefp-1
    let low = n * 0x1.473de6af278edp-34 - x.low
    let r = high - low
    return (Int(n), r, (high - r) - low)
  }

  /// `e^(r + rest) - 1 - r`.
  private static func exponentialTail(_ r: Double, _ rest: Double) -> Double {
    let series = polynomial(r, inverseFactorials)
    return r * r * series + (rest + rest * r)
  }

  /// 1/2!, 1/3!, …, 1/13!
  private static let inverseFactorials: [Double] = [
    1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362_880,
    1.0 / 3_628_800, 1.0 / 39_916_800, 1.0 / 479_001_600, 1.0 / 6_227_020_800,
  ]
}
