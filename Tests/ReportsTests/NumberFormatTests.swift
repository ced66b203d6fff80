import Reports
import Testing

struct NumberFormatTests {
  @Test(arguments: [
    (NumberFormat.automatic, 10118, "10,118"), (.automatic, -3, "−3"), (.automatic, 0, "0"),
    (.automatic, 0.89812, "0.8981"), (.automatic, 2.5e-8, "2.500×10⁻⁸"),
    (.integer, 1_234_567.4, "1,234,567"), (.integer, 999, "999"), (.integer, -1000, "−1,000"),
    (.decimal(places: 2), 2.675, "2.67"), (.decimal(places: 1), -0.04, "0.0"),
    (.decimal(places: 0), 7, "7"),
    (.significant(digits: 3), 2.3, "2.30"), (.significant(digits: 3), 9.996, "10.0"),
    (.significant(digits: 2), 0.00123, "0.0012"), (.significant(digits: 3), 123456, "123456"),
    (.scientific(digits: 2), 5.96e-8, "6.0×10⁻⁸"), (.scientific(digits: 1), 0, "0"),
    (.scientific(digits: 3), -1.5e12, "−1.50×10¹²"),
    (.percent(decimals: 1), 0.898, "89.8%"), (.percent(decimals: 0), 1, "100%"),
    (.automatic, .infinity, "∞"), (.integer, -.infinity, "−∞"),
    (.percent(decimals: 1), .nan, "NaN"),
  ])
  func aNumberIsWrittenForAReader(format: NumberFormat, value: Double, text: String) {
    #expect(format.string(value) == text)
  }

  @Test(arguments: [
    (NumberFormat.integer, "1,234,567", 1_234_567), (.percent(decimals: 1), "89.8%", 0.898),
    (.scientific(digits: 2), "−6.0×10⁻⁸", -6e-8), (.decimal(places: 2), "−0.25", -0.25),
    (.automatic, "∞", .infinity),
  ])
  func aWrittenNumberIsReadBack(format: NumberFormat, text: String, value: Double) {
    #expect(format.value(of: text) == value)
  }

  @Test(arguments: ["", "about 3", "nan", "0x10", "12 ms", "%"])
  func whatIsNotANumberIsNotRead(text: String) {
    #expect(NumberFormat.automatic.value(of: text) == nil)
  }
}
