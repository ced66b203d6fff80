/// Text for people at a terminal.
package enum TerminalText {
  /// Text as a terminal may get it: a control character that came with it (in a claim, a path, an
  /// error's words, a committed file) becomes a picture of itself instead of an order to the
  /// terminal. Line ends and tabs stay.
  package static func visible(_ text: String) -> String {
    // Bytes from 0xC2 on may begin one of the second set of controls, or one that turns text round.
    guard text.utf8.contains(where: { $0 < 32 && $0 != 9 && $0 != 10 || $0 == 127 || $0 >= 0xC2 })
    else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 9, 10: result.append(scalar)
      case 0..<32: result.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
      case 127: result.append("\u{2421}")
      case 0x80..<0xA0, 0x202A...0x202E, 0x2066...0x2069: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
