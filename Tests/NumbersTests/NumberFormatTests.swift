import Numbers
import Testing

/// Each form with the values that went wrong once, in this package or in others.
@Suite struct NumberFormatTests {
  @Test func `A number is written for a reader`() {
    for (format, value, text): (NumberFormat, Double, String) in [
      (NumberFormat.automatic, 10118, "10,118"), (.automatic, -3, "−3"), (.automatic, 0, "0"),
      (.automatic, -0.0, "0"), (.automatic, 0.89812, "0.8981"), (.automatic, 123_456.7, "123,457"),
      // No precision is invented, and none is hidden.
      (.automatic, 0.1, "0.1"), (.automatic, 0.1 + 0.2, "0.3"),
      (.automatic, Double(Float(0.1)), "0.1"),
      (.automatic, 0.99997, "1.000"), (.automatic, 0.50003, "0.5000"),
      (.automatic, 2.5e-8, "2.5×10⁻⁸"),
      (.automatic, 2.50003e-8, "2.500×10⁻⁸"), (.automatic, 999_960.5, "1.000×10⁶"),
      (.automatic, 1e15, "1×10¹⁵"), (.automatic, .leastNonzeroMagnitude, "4.941×10⁻³²⁴"),
      (.automatic, 0.0001, "0.0001"), (.automatic, 0.00009999, "9.999×10⁻⁵"),
      (.shortest, 0.003, "0.003"), (.shortest, 1e-5, "1×10⁻⁵"), (.shortest, 1e20, "1×10²⁰"),
      (.shortest, 0.1 + 0.2, "0.30000000000000004"), (.shortest, 0, "0"),
      (.shortest, 12345, "12,345"),
      (.integer, 1_234_567.4, "1,234,567"), (.integer, 999, "999"), (.integer, -1000, "−1,000"),
      (.integer, 2.5, "3"), (.integer, -2.5, "−3"), (.integer, -0.4, "0"),
      (.decimal(places: 2), 0.125, "0.13"), (.decimal(places: 2), 2.675, "2.67"),
      (.decimal(places: 1), -0.04, "0.0"), (.decimal(places: 0), 7, "7"),
      (.decimal(places: 2), 12345, "12,345.00"), (.decimal(places: 1), 99.95, "100.0"),
      (.decimal(places: 3), 1e22, "10,000,000,000,000,000,000,000.000"),
      (.decimal(places: -3), 1.5, "2"), (.decimal(places: 25), 0.1, "0.1000000000000000055511151"),
      (.significant(digits: 3), 2.3, "2.30"), (.significant(digits: 3), 9.996, "10.0"),
      (.significant(digits: 2), 0.00123, "0.0012"), (.significant(digits: 3), 123_456, "1.23×10⁵"),
      (.significant(digits: 3), 1e-7, "1.00×10⁻⁷"), (.significant(digits: 3), 7.21e-9, "7.21×10⁻⁹"),
      (.significant(digits: 3), 999.6, "1.00×10³"), (.significant(digits: 3), 0.00001, "1.00×10⁻⁵"),
      (.significant(digits: 3), 0.0001, "0.000100"), (.significant(digits: 3), 0, "0"),
      (.significant(digits: 0), 25, "3×10¹"), (.significant(digits: 7), 12345, "12,345.00"),
      (.scientific(digits: 2), 5.96e-8, "6.0×10⁻⁸"), (.scientific(digits: 1), 0, "0"),
      (.scientific(digits: 3), -1.5e12, "−1.50×10¹²"), (.scientific(digits: 1), 9.6e9, "1×10¹⁰"),
      (.percent(decimals: 1), 0.898, "89.8%"), (.percent(decimals: 0), 1, "100%"),
      // The hundredfold is not rounded: 0.9725 lies above the half, 1.005 below it.
      (.percent(decimals: 1), 0.9725, "97.3%"), (.percent(decimals: 0), 1.005, "100%"),
      (.percent(decimals: 0), 0.575, "57%"), (.percent(decimals: 0), 12.5, "1,250%"),
      (.metric(digits: 2), 4_800_000, "4.8 M"), (.metric(digits: 3), 0.00002, "20 µ"),
      (.metric(digits: 2), 999.6, "1 k"), (.metric(digits: 3), 0.5, "500 m"),
      (.metric(digits: 3), 1e18, "1,000,000 T"), (.metric(digits: 2), -1500, "−1.5 k"),
      (.automatic, .infinity, "∞"), (.integer, -.infinity, "−∞"),
      (.percent(decimals: 1), .nan, "NaN"),
    ] {
      #expect(format.string(value) == text, "\(format) \(value) \(text)")
    }
  }

  @Test func `Pictures spell powers their way`() {
    let cases: [(format: NumberFormat, value: Double, text: String)] = [
      (NumberFormat.scientific(digits: 3), 0.00125, "1.25×10^{−3}"),
      (.scientific(digits: 1), 9.6e9, "1×10^{10}"), (.automatic, .nan, "–"),
      (.automatic, -.infinity, "−∞"), (.significant(digits: 2), 12345, "1.2×10^{4}"),
      (.uncertain(by: 230), 12345, "(1.235 ± 0.023)×10^{4}"),
    ]
    for (format, value, text) in cases {
      #expect(format.string(value, .picture) == text)
    }
  }

