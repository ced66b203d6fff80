internal import Requirements
internal import Synchronization

extension Font {
  /// The fonts that stand in for characters that a text's own font does not have, in order.
  @TaskLocal static var substitutes: [Font] = []

  /// Draws and measures within `body` with other fonts at hand: a character that a text's own font
  /// does not have is taken from the first of these that has it.
  ///
  /// ```swift
  /// let chinese = try Font(trueType: bytes)
  /// Font.withSubstitutes([chinese]) { show(figure) }
  /// ```
  ///
  /// Scopes nest; the innermost fonts come first.
  public static func withSubstitutes<Result>(
    _ fonts: [Font], _ body: () throws -> Result
  ) rethrows -> Result {
    try $substitutes.withValue(fonts + substitutes) { try body() }
  }
}

/// Tells on standard error which characters no font has, each once in a run.
enum MissingGlyphs {
  private static let told = Mutex<Set<Unicode.Scalar>>([])

  static func report(_ missing: [Unicode.Scalar], in text: String) {
    guard !missing.isEmpty else { return }
    let new = told.withLock { told in missing.filter { told.insert($0).inserted } }
    guard let sentence = sentence(new, in: text) else { return }
    warn(sentence)
  }

  /// “no font has “漢” (U+6F22) of “漢字”: …”, or nothing when nothing is missing.
  static func sentence(_ missing: [Unicode.Scalar], in text: String) -> String? {
    guard !missing.isEmpty else { return nil }
    let names = missing.map { "“\($0)” (\(codePoint($0)))" }.joined(separator: ", ")
    return "no font has \(names) of the text “\(text)”; a box stands in its place. "
      + "Font.withSubstitutes takes a font that has it"
  }

  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
