internal import Requirements

/// A polynomial y = b₀ + b₁ x + … + b_d x^d through points by least squares, with the uncertainty of
/// its coefficients.
///
/// The model is linear in its coefficients, which is what makes the errors exact for points that
/// stray normally, independently and equally far, or each as far as its uncertainty says.
///
/// ```swift
/// let line = LinearFit(x: sizes, y: times)
/// claim("time grows with size", line.slope, .above(0))
/// ```
///
/// Where the uncertainty of each point is known, the points weigh by it, the coefficients' errors come
/// from it and not from how far the points stray, and ``reducedChiSquared`` says whether the two agree.
public struct LinearFit: Hashable, Sendable {
  /// b₀, b₁, … b_d.
  public let coefficients: [Double]

  /// The standard error of each coefficient; NaN where there are no more points than coefficients, and
  /// no uncertainties to tell it from.
  public let standardErrors: [Double]

  /// √(Σ (yᵢ − ŷᵢ)² / (n − d − 1)), how far the points stray from the curve; in units of their
  /// uncertainties where these are known.
  public let residualDeviation: Double

  /// The share of the variance of y that the curve explains, 1 − Σ(yᵢ − ŷᵢ)² / Σ(yᵢ − ȳ)², with the
  /// weights 1/σᵢ² in the sums and the mean where uncertainties are known.
  public let rSquared: Double

  /// χ² = Σ (yᵢ − ŷᵢ)² / σᵢ²; `nil` without uncertainties.
  public let chiSquared: Double?

  /// How many points there are.
  public let count: Int

  /// The abscissas are taken as t = (x − centre) / scale, which keeps their powers apart.
  private let centre: Double
  private let scale: Double
  private let scaled: [Double]
  /// The inverse of RᵀR, by rows: the covariance of the scaled coefficients over the variance.
  private let inverse: [[Double]]

  /// Fits a polynomial.
  ///
  /// - Parameters:
  ///   - x: The abscissas, at least `degree` + 1 different ones; traps otherwise.
  ///   - y: The ordinates, as many; traps otherwise.
  ///   - degree: The degree, at least 0; traps otherwise.
  /// - Complexity: O(n · degree²).
  public init(x: [Double], y: [Double], degree: Int = 1) {
    self.init(x, y, [Double](repeating: 1, count: y.count), degree, isWeighted: false)
  }

  /// Fits a polynomial to points of known uncertainty: each weighs 1/σᵢ².
  ///
  /// - Parameters:
  ///   - x: The abscissas, at least `degree` + 1 different ones; traps otherwise.
  ///   - y: The ordinates, as many; traps otherwise.
  ///   - uncertainties: The standard uncertainty σᵢ of each ordinate, above 0 and finite; traps
  ///     otherwise.
  ///   - degree: The degree, at least 0; traps otherwise.
  /// - Complexity: O(n · degree²).
  public init(x: [Double], y: [Double], uncertainties: [Double], degree: Int = 1) {
    require(
      uncertainties.count == y.count,
      "a fit needs an uncertainty for each ordinate, but there are \(uncertainties.count) for "
        + "\(y.count)")
    for (index, uncertainty) in uncertainties.enumerated() {
      require(
        uncertainty > 0 && uncertainty.isFinite,
        "the uncertainty of a point is above 0, but that of point \(index) is \(uncertainty)")
    }
    self.init(x, y, uncertainties, degree, isWeighted: true)
  }

