import ElementaryFunctions
import Testing

/// Infinities, zeros, NaN and values that must come out exactly.
struct SpecialValuesTests {
  typealias E = Elementary

  @Test func `The exponential of special values`() {
    #expect(E.exp(0.0) == 1)
    #expect(E.exp(Double.infinity) == .infinity)
    #expect(E.exp(-Double.infinity) == 0)
    #expect(E.exp(Double.nan).isNaN)
    #expect(E.exp(709.78) < .infinity && E.exp(709.79) == .infinity)
    #expect(E.exp(-745.1) == .leastNonzeroMagnitude && E.exp(-745.2) == 0)
    #expect(E.expm1(-0.0).sign == .minus && E.expm1(-100) == -1 && E.expm1(800) == .infinity)
  }

  @Test func `Logarithms of special values`() {
    for log in [E.log, E.log2, E.log10] as [(Double) -> Double] {
      #expect(log(0) == -.infinity && log(-0.0) == -.infinity)
      #expect(log(-1).isNaN && log(.nan).isNaN && log(.infinity) == .infinity)
      #expect(log(1) == 0)
    }
    for n in -1074...1023 {
      #expect(E.log2(Double(sign: .plus, exponent: n, significand: 1)) == Double(n))
    }
    for n in -20...22 { #expect(E.log10(E.pow(10, Double(n))) == Double(n)) }
    #expect(E.log1p(-1) == -.infinity && E.log1p(-2).isNaN && E.log1p(.infinity) == .infinity)
  }

  @Test func `Powers of ten are the literals`() throws {
    for n in -30...22 { #expect(E.pow(10, Double(n)) == Double("1e\(n)")) }
    #expect(E.pow(3, 4) == 81 && E.pow(-2, 3) == -8 && E.pow(-2, -2) == 0.25)
  }

  @Test func `Power at the edges`() {
    let infinity = Double.infinity
    #expect(E.pow(.nan, 0) == 1 && E.pow(1, .nan) == 1 && E.pow(.nan, 1).isNaN)
    #expect(E.pow(0, 2) == 0 && E.pow(0, -2) == infinity)
    #expect(
      E.pow(-0.0, 3).sign == .minus && E.pow(-0.0, -3) == -infinity && E.pow(-0.0, -2) == infinity)
    #expect(E.pow(-8, 1.0 / 3).isNaN && E.pow(-1, infinity) == 1 && E.pow(-1, 1e300) == 1)
    #expect(E.pow(2, infinity) == infinity && E.pow(2, -infinity) == 0 && E.pow(0.5, infinity) == 0)
    #expect(
      E.pow(-infinity, 3) == -infinity && E.pow(-infinity, -3) == 0 && E.pow(infinity, -1) == 0)
    #expect(E.pow(2, 1024) == infinity && E.pow(2, -1074) == .leastNonzeroMagnitude)
    #expect(E.pow(1 + .ulpOfOne, 1e300) == infinity && E.pow(1 - .ulpOfOne, 1e300) == 0)
    #expect(E.pow(1e-308, 3) == 0 && E.pow(-1e200, 3) == -infinity)
  }

  @Test func `Angles of special values`() {
    #expect(E.sin(0.0) == 0 && E.sin(-0.0).sign == .minus && E.cos(0.0) == 1)
    #expect(E.sin(Double.infinity).isNaN && E.cos(-Double.infinity).isNaN && E.tan(.nan).isNaN)
    #expect(E.atan(.infinity) == .pi / 2 && E.atan(-0.0).sign == .minus)
    #expect(E.atan2(0, -1) == .pi && E.atan2(-0.0, -1) == -.pi && E.atan2(0, 1) == 0)
    #expect(E.atan2(1, 0) == .pi / 2 && E.atan2(-1, -0.0) == -.pi / 2)
    #expect(
      E.atan2(.infinity, .infinity) == .pi / 4 && E.atan2(.infinity, -.infinity) == 3 * .pi / 4)
    #expect(E.atan2(1, .infinity) == 0 && E.atan2(1, -.infinity) == .pi && E.atan2(.nan, 1).isNaN)
    let huge = Double.greatestFiniteMagnitude
    #expect(E.atan2(huge, huge) == .pi / 4 && E.atan2(1e-300, huge) == 0)
  }

  @Test func `Hyperbolic functions of special values`() {
    #expect(E.tanh(Double.infinity) == 1 && E.tanh(-30.0) == -1 && E.tanh(-0.0).sign == .minus)
    #expect(E.sigmoid(0.0) == 0.5 && E.sigmoid(-800.0) == 0 && E.sigmoid(800.0) == 1)
    #expect(E.tanh(Double.nan).isNaN && E.sigmoid(Double.nan).isNaN)
  }

  @Test func `Float is the rounded double`() {
    #expect(E.exp(Float(1)) == 2.7182817 && E.log(Float(10)) == 2.3025851)
    #expect(E.sigmoid(Float(1)) == 0.7310586 && E.tanh(Float(0.5)) == 0.46211717)
  }

  @Test func `Many exponentials have the bits of each`() {
    let special = [
      0, -0.0, 1, 708.9, 709, 709.78, 709.79, -707.9, -708, -708.5, -745.1, -745.2, .infinity,
      -.infinity, .nan, .leastNonzeroMagnitude * 2000, -1e300, 1e300,
    ]
    for count in 0...40 {
      // Special values alone among eight, and eights without any.
      for first in 0..<special.count {
        var numbers = (0..<count).map { Double($0 * $0) * -0.37 + 5 }
        for (index, value) in special.dropFirst(first).enumerated() where 11 * index < count {
          numbers[11 * index] = value
        }
        let expected = numbers.map { E.exp($0).bitPattern }
        E.replaceByExponentials(&numbers)
        #expect(numbers.map(\.bitPattern) == expected)
      }
    }
  }
}
