extension NumberFormat {
  /// The number as text. Traps on a format with more than 400 digits.
  public func string(_ value: Double, _ spelling: Spelling = .text) -> String {
    checkDigits()
    if case .uncertain(let uncertainty, let count, let inPercent) = self {
      return Self.uncertain(value, by: uncertainty, digits: count, inPercent, spelling)
    }
    guard value.isFinite else { return Self.notFinite(value, spelling) }
    var digits = DecimalDigits(exactly: value)
    switch self {
    case .automatic: return Self.automatic(value, digits, spelling)
    case .shortest: return Self.shortest(value, inPercent: false, spelling)
    case .integer: return Self.plain(digits, places: 0)
    case .decimal(let places): return Self.plain(digits, places: places)
    case .significant(let count): return Self.significant(digits, count, spelling)
    case .scientific(let count): return Self.scientific(digits, count, spelling)
    case .percent(let decimals):
      digits.point += digits.digits.isEmpty ? 0 : 2
      return Self.plain(digits, places: decimals) + "%"
    case .metric(let count): return Self.metric(digits, count)
    case .uncertain: return ""
    }
  }

  /// The digits that name a number of its own type and no other: the `Float` 0.1 is `0.1`, in
  /// percent `10%`.
  public static func shortest(
    _ value: some BinaryFloatingPoint, inPercent: Bool = false, _ spelling: Spelling = .text
  ) -> String {
    let sign = inPercent ? "%" : ""
    guard value.isFinite else { return notFinite(Double(value), spelling) + sign }
    var digits = DecimalDigits(shortest: value)
    if inPercent, !digits.digits.isEmpty { digits.point += 2 }
    return
      (isReadable(digits.exponent, upTo: 15)
      ? digits.written(places: digits.places)
      : scientific(digits, digits.digits.count, spelling)) + sign
  }

  static func notFinite(_ value: Double, _ spelling: Spelling) -> String {
    if value.isNaN { return spelling == .text ? "NaN" : "–" }
    return value < 0 ? "\u{2212}∞" : "∞"
  }

  /// Four zeros after the point are as many as an eye counts.
  static func isReadable(_ exponent: Int, upTo largest: Int) -> Bool {
    (-4..<largest).contains(exponent)
  }

  static func automatic(
    _ value: Double, _ digits: DecimalDigits, _ spelling: Spelling
  ) -> String {
    if value == value.rounded(), value.magnitude < 1e15 { return plain(digits, places: 0) }
    var four = digits
    four.round(significant: 4)
    var six = digits
    six.round(significant: 6)
    // Zeros that only rounding made say that there was rounding.
    let count = four == six ? four.digits.count : 4
    guard isReadable(four.exponent, upTo: 6) else { return scientific(digits, count, spelling) }
    return plain(digits, places: max(0, count - four.point))
  }

  private static func plain(_ digits: DecimalDigits, places: Int) -> String {
    var digits = digits
    let places = max(0, places)
    digits.round(places: places)
    return digits.written(places: places)
  }

  private static func significant(
    _ digits: DecimalDigits, _ count: Int, _ spelling: Spelling
  ) -> String {
    let count = max(1, count)
    // The exponent after rounding: 9.996 has two digits before the point at three digits.
    var rounded = digits
    rounded.round(significant: count)
    if rounded.digits.isEmpty { return "0" }
    guard isReadable(rounded.exponent, upTo: count) else {
      return scientific(digits, count, spelling)
    }
    return rounded.written(places: count - rounded.point)
  }

  static func scientific(
    _ digits: DecimalDigits, _ count: Int, _ spelling: Spelling
  ) -> String {
    var digits = digits
    let count = max(1, count)
    digits.round(significant: count)
    if digits.digits.isEmpty { return "0" }
    let exponent = digits.exponent
    digits.point = 1
    return digits.written(places: count - 1) + power(exponent, spelling)
  }

  /// `×10⁻⁸`
  static func power(_ exponent: Int, _ spelling: Spelling) -> String {
    switch spelling {
    case .text: "×10" + String("\(exponent)".map { superscripts[$0] ?? $0 })
    case .picture: "×10^{" + (exponent < 0 ? "\u{2212}" : "") + "\(abs(exponent))}"
    }
  }

  private static func metric(_ digits: DecimalDigits, _ count: Int) -> String {
    var digits = digits
    digits.round(significant: max(1, count))
    if digits.digits.isEmpty { return "0" }
    // Division that rounds down, also below zero.
    let group = max(-4, min(4, (digits.exponent - (digits.exponent < 0 ? 2 : 0)) / 3))
    digits.point -= 3 * group
    let number = digits.written(places: digits.places)
    let prefix = metricPrefixes[group + 4]
    return prefix.isEmpty ? number : "\(number) \(prefix)"
  }

  /// For 10⁻¹² to 10¹², in steps of thousand.
  static let metricPrefixes = ["p", "n", "µ", "m", "", "k", "M", "G", "T"]

  private static let superscripts: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹", "-": "⁻",
  ]

  private static let plainDigits = Dictionary(
    uniqueKeysWithValues: superscripts.map { ($0.value, $0.key) })

  /// The digit, or `-`, that a superscript stands for.
  public static func plainDigit(_ character: Character) -> Character? { plainDigits[character] }
}
