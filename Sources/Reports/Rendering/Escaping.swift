import Numbers

/// Makes text harmless where it is put.
enum Escaping {
  /// A value as plain text among Markdown.
  static func value(_ text: String) -> String { value(text, in: .text) }

  /// A value, harmless for where it stands.
  static func value(_ text: String, in surroundings: MarkupEdits.Surroundings) -> String {
    let text = PrintedText.visible(text)
    switch surroundings {
    case .text: return markdown(text)
    case .lineStart: return lineStart(markdown(text))
    case .tex: return tex(text)
    case .attribute: return attribute(text)
    case .destination: return path(text)
    }
  }

  /// Text at the beginning of a line, where a number or a sign could begin a list, a heading, a
  /// quote.
  static func lineStart(_ text: String) -> String {
    guard let first = text.first else { return text }
    if "#+->=:`~<[|*_$".contains(first) { return "\\" + text }
    let digits = text.prefix { ("0"..."9").contains($0) }
    let rest = text[digits.endIndex...]
    guard !digits.isEmpty, let mark = rest.first, mark == "." || mark == ")",
      rest.dropFirst().first.map({ $0 == " " }) ?? true
    else { return text }
    return digits + "\\" + rest
  }

  /// A path in a link: what would end it, or mean something in an address, in HTML or in Markdown, is
  /// written by its bytes.
  static func path(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      let isPlain =
        byte >= 0x80 || byte.isLetter || byte.isDigit || "-._~/+,@=!$*;".utf8.contains(byte)
      if isPlain {
        result.append(byte)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += ("%" + (digits.utf8.count < 2 ? "0" : "") + digits).utf8
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Text that is not to be read as Markdown.
  static func markdown(_ text: String) -> String {
    var result = ""
    var previous: Character = " "
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      switch character {
      case "\\", "`", "*", "$", "[", "~", "|": result += "\\" + String(character)
      case "<": result += "&lt;"
      case "&": result += "&amp;"
      // GitHub makes links of bare addresses.
      case ":" where characters[(index + 1)...].starts(with: "//"): result += "\\:"
      case "." where index >= 3 && characters[(index - 3)..<index] == ["w", "w", "w"]:
        result += "\\."
      case "_":
        // Inside a word GitHub's Markdown takes an underscore as it is.
        let next = index + 1 < characters.count ? characters[index + 1] : " "
        let isInside =
          (previous.isLetter || previous.isNumber) && (next.isLetter || next.isNumber)
        result += isInside ? "_" : "\\_"
      case "\n", "\r\n": result += " "
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
      case "±": result += "\\pm "
      case "_", "#", "&", "$", "{", "}": result += "\\" + String(character)
      case "\\": result += "\\backslash "
      case "<": result += "\\lt "
      case ">": result += "\\gt "
      case "~": result += "\\sim "
      case "^": result += "{\\wedge}"
      // The formula may stand between backticks.
      case "`": result += "‘"
      case "\n", "\r", "\r\n": result += "\\ "
      default: result.append(character)
      }
    }
    flush()
    return result
  }

  /// A value read back out of a document.
  static func plain(_ text: String) -> String {
    text.replacing("\\times 10^{", with: "×10").replacing("{,}", with: ",").replacing("}", with: "")
      .replacing("\\infty ", with: "∞").replacing("\\pm ", with: "±").replacing("\\", with: "")
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
      .replacing(">", with: "&gt;").replacing("\r\n", with: " ")
      .replacing("\n", with: " ")
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

/// Text on its way into Markdown that a lab makes.
package enum MarkdownText {
  /// The text, so that nothing in it means anything to Markdown.
  package static func escaped(_ text: String) -> String { Escaping.value(text) }
}
