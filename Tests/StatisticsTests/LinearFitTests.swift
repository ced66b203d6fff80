import Statistics
import TestSupport
import Testing

/// Least squares against SciPy, NumPy and the certified values of NIST.
struct LinearFitTests {
  let reference: ReferenceValues.Fit

  init() throws { reference = try ReferenceValues().fit }

  @Test func `A line is fitted`() {
    let fit = LinearFit(x: reference.x, y: reference.y)
    for power in 0...1 {
      #expect(agrees(fit.coefficients[power], reference.line[power]))
      #expect(agrees(fit.standardErrors[power], reference.lineErrors[power], relative: 1e-10))
    }
    #expect(agrees(fit.rSquared, reference.rSquared))
    #expect(agrees(fit.slope.lower, reference.slopeInterval[0], relative: 1e-9))
    #expect(agrees(fit.slope.upper, reference.slopeInterval[1], relative: 1e-9))
  }

  @Test func `Polynomials are fitted`() {
    for wanted in reference.polynomials {
      let fit = LinearFit(x: reference.x, y: reference.y, degree: wanted.degree)
      for power in 0...wanted.degree {
        #expect(
          agrees(fit.coefficients[power], wanted.coefficients[power], relative: 1e-8), "\(wanted)")
        #expect(agrees(fit.standardErrors[power], wanted.errors[power], relative: 1e-8))
      }
    }
    let at4 = LinearFit(x: reference.x, y: reference.y, degree: 2).estimate(at: 4)
    for (value, wanted) in zip([at4.value, at4.lower, at4.upper], reference.at4) {
      #expect(agrees(value, wanted, relative: 1e-9))
    }
  }

  /// NIST's reference data set Norris (calibration of ozone monitors) with its certified values.
  @Test func `NIST's Norris is fitted`() {
    let fit = LinearFit(x: Self.norrisX, y: Self.norrisY)
    #expect(agrees(fit.coefficients[0], -0.262323073774029, relative: 1e-12))
    #expect(agrees(fit.coefficients[1], 1.00211681802045, relative: 1e-13))
    #expect(agrees(fit.standardErrors[0], 0.232818234301152, relative: 1e-12))
    #expect(agrees(fit.standardErrors[1], 0.429796848199937e-03, relative: 1e-12))
    #expect(agrees(fit.residualDeviation, 0.884796396144373, relative: 1e-12))
    #expect(agrees(fit.rSquared, 0.999993745883712, relative: 1e-14))
  }

  /// NIST's Wampler1: 1 + x + x² + … + x⁵ for x = 0 … 20, whose coefficients are all 1.
  @Test func `NIST's Wampler is fitted`() {
    let x = (0...20).map(Double.init)
    let y = x.map { x in (0..<5).reduce(1) { sum, _ in sum * x + 1 } }
    let fit = LinearFit(x: x, y: y, degree: 5)
    for coefficient in fit.coefficients { #expect(agrees(coefficient, 1, relative: 1e-7)) }
  }

  /// Years are far from zero beside their spread, where plain powers lose all digits.
  @Test func `Abscissas far from zero`() {
    let x = (0...30).map { 2_000 + Double($0) }
    let fit = LinearFit(x: x, y: x.map { 3 + ($0 - 2_015) * ($0 - 2_015) }, degree: 2)
    #expect(agrees(fit.coefficients[2], 1, relative: 1e-10))
    #expect(agrees(fit(2_020), 28, relative: 1e-12))
  }

  @Test func `Ordinates far from zero`() {
    let x = (0..<11).map(Double.init)
    let y: [Double] = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]
    let (near, far) = (LinearFit(x: x, y: y), LinearFit(x: x, y: y.map { $0 + 1e12 }))
    #expect(agrees(far.slope.value, near.slope.value, relative: 1e-13))
    #expect(agrees(far.standardErrors[1], near.standardErrors[1], relative: 1e-13))
    #expect(far.coefficients[0] == near.coefficients[0] + 1e12)
    let level = LinearFit(x: x, y: x.map { _ in 1e9 + 0.1 })
    #expect(level.slope.value == 0 && level.residualDeviation == 0)
  }

  @Test func `As many points as coefficients`() {
    let fit = LinearFit(x: [1, 2], y: [3, 5])
    #expect(agrees(fit(3), 7))
    #expect(fit.residualDeviation.isNaN)
    #expect(fit.slope.lower == -.infinity && fit.slope.upper == .infinity)
  }

  @Test func `Mistakes trap`() async {
    let ended1 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = LinearFit(x: [1, 1], y: [1, 2]) }
    #expect(ended1.said("needs 2 different abscissas, not 1"))
    let ended2 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = LinearFit(x: [1, 2], y: [1]) }
    #expect(ended2.said("as many abscissas as ordinates, but there are 2 and 1"))
    let ended3 = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = LinearFit(x: [1, 2, 3], y: [1, 2, 3]).coefficient(2)
    }
    #expect(ended3.said("has coefficients 0 … 1, but 2 is asked for"))
  }

  static let norrisX = [
    0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5,
    666.9, 338.0, 447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2,
    999.0, 779.0, 11.1, 118.3, 229.2, 669.1, 448.9, 0.5,
  ]
  static let norrisY = [
    0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1,
    668.8, 339.3, 448.9, 10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0,
    998.5, 778.9, 10.2, 117.6, 228.9, 668.4, 449.2, 0.2,
  ]
}

