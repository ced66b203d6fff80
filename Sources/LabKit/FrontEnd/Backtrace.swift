/// What the Swift runtime says on standard error when a program traps or crashes: a message, and
/// in most set-ups a backtrace.
///
/// Neither is woven as it stands: addresses, registers and paths differ from run to run.
struct Backtrace {
  /// The variable that tells the runtime what to say.
  static let environmentKey = "SWIFT_BACKTRACE"

  /// Only what is needed here: the crashed thread's frames, as plain text on standard error.
  static let environmentValue =
    "enable=yes,interactive=no,color=no,registers=none,images=none,threads=crashed,sanitize=no,"
    + "limit=64,timeout=20s,output-to=stderr"

  /// The runtime's sentence, without `Fatal error:` and the place; nil when it said none.
  let message: String?
  /// Where it happened, innermost first, as far as it is in the lab's own files.
  let locations: [SourceLocation]
  /// What stood on standard error before all that.
  let precedingText: String

  /// Reads what was printed last before the program ended.
  init(lastWords: String, sources: [SourceFile]) {
    let lines = lastWords.split(omittingEmptySubsequences: false, whereSeparator: Self.isLineEnd)
    // The runtime sets its report off with three stars at the start of a line; on a busy machine
    // a complaint about its own troubles comes before it.
    let reportStart =
      lines.firstIndex { line in
        ["*** Signal ", "*** Program crashed", "*** Swift runtime failure", "swift-runtime: "]
          .contains { line.hasPrefix($0) }
      } ?? lines.endIndex
    let spoken = lines[..<reportStart]
    var locations: [SourceLocation] = []
    if let fatal = spoken.lastIndex(where: { Self.fatalErrorRange(in: $0) != nil }),
      let mark = Self.fatalErrorRange(in: spoken[fatal])
    {
      let first = spoken[fatal][mark.upperBound...].drop { $0 == ":" || $0 == " " }
      let more = spoken[(fatal + 1)...]
      let sentence = ([first] + more).joined(separator: "\n")
      message = Self.trimmed(sentence)
      if let location = Self.location(spoken[fatal][..<mark.lowerBound], sources) {
        locations.append(location)
      }
      precedingText = spoken[..<fatal].map { $0 + "\n" }.joined()
    } else {
      message = nil
      let text = spoken.joined(separator: "\n")
      precedingText = reportStart == lines.endIndex ? text : text + (text.isEmpty ? "" : "\n")
    }
    for line in lines[reportStart...] {
      // `3 [ra] 0x00… helper(_:_:) + 47 in lab10 at /…/Labs/Lab10/Lab10.swift:12:45`
      guard let at = line.ranges(of: " at ").last else { continue }
      if let location = Self.location(line[at.upperBound...], sources) {
        locations.append(location)
      }
    }
    self.locations = locations
  }

  /// Whether the runtime reports a crash somewhere in a text.
  static func isReported(in text: String) -> Bool {
    guard text.utf8.contains(UInt8(ascii: "*")) else { return false }
    return text.split(whereSeparator: isLineEnd).contains { line in
      ["*** Signal ", "*** Program crashed"].contains { line.hasPrefix($0) }
    }
  }

  /// `"\r\n"` is one character, which no `"\n"` splits.
  private static func isLineEnd(_ character: Character) -> Bool {
    character == "\n" || character == "\r\n"
  }

  /// Where `Fatal error` stands in `lab10/Lab10.swift:12: Fatal error: message`.
  private static func fatalErrorRange(in line: Substring) -> Range<Substring.Index>? {
    guard let mark = line.firstRange(of: "Fatal error") else { return nil }
    let before = line[..<mark.lowerBound]
    return before.isEmpty || before.hasSuffix(": ") ? mark : nil
  }

  /// Reads `file:line` or `path:line:column`, with anything after it, as a place in the lab.
  private static func location(_ text: Substring, _ sources: [SourceFile]) -> SourceLocation? {
    for source in sources {
      for name in [source.path, source.fileID] {
        guard let range = text.firstRange(of: name + ":") else { continue }
        let before = text[..<range.lowerBound]
        guard before.isEmpty || before.hasSuffix("/") else { continue }
        if let line = Int(text[range.upperBound...].prefix { $0.isNumber }) {
          return SourceLocation(fileID: source.fileID, line: line)
        }
      }
    }
    return nil
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }
}
