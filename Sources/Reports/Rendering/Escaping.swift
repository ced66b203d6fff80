/// Makes text harmless where it is put.
enum Escaping {
  /// Text that is not to be read as Markdown.
  static func markdown(_ text: String) -> String {
    var result = ""
    var previous: Character = " "
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      switch character {
      case "\\", "`", "*", "$": result += "\\" + String(character)
      case "<": result += "&lt;"
      case "&": result += "&amp;"
      case "_":
        // Inside a word GitHub's Markdown takes an underscore as it is.
        let next = index + 1 < characters.count ? characters[index + 1] : " "
        let isInside =
          (previous.isLetter || previous.isNumber) && (next.isLetter || next.isNumber)
        result += isInside ? "_" : "\\_"
      case "\n": result += " "
      default: result.append(character)
      }
      previous = character
    }
    return result
  }

  /// A value inside math.
  static func tex(_ text: String) -> String {
    var result = ""
    var exponent = ""
    func flush() {
      if !exponent.isEmpty { result += "^{\(exponent)}" }
      exponent = ""
    }
    for character in text {
      if let digit = NumberFormat.plainDigit(character) {
        exponent.append(digit)
        continue
      }
      flush()
      switch character {
      case "%": result += "\\%"
      case ",": result += "{,}"
      case "×": result += "\\times "
      case "−": result += "-"
      case "∞": result += "\\infty "
      case "_", "#", "&", "$": result += "\\" + String(character)
      default: result.append(character)
      }
    }
    flush()
    return result
  }

  /// A value read back out of a document.
  static func plain(_ text: String) -> String {
    text.replacing("\\times 10^{", with: "×10").replacing("{,}", with: ",").replacing("}", with: "")
      .replacing("\\infty ", with: "∞").replacing("\\", with: "")
  }

  /// Markdown of the kind that outputs consist of, as a terminal would show it.
  static func plainMarkdown(_ text: String) -> String {
    var result = text.replacing("**", with: "")
    while let open = result.firstRange(of: "<a id="),
      let close = result[open.upperBound...].firstRange(of: "</a>")
    {
      result.removeSubrange(open.lowerBound..<close.upperBound)
    }
    return result
  }

  /// An attribute of HTML, in double quotes.
  static func attribute(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\n", with: " ")
  }

  /// A cell of a table: Markdown on one line, without HTML, its bars escaped.
  static func tableCell(_ text: String) -> String {
    var result = ""
    var previous: Character?
    for character in text.trimmed {
      switch character {
      // A bar that the lab escaped itself stays escaped once.
      case "|": result += previous == "\\" ? "|" : "\\|"
      case "\n", "\r", "\r\n": result += "<br>"
      case "<": result += "&lt;"
      default: result.append(character)
      }
      previous = character
    }
    return result
  }

  /// A fence that is longer than any in the text.
  static func fence(for text: String) -> String {
    var longest = 0
    var run = 0
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    return String(repeating: "`", count: max(3, longest + 1))
  }
}