/// Points that weigh by their uncertainties.
struct WeightedFitTests {
  static let x = [0.2, 0.4, 0.6, 0.8, 1.0, 1.3]
  static let y = [0.83, 1.58, 2.44, 3.17, 4.06, 5.3]
  static let uncertainties = [0.05, 0.05, 0.1, 0.02, 0.2, 0.04]

  /// The textbook's sums for a straight line, which lose digits and need no matrices.
  @Test func `Agrees with the sums of the textbook`() {
    let w = Self.uncertainties.map { 1 / ($0 * $0) }
    func sum(_ term: (Int) -> Double) -> Double { w.indices.reduce(0) { $0 + w[$1] * term($1) } }
    let (x, y) = (Self.x, Self.y)
    let (s, sx, sy) = (sum { _ in 1 }, sum { x[$0] }, sum { y[$0] })
    let (sxx, sxy) = (sum { x[$0] * x[$0] }, sum { x[$0] * y[$0] })
    let delta = s * sxx - sx * sx
    let (a, b) = ((sxx * sy - sx * sxy) / delta, (s * sxy - sx * sy) / delta)
    let fit = LinearFit(x: x, y: y, uncertainties: Self.uncertainties)
    #expect(agrees(fit.coefficients[0], a, relative: 1e-11))
    #expect(agrees(fit.coefficients[1], b, relative: 1e-12))
    #expect(agrees(fit.standardErrors[0], (sxx / delta).squareRoot(), relative: 1e-12))
    #expect(agrees(fit.standardErrors[1], (s / delta).squareRoot(), relative: 1e-12))
    let chi = sum { (y[$0] - a - b * x[$0]) * (y[$0] - a - b * x[$0]) }
    #expect(agrees(fit.chiSquared ?? .nan, chi, relative: 1e-9))
    #expect(agrees(fit.reducedChiSquared ?? .nan, chi / 4, relative: 1e-9))
    #expect(agrees(fit.slope.margin, 1.959963984540054 * fit.standardErrors[1], relative: 1e-12))
  }

  @Test func `Equal uncertainties move nothing`() {
    let plain = LinearFit(x: Self.x, y: Self.y, degree: 2)
    let fit = LinearFit(
      x: Self.x, y: Self.y, uncertainties: Self.x.map { _ in 0.25 }, degree: 2)
    for power in 0...2 {
      #expect(agrees(fit.coefficients[power], plain.coefficients[power], relative: 1e-12))
    }
    #expect(agrees(fit.rSquared, plain.rSquared, relative: 1e-12))
    #expect(plain.chiSquared == nil && plain.reducedChiSquared == nil)
  }

  /// A point of half the uncertainty counts as four points.
  @Test func `Weights count like repeated points`() {
    let fit = LinearFit(x: Self.x, y: Self.y, uncertainties: [1, 1, 0.5, 1, 1, 1])
    let repeated = LinearFit(
      x: Self.x + [0.6, 0.6, 0.6], y: Self.y + [2.44, 2.44, 2.44],
      uncertainties: Self.x.map { _ in 1 } + [1, 1, 1])
    for power in 0...1 {
      #expect(agrees(fit.coefficients[power], repeated.coefficients[power], relative: 1e-12))
      #expect(agrees(fit.standardErrors[power], repeated.standardErrors[power], relative: 1e-12))
    }
  }

  /// Two points on a line leave no residual, and their uncertainties still tell that of the slope.
  @Test func `As many points as coefficients`() {
    let fit = LinearFit(x: [0, 1], y: [1, 3], uncertainties: [0.3, 0.4])
    #expect(agrees(fit.standardErrors[1], 0.5, relative: 1e-12))
    #expect(fit.reducedChiSquared?.isNaN == true)
  }

  @Test func `Uncertainties are above zero`() async {
    await #expect(processExitsWith: .failure) {
      _ = LinearFit(x: [0, 1, 2], y: [0, 1, 2], uncertainties: [1, 0, 1])
    }
    await #expect(processExitsWith: .failure) {
      _ = LinearFit(x: [0, 1, 2], y: [0, 1, 2], uncertainties: [1, 1])
    }
  }
}