  private init(
    _ x: [Double], _ y: [Double], _ uncertainties: [Double], _ degree: Int, isWeighted: Bool
  ) {
    require(degree >= 0, "a polynomial's degree is at least 0, but it is \(degree)")
    require(
      x.count == y.count,
      "a fit needs as many abscissas as ordinates, but there are \(x.count) and \(y.count)")
    let distinct = Set(x).count
    require(
      distinct > degree,
      "a fit of degree \(degree) needs \(degree + 1) different abscissas, not \(distinct)")
    count = x.count
    let centre = Sample(x).mean
    let reach = x.reduce(0) { max($0, ($1 - centre).magnitude) }
    let scale = reach > 0 ? reach : 1
    self.centre = centre
    self.scale = scale
    // In units of their uncertainties all points stray equally far.
    let design = zip(x, uncertainties).map { x, uncertainty in
      Self.powers((x - centre) / scale, degree).map { $0 / uncertainty }
    }
    let weights = uncertainties.map { 1 / ($0 * $0) }
    let mean = isWeighted ? dot(weights, y) / weights.reduce(0, +) : Sample(y).mean
    // From their mean, so that ordinates which are large beside their spread keep their digits.
    let heights = zip(y, uncertainties).map { ($0 - mean) / $1 }
    let (rough, inverse) = leastSquares(design, heights)
    // What the solution's rounding left over, fitted too.
    let rest = leastSquares(
      design, zip(design, heights).map { row, y in carefulDot(row + [1], rough.map { -$0 } + [y]) }
    ).0
    let aboveMean = zip(rough, rest).map { $0 + $1 }
    self.inverse = inverse
    let residuals = zip(design, heights).map { row, y in y - dot(row, aboveMean) }
    let squares = residuals.reduce(0) { $0 + $1 * $1 }
    var solution = aboveMean
    solution[0] += mean
    scaled = solution
    let total = zip(weights, y).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
    rSquared = total == 0 ? .nan : 1 - squares / total
    chiSquared = isWeighted ? squares : nil
    let freedom = count - degree - 1
    residualDeviation = freedom > 0 ? (squares / Double(freedom)).squareRoot() : .nan

    // From powers of t back to powers of x: row k holds the coefficients of xᵏ in each tʲ.
    let back = Self.expansion(degree, centre: centre, scale: scale)
    // What the powers' values cancel must not cost digits: the value at x = 0 may be far from all points.
    coefficients = back.enumerated().map { power, row in
      carefulDot(row + [power == 0 ? 1 : 0], aboveMean + [mean])
    }
    let deviation = isWeighted ? 1 : residualDeviation
    standardErrors = back.map { row in
      deviation * max(0, dot(row, inverse.map { dot($0, row) })).squareRoot()
    }
  }

  /// The degree of the polynomial.
  public var degree: Int { coefficients.count - 1 }

  /// The value of the curve.
  public func callAsFunction(_ x: Double) -> Double {
    dot(Self.powers((x - centre) / scale, degree), scaled)
  }

  /// The value of the curve with its interval: where the true curve passes, not where single points
  /// lie.
  public func estimate(at x: Double, confidence: Double = 0.95) -> Estimate {
    let row = Self.powers((x - centre) / scale, degree)
    let deviation = chiSquared == nil ? residualDeviation : 1
    let error = deviation * max(0, dot(row, inverse.map { dot($0, row) })).squareRoot()
    return interval(dot(row, scaled), error, confidence)
  }

  /// χ² / (n − d − 1): near 1 where curve and uncertainties describe the points, far above where the
  /// curve is the wrong one or the uncertainties are too small, far below where these are too large.
  /// `nil` without uncertainties, NaN where there are no more points than coefficients.
  public var reducedChiSquared: Double? {
    let freedom = count - degree - 1
    return chiSquared.map { freedom > 0 ? $0 / Double(freedom) : .nan }
  }

  /// A coefficient with its interval by Student's t, or by the normal distribution where the points'
  /// uncertainties are known; `coefficient(1)` is the slope of a line.
  public func coefficient(_ power: Int, confidence: Double = 0.95) -> Estimate {
    require(
      coefficients.indices.contains(power),
      "a fit of degree \(degree) has coefficients 0 … \(degree), but \(power) is asked for")
    return interval(coefficients[power], standardErrors[power], confidence)
  }

  /// The coefficient of x with its interval, which is a straight line's slope; traps for degree 0.
  public var slope: Estimate { coefficient(1) }

  /// The value at x = 0 with its interval.
  public var intercept: Estimate { coefficient(0) }

