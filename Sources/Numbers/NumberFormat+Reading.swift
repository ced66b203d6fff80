extension NumberFormat {
  /// The number that a text stands for, in the units of the value (`89.8%` is 0.898); `nil` when
  /// the text is not a number in the spelling of text.
  ///
  /// With an uncertainty, it is the value before the ±, and `nil` when the uncertainty is written
  /// other than this format writes it.
  public func value(of text: String) -> Double? {
    switch self {
    case .uncertain(let uncertainty, _, _):
      guard let read = Self.pair(text) else { return nil }
      guard let own = Self.pair(string(read.value)), own.uncertainty == read.uncertainty else {
        return uncertainty.isNaN && read.uncertainty.isNaN ? read.value : nil
      }
      return read.value
    case .metric:
      let parts = text.split(separator: " ", omittingEmptySubsequences: false)
      guard parts.count == 2 else { return Self.number(text) }
      guard !parts[1].isEmpty, let prefix = Self.metricPrefixes.firstIndex(of: String(parts[1]))
      else { return nil }
      return Self.number(String(parts[0]), timesTenTo: 3 * (prefix - 4))
    default: return Self.number(text)
    }
  }

  /// The two numbers of `9.88 ± 0.05`, `(72.0 ± 6.4)%`, `(1.235 ± 0.023)×10⁵`.
  private static func pair(_ text: String) -> (value: Double, uncertainty: Double)? {
    var parts = text.split(separator: " ± ", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else { return nil }
    if parts[0].hasPrefix("(") {
      guard let end = parts[1].lastIndex(of: ")") else { return nil }
      let scale = parts[1][parts[1].index(after: end)...]
      parts = ["\(parts[0].dropFirst())\(scale)", "\(parts[1][..<end])\(scale)"]
    }
    guard let value = number(parts[0]), let uncertainty = number(parts[1]) else { return nil }
    return (value, uncertainty)
  }

  private static func number(_ text: String, timesTenTo power: Int = 0) -> Double? {
    var digits = text.replacing(",", with: "").replacing("\u{2212}", with: "-")
    var exponent = power
    if digits.hasSuffix("%") {
      digits.removeLast()
      exponent -= 2
    }
    switch digits {
    case "NaN": return .nan
    case "∞": return .infinity
    case "-∞": return -.infinity
    default: break
    }
    if let sign = digits.firstRange(of: "×10") {
      guard let raised = Int(String(digits[sign.upperBound...].map { plainDigit($0) ?? "?" }))
      else { return nil }
      exponent += raised
      digits.removeSubrange(sign.lowerBound...)
    }
    // `Double` also reads `nan`, `inf`, hexadecimal and exponents, which no format here writes.
    guard digits.allSatisfy({ "0123456789.-".contains($0) }), !digits.isEmpty else { return nil }
    // One conversion, so that what was written in full is read as the same number.
    return Double("\(digits)e\(exponent)")
  }
}
