/// Makes what a program printed fit for a page.
enum PrintedText {
  /// A longer line is cut in the middle.
  static let longestLine = 2000

  /// What a terminal would have left on screen: colours and cursor movements gone, a line that was
  /// overwritten (`\r`, as progress bars do) as it stood last. Blank lines at the end go too.
  static func clean(_ text: String) -> String {
    // Most text has nothing to clean.
    let isPlain = !text.utf8.contains {
      // The last two may begin a control character of eight bits, and one that turns text round.
      $0 < 32 && $0 != 10 && $0 != 9 || $0 == 127 || $0 == 0xC2 || $0 == 0xE2
    }
    if isPlain { return trimmedEnd(text) }
    return trimmedEnd(text.documentLines.map(onScreen).joined(separator: "\n"))
  }

  /// A phrase with its control characters made visible, and without escape sequences: what a terminal
  /// or a page would act upon instead of showing it.
  static func visible(_ text: String) -> String {
    let isPlain = !text.unicodeScalars.contains { $0 != "\n" && isOrder($0) }
    return isPlain ? text : text.documentLines.map(onScreen).joined(separator: "\n")
  }

  /// Whether a terminal or a page acts upon a character instead of showing it.
  private static func isOrder(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 32 || (127..<160).contains(scalar.value) || turnsText(scalar)
  }

  /// Whether a character changes the direction of the text after it: with it, a line reads otherwise
  /// than it is.
  private static func turnsText(_ scalar: Unicode.Scalar) -> Bool {
    (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
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

  /// What a terminal shows of a line in the end (ECMA-48): colours and links gone, what was written
  /// over as it stood last; other control characters become visible.
  private static func onScreen(_ line: String) -> String {
    guard line.unicodeScalars.contains(where: isOrder) else { return line }
    var screen: [Character] = []
    var cursor = 0
    var run = ""
    func flush() {
      for character in run {
        if cursor < screen.count { screen[cursor] = character } else { screen.append(character) }
        cursor += 1
      }
      run = ""
    }
    var scalars = line.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar.value {
      case 27:
        guard let erased = escape(&scalars) else { continue }
        flush()
        switch erased {
        case .toEnd: screen.removeSubrange(min(cursor, screen.count)...)
        case .toStart: for index in 0..<min(cursor + 1, screen.count) { screen[index] = " " }
        case .all: screen = Array(repeating: " ", count: cursor)
        }
      case 13:
        flush()
        cursor = 0
      case 8:
        flush()
        cursor = max(0, cursor - 1)
      case 9: run.unicodeScalars.append(scalar)
      case 0..<32, 127:
        // U+2400 and on are pictures of the control characters.
        run.unicodeScalars.append(Unicode.Scalar(0x2400 + min(scalar.value, 33)) ?? scalar)
      case 128..<160: run.append("\u{FFFD}")
      case _ where turnsText(scalar): run.append("\u{FFFD}")
      default: run.unicodeScalars.append(scalar)
      }
    }
    flush()
    return String(screen)
  }

  private enum Erasure {
    case toEnd, toStart, all
  }

  /// Takes an escape sequence whose first byte was taken.
  ///
  /// - Returns: What it erases of the line.
  private static func escape(_ scalars: inout Substring.UnicodeScalarView) -> Erasure? {
    guard let kind = scalars.popFirst() else { return nil }
    switch kind {
    case "[":
      var parameters = ""
      while let next = scalars.popFirst() {
        if ("@"..."~").contains(next) {
          guard next == "K" else { return nil }
          return parameters == "1" ? .toStart : parameters == "2" ? .all : .toEnd
        }
        parameters.unicodeScalars.append(next)
      }
    case "]", "P", "X", "^", "_":
      // A string, to BEL or to ST, which is an escape and a backslash.
      while let next = scalars.popFirst(), next != "\u{7}", next != "\u{9C}" {
        if next == "\u{1B}" {
          if scalars.first == "\\" { scalars.removeFirst() }
          break
        }
      }
    case " "..."/":
      // A choice of characters, `ESC ( B`: intermediate bytes, then one that ends it.
      while let next = scalars.popFirst(), (" "..."/").contains(next) {}
    default: break
    }
    return nil
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
