/// Text without Raster's markup, for sentences: `10^{−3}` becomes 10⁻³, `x_{i}` xᵢ, `w_{out}` w out.
enum PlainText {
  /// The text with its raised and lowered letters written as Unicode has them, or beside what they
  /// belong to where it has none.
  static func of(_ text: String) -> String {
    var rest = Array(text)[...]
    return read(&rest, isNested: false)
  }

  private static func read(_ rest: inout ArraySlice<Character>, isNested: Bool) -> String {
    var result = ""
    while let character = rest.popFirst() {
      if isNested && character == "}" { return result }
      guard character == "^" || character == "_", rest.first == "{" else {
        result.append(character)
        continue
      }
      rest.removeFirst()
      let inner = read(&rest, isNested: true)
      result += character == "^" ? raised(inner) : lowered(inner)
    }
    return result
  }

  private static let raisedLetters: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹", "+": "⁺", "-": "⁻", "\u{2212}": "⁻", "n": "ⁿ", "i": "ⁱ", "T": "ᵀ",
  ]
  private static let loweredLetters: [Character: Character] = [
    "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈",
    "9": "₉", "+": "₊", "-": "₋", "\u{2212}": "₋", "a": "ₐ", "e": "ₑ", "h": "ₕ", "i": "ᵢ",
    "j": "ⱼ", "k": "ₖ", "l": "ₗ", "m": "ₘ", "n": "ₙ", "o": "ₒ", "p": "ₚ", "r": "ᵣ", "s": "ₛ",
    "t": "ₜ", "u": "ᵤ", "v": "ᵥ", "x": "ₓ",
  ]

  private static func raised(_ text: String) -> String {
    if let letters = letters(text, raisedLetters) { return letters }
    return text.count == 1 ? "^\(text)" : "^(\(text))"
  }

  private static func lowered(_ text: String) -> String {
    letters(text, loweredLetters) ?? " \(text)"
  }

  /// Numbers and single letters; whole words in small letters would be a riddle when read aloud.
  private static func letters(_ text: String, _ table: [Character: Character]) -> String? {
    guard text.count == 1 || text.allSatisfy({ !$0.isLetter }) else { return nil }
    let letters = text.compactMap { table[$0] }
    return letters.count == text.count ? String(letters) : nil
  }
}

extension String? {
  /// The text, or `nil` where there is nothing to read in it: an empty name is none.
  var named: String? { flatMap { text in text.contains { !$0.isWhitespace } ? text : nil } }
}
