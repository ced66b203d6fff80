/// Makes what a program printed fit for a page.
enum PrintedText {
  /// More lines than this are cut in the middle …
  static let mostLines = 80
  /// … down to so many at the start …
  static let headLines = 40
  /// … and so many at the end.
  static let tailLines = 20
  /// A longer line is cut in the middle.
  static let longestLine = 2000

  /// What a terminal would have left on screen: colours and cursor movements gone, a line that was
  /// overwritten (`\r`, as progress bars do) as it stood last. Blank lines at the end go too.
  static func clean(_ text: String) -> String {
    // Most text has nothing to clean.
    guard text.utf8.contains(where: { $0 < 32 && $0 != 10 && $0 != 9 || $0 == 127 }) else {
      return trimmedEnd(text)
    }
    var lines: [String] = []
    let normalised = text.replacing("\r\n", with: "\n")
    for line in normalised.split(separator: "\n", omittingEmptySubsequences: false) {
      let plain = withoutEscapes(line)
      let parts = plain.split(separator: "\r", omittingEmptySubsequences: true)
      lines.append(parts.last.map { String($0) } ?? "")
    }
    return trimmedEnd(lines.joined(separator: "\n"))
  }

  private static func trimmedEnd(_ text: String) -> String {
    guard let last = text.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    // The indentation of the first line stays, blank lines before it do not.
    var start = text.startIndex
    while let end = text[start...].firstIndex(of: "\n"),
      text[start..<end].allSatisfy(\.isWhitespace)
    {
      start = text.index(after: end)
    }
    return String(text[start...last])
  }

  /// Without ANSI escape sequences (ECMA-48); other control characters become visible.
  private static func withoutEscapes(_ line: Substring) -> String {
    var result = ""
    var scalars = line.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if scalar == "\u{1B}" {
        guard let kind = scalars.popFirst() else { break }
        if kind == "[" {
          while let next = scalars.popFirst(), !("@"..."~").contains(next) {}
        } else if kind == "]" {
          while let next = scalars.popFirst(), next != "\u{7}" {}
        }
      } else if scalar.value < 32 && scalar != "\t" && scalar != "\r" || scalar.value == 127 {
        // U+2400 and on are pictures of the control characters.
        result.unicodeScalars.append(Unicode.Scalar(0x2400 + min(scalar.value, 33)) ?? scalar)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Very long text, cut in the middle with a count.
  static func cut(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let excess = line.count - longestLine
      guard excess > 0 else { return String(line) }
      let half = longestLine / 2
      return "\(line.prefix(half)) … \(excess) characters not shown … \(line.suffix(half))"
    }
    if lines.count > mostLines {
      let missing = lines.count - headLines - tailLines
      lines.replaceSubrange(
        headLines..<(lines.count - tailLines), with: ["… \(missing) lines not shown …"])
    }
    return lines.joined(separator: "\n")
  }
}
