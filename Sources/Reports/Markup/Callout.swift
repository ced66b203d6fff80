/// A paragraph that stands out: `- Note: …`, as in Swift Playgrounds and DocC, or GitHub's
/// `> [!NOTE]`.
public struct Callout: Hashable, Sendable {
  /// GitHub's kinds of alerts, which decide the colour.
  public enum Alert: String, Hashable, Sendable, CaseIterable {
    /// Worth knowing.
    case note = "NOTE"

    /// Makes something easier.
    case tip = "TIP"

    /// Needed to get it right.
    case important = "IMPORTANT"

    /// Needs attention at once.
    case warning = "WARNING"

    /// May do harm.
    case caution = "CAUTION"
  }

  /// GitHub's alert.
  public var alert: Alert

  /// Its name as a reader sees it: `Note`, `Experiment`.
  public var name: String

  /// Whether the author wrote it as GitHub does, `> [!NOTE]`, and not as an item of a list.
  public var isQuote: Bool

  /// Whether the reader opens it: a hint, an answer.
  public var isFolded: Bool { Self.folded.contains(name.lowercased()) }

  /// The columns before the text of its first line, and before those of its other lines.
  var textColumn = 0
  var contentColumn = 0

  private static let folded: Set<String> = ["hint", "answer", "solution", "exercise"]

  /// Whether ``name`` is what GitHub itself writes above such an alert.
  public var isNamedByAlert: Bool {
    name.lowercased() == alert.rawValue.lowercased()
  }

  private static let alerts: [String: Alert] = [
    "note": .note, "tip": .tip, "important": .important, "warning": .warning, "caution": .caution,
    "attention": .warning, "bug": .warning, "experiment": .tip, "example": .note, "remark": .note,
    "see also": .note, "hint": .tip, "answer": .note, "solution": .note, "exercise": .important,
  ]

  /// The bytes of the longest word, so that a long line is not searched for its colon.
  private static let longestWord = 12

  /// Reads the beginning of an item's first line, `Note: …`.
  ///
  /// - Returns: `nil` for an ordinary item; otherwise the callout, and how many bytes its word, the
  ///   colon and the spaces after it take.
  static func reading(_ bytes: ArraySlice<UInt8>) -> (callout: Callout, length: Int)? {
    let head = bytes.prefix(longestWord + 1)
    guard let colon = head.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let word = String(decoding: head[..<colon], as: UTF8.self).trimmed
    guard let alert = alerts[word.lowercased()] else { return nil }
    let rest = bytes[bytes.index(after: colon)...]
    let spaces = rest.prefix { $0 == UInt8(ascii: " ") }.count
    let name = word.prefix(1).uppercased() + word.dropFirst().lowercased()
    return (
      Callout(alert: alert, name: name, isQuote: false),
      bytes.distance(from: bytes.startIndex, to: rest.startIndex) + spaces
    )
  }

  /// Reads the first line of a quote, `[!NOTE]`.
  static func readingAlert(_ text: String) -> Callout? {
    guard text.hasPrefix("[!"), text.hasSuffix("]") else { return nil }
    let word = text.dropFirst(2).dropLast()
    guard let alert = Alert(rawValue: word.uppercased()) else { return nil }
    let name = word.prefix(1).uppercased() + word.dropFirst().lowercased()
    return Callout(alert: alert, name: name, isQuote: true)
  }
}
