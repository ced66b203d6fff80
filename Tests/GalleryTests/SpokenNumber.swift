import Foundation

/// A number as a sentence writes it, read back.
struct SpokenNumber: CustomStringConvertible {
  var text: String
  var value: Double
  /// What one unit of the last digit is.
  var unit: Double

  var description: String { text }

  /// All numbers of a text: 0.0815, −3,000, 1.47×10⁻⁵, 95%.
  static func all(in text: String) -> [SpokenNumber] {
    let pattern =
      /(?<sign>−?)(?<digits>\d[\d,]*)(?:\.(?<places>\d+))?(?:×10(?<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?/
    return text.matches(of: pattern).map { match in
      let whole = match.output.digits.replacing(",", with: "")
      let places = match.output.places.map(String.init) ?? ""
      let digits = places.isEmpty ? whole : "\(whole).\(places)"
      var exponent = 0
      if let power = match.output.power {
        let plain = power.map { character -> Character in
          let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
          return raised.firstIndex(of: character).map { Character(String($0)) } ?? "-"
        }
        exponent = Int(String(plain)) ?? 0
      }
      let scale = pow(10, Double(exponent))
      let value = (Double(digits) ?? .nan) * scale * (match.output.sign.isEmpty ? 1 : -1)
      return SpokenNumber(
        text: String(match.output.0), value: value,
        unit: scale * pow(10, -Double(places.count)))
    }
  }

  /// Whether the number is a datum, rounded to its last digit, and with three digits or more unless it
  /// is exact.
  func says(_ datum: Double) -> Bool {
    if (value - datum).magnitude <= 1e-12 * max(1, datum.magnitude) { return true }
    let significant = text.prefix { $0 != "×" }.filter(\.isNumber).drop { $0 == "0" }.count
    return significant >= 3 && (value - datum).magnitude <= unit * 0.5 * (1 + 1e-9)
  }
}
