extension Elementary {
  /// The angle of the point (x, y) in radians, between -π and π.
  ///
  /// Signed zeros and infinities as in C: `atan2(0, -1)` is π, `atan2(-0, -1)` is -π.
  public static func atan2(_ y: Double, _ x: Double) -> Double {
    if x.isNaN || y.isNaN { return .nan }
    var rise = abs(y)
    var run = abs(x)
    if rise.isInfinite && run.isInfinite {
      rise = 1
      run = 1
    } else if max(rise, run) > 0x1p1000 {
      // Keeps the sum below from overflowing; what underflows here has no part in the result.
      rise *= 0x1p-100
      run *= 0x1p-100
    }
    let angle: DoubleDouble
    if rise == 0 {
      angle = DoubleDouble(0)
    } else if rise <= run {
      angle = firstOctantAngle(rise: rise, run: run)
    } else {
      let complement = firstOctantAngle(rise: run, run: rise)
      angle =
        DoubleDouble(-complement.high, -complement.low)
        + DoubleDouble(0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54)
    }
    if x.sign == .plus { return y.sign == .minus ? -angle.high : angle.high }
    let supplement =
      DoubleDouble(-angle.high, -angle.low)
      + DoubleDouble(0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53)
    return y.sign == .minus ? -supplement.high : supplement.high
  }

  /// The angle between -π/2 and π/2 whose tangent is x.
  public static func atan(_ x: Double) -> Double {
    atan2(x, 1)
  }

  /// arctan(rise/run) for 0 ≤ rise ≤ run: the angle of the nearest eighth c, and of what remains,
  /// arctan t with t = (rise - c run)/(run + c rise), |t| ≤ 1/16.
  private static func firstOctantAngle(rise: Double, run: Double) -> DoubleDouble {
    if run == .infinity { return DoubleDouble(0) }
    let eighths = nearestInteger(8 * (rise / run))
    let c = eighths / 8
    let t = (rise - c * run) / (run + c * rise)
    let z = t * t
    let series = polynomial(z, arcTangentSeries)
    return DoubleDouble.sum(t, t * z * series) + anglesOfEighths[Int(eighths)]
  }

  /// arctan(i/8) for i = 0, …, 8.
  private static let anglesOfEighths: [DoubleDouble] = [
    DoubleDouble(0),
    DoubleDouble(0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59),
    DoubleDouble(0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57),
    DoubleDouble(0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56),
    DoubleDouble(0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56),
    DoubleDouble(0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58),
    DoubleDouble(0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56),
    DoubleDouble(0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56),
    DoubleDouble(0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55),
  ]

  /// -1/3, 1/5, …, 1/17.
  private static let arcTangentSeries: [Double] = [
    -1.0 / 3, 1.0 / 5, -1.0 / 7, 1.0 / 9, -1.0 / 11, 1.0 / 13, -1.0 / 15, 1.0 / 17,
  ]
}
