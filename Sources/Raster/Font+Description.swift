extension Font: CustomStringConvertible {
  /// The size of its em and how many glyphs it has: its tables are not for readers.
  public var description: String {
    "Font(\(glyphCount) glyphs, \(Int(unitsPerEm)) units per em)"
  }
}

extension Text: CustomStringConvertible {
  /// The string with its size and font.
  public var description: String { "Text(\"\(string)\", size \(size), \(font))" }
}
