import Numbers
import Testing

@testable import Plotting

@Suite("Numbers in sentences")
struct SpokenNumberTests {
  @Test("Sentences quote three digits")
  func spoken() {
    for (value, words) in [
      (2.302585, "2.30"), (40, "40"), (0.0000123, "1.23×10⁻⁵"), (Double.nan, "NaN"),
    ] {
      #expect(SpokenNumbers(value)(value) == words)
    }
  }

  @Test("Ticks are exact decimals")
  func decimalNumbers() {
    #expect(DecimalNumber(mantissa: 3, exponent: -1).value == 0.3)
    #expect(DecimalNumber(mantissa: 7, exponent: -25).value == 7e-25)
  }
}
