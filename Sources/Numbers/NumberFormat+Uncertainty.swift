internal import Requirements

// Values with an uncertainty: both end at the same place, which the uncertainty says.

extension NumberFormat {
  /// The format of a number beside one with an uncertainty (a bound, a value that has none): the
  /// same digits without the ±. Other formats are their own.
  public var withoutUncertainty: NumberFormat {
    guard case .uncertain(let uncertainty, let count, let inPercent) = self else { return self }
    guard uncertainty.isFinite, uncertainty > 0 else { return .automatic }
    let place = Self.lastPlace(Self.digits(uncertainty, inPercent), count)
    return inPercent ? .percent(decimals: max(0, -place)) : .decimal(places: max(0, -place))
  }

  static func uncertain(
    _ value: Double, by uncertainty: Double, digits count: Int?, _ inPercent: Bool,
    _ spelling: Spelling
  ) -> String {
    require(!(uncertainty < 0), "an uncertainty is not below zero, and \(uncertainty) is")
    var own = digits(value, inPercent)
    var other = digits(uncertainty, inPercent)
    guard value.isFinite, uncertainty.isFinite, uncertainty > 0 else {
      // Nothing says where the digits end.
      func alone(_ number: Double, _ digits: DecimalDigits) -> String {
        guard number.isFinite else { return notFinite(number, spelling) }
        return automatic(inPercent ? number * 100 : number, digits, spelling)
      }
      let text = alone(value, own) + " ± " + alone(uncertainty, other)
      return inPercent ? "(\(text))%" : text
    }

    let place = lastPlace(other, count)
    own.round(places: -place)
    other.round(places: -place)
    // Zeros would hide the digits that count: those before the last place, or many behind the point.
    let largest = own.digits.isEmpty ? other.exponent : max(own.exponent, other.exponent)
    let exponent = place > 0 || !isReadable(largest, upTo: .max) ? largest : 0
    if !own.digits.isEmpty { own.point -= exponent }
    other.point -= exponent
    let places = exponent - place
    let text = own.written(places: places) + " ± " + other.written(places: places)
    if exponent == 0 { return inPercent ? "(\(text))%" : text }
    return "(\(text))" + power(exponent, spelling) + (inPercent ? "%" : "")
  }

  private static func digits(_ value: Double, _ inPercent: Bool) -> DecimalDigits {
    var digits = DecimalDigits(exactly: value)
    if inPercent, !digits.digits.isEmpty { digits.point += 2 }
    return digits
  }

  /// The power of ten at which an uncertainty's last digit stands.
  static func lastPlace(_ uncertainty: DecimalDigits, _ count: Int?) -> Int {
    if let count {
      var rounded = uncertainty
      rounded.round(significant: max(1, count))
      return rounded.exponent - max(1, count) + 1
    }
    let first = (0..<3).reduce(0) { number, index in
      let digits = uncertainty.digits
      return 10 * number + (index < digits.count ? Int(digits[index]) : 0)
    }
    // From 950 on, rounding makes it 10 at the same place: two digits again.
    return first <= 354 ? uncertainty.exponent - 1 : uncertainty.exponent
  }
}
