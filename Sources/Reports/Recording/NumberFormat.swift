internal import Foundation

/// How a number is written for a reader, and read back from what was written.
///
/// The same on every machine: decimal digits are correctly rounded, the decimal sign is a point.
public enum NumberFormat: Codable, Hashable, Sendable {
  /// Whole numbers with thousands separated (`10,118`), others with four significant digits.
  case automatic

  /// A whole number, rounded, with thousands separated: `10,118`.
  case integer

  /// A fixed count of digits after the point: `0.8980`.
  case decimal(places: Int)

  /// A fixed count of significant digits: `0.0312`, `2.30`.
  case significant(digits: Int)

  /// A power of ten: `6.0×10⁻⁸` with two digits.
  case scientific(digits: Int)

  /// A fraction of one as percent: 0.898 is `89.8%`.
  case percent(decimals: Int)
}

extension NumberFormat {
  /// The number as text.
  public func string(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "−∞" : "∞" }
    switch self {
    case .automatic:
      if value == value.rounded(), value.magnitude < 1e15 { return Self.grouped(value) }
      if value.magnitude >= 1e6 || value.magnitude < 1e-4 {
        return Self.scientific(value, digits: 4)
      }
      return Self.significant(value, digits: 4)
    case .integer: return Self.grouped(value)
    case .decimal(let places): return Self.fixed(value, places: places)
    case .significant(let digits): return Self.significant(value, digits: digits)
    case .scientific(let digits): return Self.scientific(value, digits: digits)
    case .percent(let decimals): return Self.fixed(value * 100, places: decimals) + "%"
    }
  }

  /// The number that a text stands for, in the units of the value (`89.8%` is 0.898); `nil` when
  /// the text is not a number.
  public func value(of text: String) -> Double? {
    var digits = text.replacingOccurrences(of: ",", with: "")
    digits = digits.replacingOccurrences(of: "−", with: "-")
    if digits == "NaN" { return .nan }
    if digits == "∞" { return .infinity }
    if digits == "-∞" { return -.infinity }
    var scale = 1.0
    if digits.hasSuffix("%") {
      digits.removeLast()
      scale = 100
    }
    if let sign = digits.range(of: "×10") {
      let exponent = digits[sign.upperBound...].map { Self.plainDigits[$0] ?? $0 }
      digits = digits[..<sign.lowerBound] + "e" + String(exponent)
    }
    // `Double` also reads `nan`, `inf` and hexadecimal, which no format here writes.
    guard digits.allSatisfy({ "0123456789.-e".contains($0) }) else { return nil }
    return Double(digits).map { $0 / scale }
  }

  private static let superscripts: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹", "-": "⁻",
  ]

  private static let plainDigits = Dictionary(
    uniqueKeysWithValues: superscripts.map { ($0.value, $0.key) })

  /// The digit or sign that a superscript stands for.
  static func plainDigit(_ character: Character) -> Character? { plainDigits[character] }

  private static func fixed(_ value: Double, places: Int) -> String {
    let text = String(format: "%.\(max(0, places))f", value)
    // -0.0 and what rounds to it: a sign before nothing but zeros tells a reader nothing.
    if text.hasPrefix("-"), !text.contains(where: { ("1"..."9").contains($0) }) {
      return String(text.dropFirst())
    }
    return text.replacingOccurrences(of: "-", with: "−")
  }

  private static func grouped(_ value: Double) -> String {
    let text = fixed(value, places: 0)
    var result = ""
    let digits = text.drop { $0 == "−" }
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return (text.hasPrefix("−") ? "−" : "") + result
  }

  private static func significant(_ value: Double, digits: Int) -> String {
    guard value != 0 else { return fixed(0, places: max(0, digits - 1)) }
    // The exponent after rounding: 9.996 has two digits before the point at three digits.
    let scientific = String(format: "%.\(max(1, digits) - 1)e", value)
    let exponent = scientific.split(separator: "e").last.flatMap { Int($0) } ?? 0
    return fixed(value, places: max(0, digits - 1 - exponent))
  }

  private static func scientific(_ value: Double, digits: Int) -> String {
    guard value != 0 else { return "0" }
    let parts = String(format: "%.\(max(1, digits) - 1)e", value).split(separator: "e")
    let exponent = Int(parts.last ?? "0") ?? 0
    let raised = String(String(exponent).map { superscripts[$0] ?? $0 })
    return parts[0].replacingOccurrences(of: "-", with: "−") + "×10" + raised
  }
}
