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

  @Test("Sentences quote three digits, or as many as tell their numbers apart")
  func spoken() {
    #expect(SpokenNumbers(2.302585)(2.302585) == "2.30")
    #expect(SpokenNumbers(40)(40) == "40")
    #expect(SpokenNumbers(0.5)(0.5) == "0.5")
    #expect(SpokenNumbers(0.0000123456)(0.0000123456) == "1.23×10⁻⁵")
    let narrow = SpokenNumbers(0.98765, 0.98761)
    #expect(narrow(0.98765) == "0.9877" && narrow(0.98761) == "0.9876")
    #expect(SpokenNumbers(1e17)(1e17) == "1×10¹⁷")
  }

  @Test("Sentences have no markup")
  func plain() {
    #expect(PlainText.of("10^{−3} x_{i}^{2} e^{−x} w_{out} λ") == "10⁻³ xᵢ² e^(−x) w out λ")
    #expect(PlainText.of("f{x} a_b") == "f{x} a_b")
  }
}
