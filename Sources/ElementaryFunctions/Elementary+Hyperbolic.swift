extension Elementary {
  /// The hyperbolic tangent, `(eˣ - e⁻ˣ)/(eˣ + e⁻ˣ)`.
  ///
  /// With d = e^(∓2|x|) - 1: below 1 as `-d/(d + 2)`, which does not cancel near zero; from there on as
  /// `1 - 2/(d + 2)`, where an error of d hardly counts.
  public static func tanh(_ x: Double) -> Double {
    if x == 0 || x.isNaN { return x }
    let magnitude = abs(x)
    if magnitude > 22 { return x < 0 ? -1 : 1 }
    let d = expm1(magnitude < 1 ? -2 * magnitude : 2 * magnitude)
    let value = magnitude < 1 ? -d / (d + 2) : 1 - 2 / (d + 2)
    return x < 0 ? -value : value
  }

  /// The hyperbolic tangent, computed in `Double` and rounded once.
  @_disfavoredOverload
  public static func tanh(_ x: Float) -> Float {
    Float(tanh(Double(x)))
  }

  /// The logistic function, `1/(1 + e⁻ˣ)`.
  public static func sigmoid(_ x: Double) -> Double {
    if x >= 0 { return 1 / (1 + exp(-x)) }
    let power = exp(x)
    return power / (1 + power)
  }

  /// The logistic function, computed in `Double` and rounded once.
  @_disfavoredOverload
  public static func sigmoid(_ x: Float) -> Float {
    Float(sigmoid(Double(x)))
  }
}
