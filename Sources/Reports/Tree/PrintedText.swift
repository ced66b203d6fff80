/// Makes what a program printed fit for a page.
enum PrintedText {
  /// A longer line is cut in the middle.
  static let longestLine = 2000

  /// What a terminal would have left on screen (``TerminalScreen``). Blank lines at both ends go.
  static func clean(_ text: String) -> String {
    trimmedEnd(TerminalScreen.isNeeded(for: text) ? TerminalScreen(text).text : text)
  }

  /// A phrase with its control characters made visible, and without escape sequences: what a terminal
  /// or a page would act upon instead of showing it.
  static func visible(_ text: String) -> String {
    TerminalScreen.isNeeded(for: text) ? TerminalScreen(text, isPhrase: true).text : text
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

  /// Very long text, cut in the middle with a count.
  ///
  /// - Parameter mostLines: More lines than this are cut down to half of them at the start and a
  ///   quarter at the end.
  static func cut(_ text: String, mostLines: Int = 80) -> String {
    var lines = text.documentLines.map { line in
      let excess = line.count - longestLine
      guard excess > 0 else { return String(line) }
      let half = longestLine / 2
      return "\(line.prefix(half)) … \(excess) characters not shown … \(line.suffix(half))"
    }
    if lines.count > mostLines {
      let (headLines, tailLines) = (mostLines / 2, mostLines / 4)
      let missing = lines.count - headLines - tailLines
      lines.replaceSubrange(
        headLines..<(lines.count - tailLines), with: ["… \(missing) lines not shown …"])
    }
    return lines.joined(separator: "\n")
  }
}
