/// The name of something that prose refers to: `fig-loss`, `tbl-errors`.
public struct Label: Hashable, Sendable {
  /// What a label names; each kind is numbered for itself.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// `fig-…`
    case figure = "fig"

    /// `tbl-…`
    case table = "tbl"

    /// `eq-…`, given to a formula: `$$ … $$ {#eq-…}`
    case equation = "eq"

    /// `sec-…`, given to a heading: `## Title {#sec-…}`
    case section = "sec"

    /// The word before the number.
    public var word: String {
      switch self {
      case .figure: "Figure"
      case .table: "Table"
      case .equation: "Equation"
      case .section: "Section"
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
  /// Reads `{#eq-mean}` at the end of a line.
  ///
  /// - Returns: The label, and where what stands before it ends.
  static func attribute(
    of kind: Kind, atEndOf bytes: ArraySlice<UInt8>
  ) -> (label: Label, end: Int)? {
    let text = bytes.trimmedBlanks
    guard text.last == UInt8(ascii: "}"), let open = text.lastIndex(of: UInt8(ascii: "{")),
      text[open...].starts(with: "{#".utf8)
    else { return nil }
    let label = Label(String(decoding: text[(open + 2)...].dropLast(), as: UTF8.self))
    guard label.kind == kind, isUsable(label.name) else { return nil }
    return (label, bytes[..<open].trimmedBlanks.endIndex)
  }

  /// Whether a text can name a figure, its file and a link's target: letters, digits, `-` and `_`.
  static func isUsable(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.isASCII, first.properties.isAlphabetic
    else { return false }
    return text.utf8.allSatisfy { $0.isWordCharacter && $0 < 0x80 || $0 == UInt8(ascii: "-") }
  }
}
