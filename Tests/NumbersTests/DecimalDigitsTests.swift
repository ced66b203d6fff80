import Foundation
import TestSupport
import Testing

@testable import Numbers

/// Digits are the exact ones, and rounding is right.
@Suite struct DecimalDigitsTests {
  /// The slow twin: digits of a decimal number, doubled or halved one binary place at a time.
  private struct Twin {
    /// Most significant first, as many before the point as `point` says.
    var digits: [UInt8]
    var point: Int

    init(_ value: Double) {
      var whole = value.significandBitPattern
      var exponent = -1074
      if value.isNormal {
        whole |= 1 << 52
        exponent += Int(value.exponentBitPattern) - 1
      }
      digits = String(whole).utf8.map { $0 - 48 }
      point = digits.count
      while exponent > 0 {
        double()
        exponent -= 1
      }
      while exponent < 0 {
        halve()
        exponent += 1
      }
      while digits.first == 0 {
        digits.removeFirst()
        point -= 1
      }
      while digits.last == 0 { digits.removeLast() }
      if digits.isEmpty { point = 0 }
    }

    private mutating func double() {
      var carry: UInt8 = 0
      for index in digits.indices.reversed() {
        let sum = digits[index] * 2 + carry
        digits[index] = sum % 10
        carry = sum / 10
      }
      if carry > 0 {
        digits.insert(carry, at: 0)
        point += 1
      }
    }

    private mutating func halve() {
      var rest: UInt8 = 0
      for index in digits.indices {
        let number = rest * 10 + digits[index]
        digits[index] = number / 2
        rest = number % 2
      }
      if rest > 0 { digits.append(5) }
    }
  }

  private static let adversarial: [Double] =
    [
      .leastNonzeroMagnitude, 2 * .leastNonzeroMagnitude, .leastNormalMagnitude,
      .leastNormalMagnitude.nextDown,
      .greatestFiniteMagnitude,
      0.1, 0.5, 1, 2, 10, 1e22, 1e23, 0x1p53, 0x1p53 - 1, 0x1p-1022, 0x1p1023, 1 / 3.0, .pi,
    ]
    + (-30...30).flatMap { exponent in
      let power = Double("1e\(exponent)") ?? 1
      return [power.nextDown, power, power.nextUp]
    }

  @Test func `Digits are those of the twin`() {
    var random = SystemRandomNumberGenerator()
    let anything = (0..<300).map { _ in
      Double(bitPattern: UInt64.random(in: 0 ... .max, using: &random)).magnitude
    }
    let usual = (0..<1000).map { _ in Double.random(in: 0...1000, using: &random) }
    for value in Self.adversarial + anything + usual where value.isFinite {
      let twin = Twin(value)
      let digits = DecimalDigits(exactly: value)
      #expect(digits.digits == twin.digits && digits.point == twin.point, "\(value)")
    }
  }

  @Test func `Shortest digits read back`() {
    for value in Self.adversarial {
      let digits = DecimalDigits(shortest: value)
      let text = digits.digits.map(String.init).joined()
      #expect(Double("0.\(text)e\(digits.point)") == value)
    }
    #expect(DecimalDigits(shortest: Float(0.1)).digits == [1])
    #expect(DecimalDigits(shortest: 123.45).point == 3)
    #expect(DecimalDigits(shortest: 0.00012).point == -3)
    #expect(DecimalDigits(shortest: 1e22).exponent == 22)
    #expect(DecimalDigits(shortest: -0.0).digits.isEmpty)
  }

  /// 2,236 numbers rounded by Python's `decimal`, which is exact.
  @Test func `Rounding is that of python`() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/rounded-numbers.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count > 2000)
    for line in lines {
      let fields = line.split(separator: " ")
      let value = Double(bitPattern: try #require(UInt64(fields[0], radix: 16)))
      let count = try #require(Int(fields[2]))
      let isPlaces = fields[1] == "places"
      let format: NumberFormat = isPlaces ? .decimal(places: count) : .scientific(digits: count)
      #expect(plain(format.string(value)) == unsigned(String(fields[3])), "\(line)")
    }
  }

  /// As Python writes it: `−1,234.5` is -1234.5, `6.0×10⁻⁸` is 6.0e-8.
  private func plain(_ text: String) -> String {
    var result = text.replacing(",", with: "").replacing("−", with: "-")
    guard let power = result.firstRange(of: "×10") else { return unsigned(result) }
    let exponent = String(result[power.upperBound...].map { NumberFormat.plainDigit($0) ?? $0 })
    result.removeSubrange(power.lowerBound...)
    return result + "e" + (exponent.hasPrefix("-") ? exponent : "+" + exponent)
  }

  /// Python keeps the sign of a zero.
  private func unsigned(_ text: String) -> String {
    let isZero = !text.contains { ("1"..."9").contains($0) }
    return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
  }
}
