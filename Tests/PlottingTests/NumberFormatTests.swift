import Testing

@testable import Plotting

@Suite("Number formats")
struct NumberFormatTests {
  @Test(
    "Numbers are written as asked",
    arguments: [
      (NumberFormat.fixed(decimals: 2), 0.125, "0.13"),
      (.fixed(decimals: 2), -0.001, "0.00"),
      (.fixed(decimals: 0), 9.5, "10"),
      (.fixed(decimals: 1), 99.95, "100.0"),
      (.fixed(decimals: 0), 1234, "1234"),
      (.fixed(decimals: 0), 12345, "12,345"),
      (.fixed(decimals: 1), -1234567.89, "−1,234,567.9"),
      (.significant(3), 0.012345, "0.0123"),
      (.significant(2), 99.6, "100"),
      (.percent(decimals: 1), 0.9725, "97.3%"),
      (.scientific(decimals: 2), 0.00125, "1.25×10^{−3}"),
      (.scientific(decimals: 0), 9.6e9, "1×10^{10}"),
      (.metric(significant: 2), 4_800_000, "4.8 M"),
      (.metric(significant: 3), 0.00002, "20 µ"),
      (.automatic, 0.1 + 0.2, "0.3"),
      (.automatic, 123456.7, "123,457"),
      (.automatic, 1e-9, "1×10^{−9}"),
      (.automatic, .nan, "–"),
      (.automatic, -.infinity, "−∞"),
      (.automatic, 0, "0"),
      (.automatic, Double.leastNonzeroMagnitude, "5×10^{−324}"),
    ])
  func writes(format: NumberFormat, value: Double, expected: String) {
    #expect(format.string(value) == expected)
  }

  @Test("The digits of a number are those of its shortest decimal")
  func digits() {
    #expect(DecimalDigits(123.45).digits == [1, 2, 3, 4, 5])
    #expect(DecimalDigits(123.45).point == 3)
    #expect(DecimalDigits(0.00012).point == -3)
    #expect(DecimalDigits(1e22).exponent == 22)
    #expect(DecimalDigits(0).digits.isEmpty)
    #expect(DecimalNumber(mantissa: 3, exponent: -1).value == 0.3)
    #expect(DecimalNumber(mantissa: 7, exponent: -25).value == 7e-25)
  }

  @Test("Sentences quote three digits")
  func spoken() {
    #expect(NumberFormat.spoken(2.302585) == "2.30")
    #expect(NumberFormat.spoken(40) == "40")
    #expect(NumberFormat.spoken(0.0000123) == "1.23×10^−5")
  }
}
