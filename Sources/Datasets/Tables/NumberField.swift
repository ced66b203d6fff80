/// What stands before the digits after the units.
public enum DecimalSign: Hashable, Sendable {
  /// `1.5`.
  case point
  /// `1,5`.
  case comma

  var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
  var other: DecimalSign { self == .point ? .comma : .point }
}

/// A field read as a number, `1.42`, or as one with its uncertainty, `1.42 ± 0.02`.
///
/// No words and no separators of thousands: `inf`, `0x10` and `1,234.5` are more often mistakes
/// than numbers.
struct NumberField: Hashable, Sendable {
  var value: Double
  var uncertainty: Double?
  /// Digits after the point; `nil` with an exponent.
  var decimals: Int?

  /// Reads a field; `nil` where it is no number.
  init?(_ text: String, decimal: DecimalSign) {
    let parts = text.replacing("+/-", with: "±").split(
      separator: "±", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let first = Self.number(parts[0], decimal) else {
      return nil
    }
    (value, decimals) = first
    if parts.count == 2 {
      guard let second = Self.number(parts[1], decimal), second.value > 0 else { return nil }
      uncertainty = second.value
    }
  }

  private static func number(
    _ text: Substring, _ decimal: DecimalSign
  ) -> (value: Double, decimals: Int?)? {
    // A minus sign as typesetters write it is one too.
    var bytes = Array(text.replacing("\u{2212}", with: "-").utf8)
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    bytes.removeFirst(bytes.prefix(while: isBlank).count)
    var rest = bytes[...]
    func digits() -> Int {
      let count = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }.count
      rest = rest.dropFirst(count)
      return count
    }
    func sign() {
      if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") {
        rest = rest.dropFirst()
      }
    }
    sign()
    let whole = digits()
    var places = 0
    if rest.first == decimal.byte {
      bytes[rest.startIndex] = UInt8(ascii: ".")
      rest = rest.dropFirst()
      places = digits()
    }
    guard whole + places > 0 else { return nil }
    let hasExponent = rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E")
    if hasExponent {
      rest = rest.dropFirst()
      sign()
      guard digits() > 0 else { return nil }
    }
    guard rest.isEmpty, let value = Double(String(decoding: bytes, as: UTF8.self)),
      value.isFinite
    else { return nil }
    return (value, hasExponent ? nil : places)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