  private func interval(_ value: Double, _ error: Double, _ confidence: Double) -> Estimate {
    Estimate.check(confidence)
    if chiSquared != nil {
      let z = Normal.quantile((1 + confidence) / 2)
      return Estimate(
        value: value, lower: value - z * error, upper: value + z * error, confidence: confidence,
        count: count)
    }
    let freedom = count - degree - 1
    guard freedom > 0 else {
      return Estimate(
        value: value, lower: -.infinity, upper: .infinity, confidence: confidence, count: count)
    }
    let t = StudentT(degreesOfFreedom: Double(freedom)).quantile((1 + confidence) / 2)
    return Estimate(
      value: value, lower: value - t * error, upper: value + t * error, confidence: confidence,
      count: count)
  }

  private static func powers(_ t: Double, _ degree: Int) -> [Double] {
    var powers = [1.0]
    for _ in 0..<degree { powers.append(powers[powers.count - 1] * t) }
    return powers
  }

  /// ((x − c) / s)ʲ for j = 0 … degree, as rows of coefficients by power of x.
  private static func expansion(_ degree: Int, centre: Double, scale: Double) -> [[Double]] {
    var result = [[Double]](
      repeating: [Double](repeating: 0, count: degree + 1), count: degree + 1)
    var term = [1.0]
    for j in 0...degree {
      for (k, value) in term.enumerated() { result[k][j] = value }
      var next = [Double](repeating: 0, count: term.count + 1)
      for (k, value) in term.enumerated() {
        next[k] -= value * centre / scale
        next[k + 1] += value / scale
      }
      term = next
    }
    return result
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}

/// The b that makes |A b − y| least, and (AᵀA)⁻¹, by A. Householder's reflections.
private func leastSquares(_ rows: [[Double]], _ y: [Double]) -> ([Double], [[Double]]) {
  let (n, m) = (rows.count, rows[0].count)
  // By columns, so that a reflection runs along them.
  var a = (0..<m).map { column in rows.map { $0[column] } }
  var y = y
  for column in 0..<m {
    let length = a[column][column...].reduce(0) { $0 + $1 * $1 }.squareRoot()
    let diagonal = a[column][column] > 0 ? -length : length
    var mirror = a[column]
    for row in 0..<column { mirror[row] = 0 }
    mirror[column] -= diagonal
    let square = dot(mirror, mirror)
    guard square > 0 else { continue }
    func reflect(_ vector: inout [Double]) {
      let twice = 2 * dot(mirror, vector) / square
      for row in column..<n { vector[row] -= twice * mirror[row] }
    }
    for other in column..<m { reflect(&a[other]) }
    reflect(&y)
  }
  func solve(_ right: [Double]) -> [Double] {
    var solution = [Double](repeating: 0, count: m)
    for row in (0..<m).reversed() {
      var rest = right[row]
      for column in row + 1..<max(m, row + 1) { rest -= a[column][row] * solution[column] }
      solution[row] = rest / a[row][row]
    }
    return solution
  }
  // The columns of R⁻¹, whose product with its transpose is the inverse of RᵀR.
  let columns = (0..<m).map { unit in
    solve((0..<m).map { $0 == unit ? 1 : 0 })
  }
  let inverse = (0..<m).map { i in
    (0..<m).map { j in columns.reduce(0) { $0 + $1[i] * $1[j] } }
  }
  return (solve(y), inverse)
}

/// Σ aᵢ bᵢ as if computed with twice the digits (T. Ogita, S. Rump, S. Oishi, "Accurate sum and dot
/// product", 2005).
private func carefulDot(_ a: [Double], _ b: [Double]) -> Double {
  var (sum, rest) = (0.0, 0.0)
  for (a, b) in zip(a, b) {
    let product = a * b
    let next = sum + product
    let added = next - sum
    rest += (sum - (next - added)) + (product - added) + (-product).addingProduct(a, b)
    sum = next
  }
  return rest.isFinite ? sum + rest : sum
}
