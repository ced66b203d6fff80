/// An unevaluated sum `high + low` of two doubles, about 106 significant bits.
///
/// The logarithm and the power need more than 53 bits on the way: an error of one part in 2⁵³ in
/// ln x becomes one part in 2⁴³ in xʸ when y ln x is near 700. All steps are the classical
/// error-free transformations of Knuth and Dekker, written with additions and multiplications only,
/// so that neither a fused multiply-add nor the C library decides about a bit.
struct DoubleDouble {
  /// The sum rounded to a double.
  var high: Double
  /// What rounding left out, at most half a unit in the last place of ``high``.
  var low: Double

  init(_ high: Double, _ low: Double = 0) {
    self.high = high
    self.low = low
  }

  /// The exact sum of two doubles (Knuth, six operations, no condition on their sizes).
  static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
    let s = a + b
    let bVirtual = s - a
    return DoubleDouble(s, (a - (s - bVirtual)) + (b - bVirtual))
  }

  /// The exact sum of two doubles when `|a| ≥ |b|` or `a` is zero (Dekker, three operations).
  static func orderedSum(_ a: Double, _ b: Double) -> DoubleDouble {
    let s = a + b
    return DoubleDouble(s, b - (s - a))
  }

  /// The exact product of two doubles, where neither overflows when split (`|a|, |b| < 2⁹⁹⁵`).
  static func product(_ a: Double, _ b: Double) -> DoubleDouble {
    let p = a * b
    let (a1, a2) = split(a)
    let (b1, b2) = split(b)
    return DoubleDouble(p, ((a1 * b1 - p) + a1 * b2 + a2 * b1) + a2 * b2)
  }

  /// Veltkamp's splitting of a double in two halves of 26 bits.
  private static func split(_ a: Double) -> (Double, Double) {
    let scaled = 134_217_729 * a  // 2²⁷ + 1
    let high = scaled - (scaled - a)
    return (high, a - high)
  }

  static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let s = sum(a.high, b.high)
    let t = sum(a.low, b.low)
    let u = orderedSum(s.high, s.low + t.high)
    return orderedSum(u.high, u.low + t.low)
  }

  static func + (a: DoubleDouble, b: Double) -> DoubleDouble {
    let s = sum(a.high, b)
    return orderedSum(s.high, s.low + a.low)
  }

  static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let p = product(a.high, b.high)
    return orderedSum(p.high, p.low + (a.high * b.low + a.low * b.high))
  }

  static func * (a: DoubleDouble, b: Double) -> DoubleDouble {
    let p = product(a.high, b)
    return orderedSum(p.high, p.low + a.low * b)
  }

  static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let first = a.high / b.high
    let rest = a + b * (-first)
    let second = rest.high / b.high
    return orderedSum(first, second)
  }
}
