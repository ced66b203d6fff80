internal import ElementaryFunctions
internal import Requirements

/// The normal distribution with mean 0 and variance 1.
public enum Normal {
  /// The probability of a value up to `x`, to about 14 digits.
  public static func cumulative(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    let tail = upperTail(x.magnitude)
    return x < 0 ? tail : 1 - tail
  }

  /// The value that is not passed with the given probability; ∓∞ for 0 and 1, traps outside.
  public static func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    if probability == 0.5 { return 0 }
    if probability < 0.5 { return -upperQuantile(probability) }
    return upperQuantile(1 - probability)
  }

  private static func density(_ x: Double) -> Double {
    Elementary.exp(-x * x / 2) / (2 * Double.pi).squareRoot()
  }

  /// The probability of more than `x` ≥ 0: a power series where it is quick, Laplace's continued
  /// fraction where not (M. Abramowitz, I. Stegun, 26.2.11 and 26.2.14).
  fileprivate static func upperTail(_ x: Double) -> Double {
    if x < 2.5 {
      var (term, sum, n) = (x, x, 1.0)
      while term > sum * 1e-18 {
        n += 2
        term *= x * x / n
        sum += term
      }
      return 0.5 - density(x) * sum
    }
    if x > 39 { return 0 }
    var fraction = x
    for k in stride(from: 120.0, through: 1, by: -1) { fraction = x + k / fraction }
    return density(x) / fraction
  }

  /// The x ≥ 0 that is passed with a probability below one half.
  private static func upperQuantile(_ tail: Double) -> Double {
    if tail == 0 { return .infinity }
    return root(in: 0...39) { tail - upperTail($0) }
  }
}

/// Student's distribution: of a normal mean, measured in standard errors that were estimated too.
public struct StudentT: Hashable, Sendable {
  /// The degrees of freedom, above 0.
  public let degreesOfFreedom: Double

  /// The distribution for some degrees of freedom; traps unless they are above 0.
  public init(degreesOfFreedom: Double) {
    require(
      degreesOfFreedom > 0,
      "Student's distribution needs degrees of freedom above 0, but has \(degreesOfFreedom)")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of a value up to `t`, to about 12 digits.
  public func cumulative(_ t: Double) -> Double {
    if t.isNaN { return .nan }
    let tail = upperTail(t.magnitude)
    return t < 0 ? tail : 1 - tail
  }

  /// The value that is not passed with the given probability; ∓∞ for 0 and 1, traps outside.
  public func quantile(_ probability: Double) -> Double {
    requireProbability(probability)
    if probability == 0.5 { return 0 }
    let tail = min(probability, 1 - probability)
    if tail == 0 { return probability == 0 ? -.infinity : .infinity }
    // With little freedom the tails are long: with one degree, 1/(πt).
    var limit = 2.0
    while upperTail(limit) > tail, limit < 1e300 { limit *= limit }
    let t = root(in: 0...limit) { tail - upperTail($0) }
    return probability < 0.5 ? -t : t
  }

  /// The probability of at most −|t| and of at least |t| together.
  public func twoSided(_ t: Double) -> Double { t.isNaN ? .nan : 2 * upperTail(t.magnitude) }

  /// The normal variable that is passed as rarely as `t`, for many degrees of freedom (G. W. Hill,
  /// "Student's t-distribution", Communications of the ACM 13, 1970).
  private static func normal(_ t: Double, _ n: Double) -> Double {
    if n.isInfinite { return t }
    let a = n - 0.5
    let b = 48 * a * a
    let z = (a * Elementary.log1p(t / n * t)).squareRoot()
    if b.isInfinite || z > 40 { return z }
    let z2 = z * z
    let second = z * (855 + z2 * (240 + z2 * (33 + 4 * z2))) / (10 * b * (b + 0.8 * z2 * z2 + 100))
    return z + z * (z2 + 3) / b - second
  }

  private func upperTail(_ t: Double) -> Double {
    if t.isInfinite { return 0 }
    let n = degreesOfFreedom
    if n >= 1e4 { return Normal.upperTail(Self.normal(t, n)) }
    let ratio = t / n.squareRoot() * (t / n.squareRoot())
    if ratio.isInfinite { return 0 }
    return incompleteBeta(n / 2, 0.5, 1 / (1 + ratio), complement: ratio / (1 + ratio)) / 2
  }
}

private func requireProbability(_ probability: Double) {
  require(
    probability >= 0 && probability <= 1,
    "a probability lies in 0 … 1, but it is \(probability)")
}
