internal import ElementaryFunctions

/// ln Γ(x) for x > 0, by C. Lanczos's sum with nine terms ("A precision approximation of the gamma
/// function", 1964; coefficients for g = 7 by P. Godfrey), to about 14 digits.
func logGamma(_ x: Double) -> Double {
  if x < 0.5 {
    return Elementary.log(.pi / Elementary.sin(.pi * x)) - logGamma(1 - x)
  }
  let coefficients = [
    676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ]
  var sum = 0.99999999999980993
  for (index, coefficient) in coefficients.enumerated() {
    sum += coefficient / (x + Double(index))
  }
  let t = x + 6.5
  return (x - 0.5) * Elementary.log(t) - t + Elementary.log((2 * Double.pi).squareRoot() * sum)
}

/// The regularised incomplete beta function Iₓ(a, b), the share of ∫₀¹ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt that
/// lies below x.
///
/// Its continued fraction (Abramowitz and Stegun 26.5.8) from the side where it converges in a few
/// steps, by W. Lentz's method.
///
/// - Parameter complement: 1 − x, which the caller knows better than a difference where x is near 1.
func incompleteBeta(_ a: Double, _ b: Double, _ x: Double, complement: Double) -> Double {
  if x.isNaN { return .nan }
  if x <= 0 { return 0 }
  if complement <= 0 { return 1 }
  if x > (a + 1) / (a + b + 2) { return 1 - incompleteBeta(b, a, complement, complement: x) }
  let front = Elementary.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b)
      + a * (x < 0.5 ? Elementary.log(x) : Elementary.log1p(-complement))
      + b * (x < 0.5 ? Elementary.log1p(-x) : Elementary.log(complement)))
  // Lentz divides by what may be zero; so small a number in its place changes nothing.
  func nonzero(_ value: Double) -> Double { value.magnitude < 1e-300 ? 1e-300 : value }
  var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
  var c = 1.0
  var fraction = d
  for step in 1...100_000 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / nonzero(1 + even * d)
    c = nonzero(1 + even / c)
    fraction *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / nonzero(1 + odd * d)
    c = nonzero(1 + odd / c)
    fraction *= d * c
    if (d * c - 1).magnitude < 1e-16 { break }
  }
  return front * fraction / a
}

/// Where an increasing function passes zero, by halving, to the last bit or nearly.
func root(in range: ClosedRange<Double>, _ function: (Double) -> Double) -> Double {
  var (low, high) = (range.lowerBound, range.upperBound)
  // From 1e300 down to the last bit of a small number takes some 1,100 halvings at most.
  for _ in 0..<2_000 {
    let middle = low + (high - low) / 2
    if middle <= low || middle >= high { break }
    if function(middle) < 0 { low = middle } else { high = middle }
  }
  return low + (high - low) / 2
}
