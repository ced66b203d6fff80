extension Elementary {
  /// The sine of an angle in radians.
  public static func sin(_ x: Double) -> Double {
    let (quadrant, angle) = reducedToQuarterTurn(x)
    let value = quadrant & 1 == 0 ? smallSine(angle) : smallCosine(angle)
    return quadrant & 2 == 0 ? value : -value
  }

  /// The cosine of an angle in radians.
  public static func cos(_ x: Double) -> Double {
    let (quadrant, angle) = reducedToQuarterTurn(x)
    let value = quadrant & 1 == 0 ? smallCosine(angle) : smallSine(angle)
    return (quadrant + 1) & 2 == 0 ? value : -value
  }

  /// The tangent of an angle in radians.
  public static func tan(_ x: Double) -> Double {
    let (quadrant, angle) = reducedToQuarterTurn(x)
    let sine = smallSine(angle)
    let cosine = smallCosine(angle)
    return quadrant & 1 == 0 ? sine / cosine : -cosine / sine
  }

  /// The sine, computed in `Double` and rounded once.
  @_disfavoredOverload
  public static func sin(_ x: Float) -> Float {
    Float(sin(Double(x)))
  }

  /// The cosine, computed in `Double` and rounded once.
  @_disfavoredOverload
  public static func cos(_ x: Float) -> Float {
    Float(cos(Double(x)))
  }

  /// sin x for |x| ≤ π/4: x - x³/3! + … - x¹⁹/19!, with what the low part of the angle adds.
  private static func smallSine(_ angle: DoubleDouble) -> Double {
    let x = angle.high
    if x == 0 { return x }  // keeps the sign of zero
    let z = x * x
    let series = polynomial(z, sineSeries)
    let cubic = z * x
    // x + (low (1 - z/2) + x³ (z series - 1/6))
    return x + (angle.low * (1 - 0.5 * z) + cubic * (z * series - 1.0 / 6))
  }

  /// cos x for |x| ≤ π/4: 1 - x²/2! + … + x¹⁸/18!, with what the low part of the angle adds.
  private static func smallCosine(_ angle: DoubleDouble) -> Double {
    let x = angle.high
    let z = x * x
    let series = polynomial(z, cosineSeries)
    let half = 0.5 * z
    let head = 1 - half
    // What 1 - z/2 lost in rounding goes back in with the small terms.
    return head + (((1 - head) - half) + (z * z * series - x * angle.low))
  }

  /// 1/5!, -1/7!, …, -1/19!
  private static let sineSeries: [Double] = [
    1.0 / 120, -1.0 / 5040, 1.0 / 362_880, -1.0 / 39_916_800, 1.0 / 6_227_020_800,
    -1.0 / 1_307_674_368_000, 1.0 / 355_687_428_096_000, -1.0 / 121_645_100_408_832_000,
  ]

  /// 1/4!, -1/6!, …, -1/18!
  private static let cosineSeries: [Double] = [
    1.0 / 24, -1.0 / 720, 1.0 / 40320, -1.0 / 3_628_800, 1.0 / 479_001_600,
    -1.0 / 87_178_291_200, 1.0 / 20_922_789_888_000, -1.0 / 6_402_373_705_728_000,
  ]
}