  @Test func `A written number is read back`() {
    let cases: [(format: NumberFormat, text: String, value: Double)] = [
      (NumberFormat.integer, "1,234,567", 1_234_567), (.percent(decimals: 1), "89.8%", 0.898),
      (.scientific(digits: 2), "−6.0×10⁻⁸", -6e-8), (.decimal(places: 2), "−0.25", -0.25),
      (.automatic, "∞", .infinity), (.automatic, "−∞", -.infinity),
      (.metric(digits: 2), "4.8 M", 4.8e6),
      (.metric(digits: 2), "12", 12), (.uncertain(by: 0.052), "9.88 ± 0.05", 9.88),
      (.uncertain(by: 230), "(1.235 ± 0.023)×10⁴", 12350),
      (.uncertain(by: 0.064, digits: 2, inPercent: true), "(72.0 ± 6.4)%", 0.72),
    ]
    for (format, text, value) in cases {
      #expect(format.value(of: text) == value)
    }
  }

  @Test func `What is not a number is not read`() {
    let cases: [String] = [
      "", "about 3", "nan", "0x10", "12 ms", "%", "-", "1e5", "inf", "×10⁵", "4.8 M", "1×105",
      "9 ± 1",
    ]
    for text in cases {
      #expect(NumberFormat.automatic.value(of: text) == nil)
    }
  }

  @Test(arguments: ["9.88", "9.88 ± 0.06", "9.88 ± 0.05 ± 0.05", "(9.88 ± 0.05", "9.88 ± x"])
  func `Another uncertainty is not read`(text: String) {
    #expect(NumberFormat.uncertain(by: 0.05).value(of: text) == nil)
  }

  /// Whatever a format writes it reads back, as the number that the written digits name.
  @Test func `Every form reads what it writes`() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      let value = Double(bitPattern: UInt64.random(in: 0 ... .max, using: &random))
      let near = Double.random(in: -1e5...1e5, using: &random)
      let formats: [NumberFormat] = [
        .automatic, .shortest, .scientific(digits: 17), .significant(digits: 17),
        .uncertain(by: near.magnitude / 100),
      ]
      for format in formats {
        for number in [value, near] where number.isFinite && number.magnitude < 1e300 {
          let text = format.string(number)
          guard let read = format.value(of: text) else {
            Issue.record("\(format) does not read \(text)")
            continue
          }
          switch format {
          case .automatic:
            #expect((read - number).magnitude <= number.magnitude * 5.1e-4, "\(number) \(text)")
          case .uncertain(let by, _, _):
            #expect((read - number).magnitude <= by, "\(number) \(text)")
          default: #expect(read == number, "\(number) \(text)")
          }
        }
      }
    }
  }
}

@Suite struct UncertaintyTests {
  @Test func `Digits follow the uncertainty`() {
    for (value, format, text): (Double, NumberFormat, String) in [
      (9.8765, NumberFormat.uncertain(by: 0.052), "9.88 ± 0.05"),
      (9.8765, .uncertain(by: 0.0123), "9.877 ± 0.012"),
      (9.8765, .uncertain(by: 0.0356), "9.88 ± 0.04"),
      (9.8765, .uncertain(by: 0.0353), "9.877 ± 0.035"),
      // 0.096 becomes 0.10 at the place of its first digit.
      (9.8765, .uncertain(by: 0.096), "9.88 ± 0.10"), (9.8765, .uncertain(by: 2), "9.9 ± 2.0"),
      (9.8765, .uncertain(by: 20), "10 ± 20"), (0.001, .uncertain(by: 5), "0 ± 5"),
      (9.8765, .uncertain(by: 0.052, digits: 2), "9.877 ± 0.052"),
      (9.8765, .uncertain(by: 0.0996, digits: 2), "9.88 ± 0.10"),
      (9.8765, .uncertain(by: 0.0996, digits: 1), "9.9 ± 0.1"),
      (-9.8765, .uncertain(by: 0.052), "−9.88 ± 0.05"),
      (12345.6, .uncertain(by: 0.5), "12,345.6 ± 0.5"),
      // Zeros would hide which digits count.
      (12345, .uncertain(by: 230), "(1.235 ± 0.023)×10⁴"), (0, .uncertain(by: 500), "(0 ± 5)×10²"),
      (1.23e-7, .uncertain(by: 4e-9), "(1.23 ± 0.04)×10⁻⁷"),
      (0.0009, .uncertain(by: 0.00002), "0.000900 ± 0.000020"),
      (0.72, .uncertain(by: 0.064, inPercent: true), "(72 ± 6)%"),
      (0.72, .uncertain(by: 0.064, digits: 2, inPercent: true), "(72.0 ± 6.4)%"),
      (0.98765, .uncertain(by: 0.005, inPercent: true), "(98.8 ± 0.5)%"),
      (9.8765, .uncertain(by: 0), "9.877 ± 0"),
      (0.5, .uncertain(by: 0, inPercent: true), "(50 ± 0)%"),
      (9.8765, .uncertain(by: .nan), "9.877 ± NaN"), (.nan, .uncertain(by: 0.05), "NaN ± 0.05"),
      (9.8765, .uncertain(by: .infinity), "9.877 ± ∞"),
    ] {
      #expect(format.string(value) == text, "\(value) \(format) \(text)")
    }
  }

  @Test func `An uncertainty below zero is a mistake`() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = NumberFormat.uncertain(by: -0.05).string(1)
    }
    let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(said.contains("an uncertainty is not below zero, and -0.05 is"))
  }
}
