/// The name of something that prose refers to: `fig-loss`, `tbl-errors`.
public struct Label: Hashable, Sendable {
  /// What a label names; each kind is numbered for itself.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// `fig-…`
    case figure = "fig"

    /// `tbl-…`
    case table = "tbl"

    /// The word before the number.
    public var word: String {
      switch self {
      case .figure: "Figure"
      case .table: "Table"
      }
    }
  }

  /// The whole label, its prefix included: the target of links, and the name of a file.
  public var name: String

  /// What it names; `nil` when it has none of the prefixes, and is not numbered.
  public var kind: Kind?

  /// A label, its kind read off its prefix.
  public init(_ name: String) {
    self.name = name
    kind = Kind.allCases.first { name.hasPrefix($0.rawValue + "-") }
  }
}

extension Label {
  /// Whether a text can name a figure, its file and a link's target: letters, digits, `-` and `_`.
  static func isUsable(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic
    else { return false }
    return text.utf8.allSatisfy { $0.isWordCharacter && $0 < 0x80 || $0 == UInt8(ascii: "-") }
  }
}
