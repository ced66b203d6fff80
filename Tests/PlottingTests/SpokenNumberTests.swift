import Numbers
import Testing

@testable import Plotting

@Suite
struct SpokenNumberTests {
  @Test
  func `Ticks are exact decimals`() {
    #expect(DecimalNumber(mantissa: 3, exponent: -1).value == 0.3)
    #expect(DecimalNumber(mantissa: 7, exponent: -25).value == 7e-25)
  }

  @Test
  func `Sentences quote three digits, or as many as tell their numbers apart`() {
    #expect(SpokenNumbers(2.302585)(2.302585) == "2.30")
    #expect(SpokenNumbers(40)(40) == "40")
    #expect(SpokenNumbers(0.5)(0.5) == "0.5")
    #expect(SpokenNumbers(0.0000123456)(0.0000123456) == "1.23×10⁻⁵")
    let narrow = SpokenNumbers(0.98765, 0.98761)
    #expect(narrow(0.98765) == "0.9877" && narrow(0.98761) == "0.9876")
    #expect(SpokenNumbers(1e17)(1e17) == "1×10¹⁷")
    // Where what is rounded ends in 5, it is rounded once.
    let (even, odd) = (1e17, 1e17 + 48)
    #expect(SpokenNumbers(even, odd)(even) == "1×10¹⁷")
    #expect(SpokenNumbers(even, odd)(odd) == "1.000000000000001×10¹⁷")
    #expect(SpokenNumbers(-even, -odd)(-odd) == "−1.000000000000001×10¹⁷")
  }

  @Test
  func `Sentences have no markup`() {
    #expect(PlainText.of("10^{−3} x_{i}^{2} e^{−x} w_{out} λ") == "10⁻³ xᵢ² e^(−x) w out λ")
    #expect(PlainText.of("f{x} a_b") == "f{x} a_b")
  }
}
