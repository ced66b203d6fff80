internal import CFonts
import Requirements

/// An outline font: which glyph stands for a character, its shape, its width, and its kerning.
///
/// Two come with the library and are the same on every machine; ``init(trueType:)`` reads others.
public struct Font: Sendable {
  /// How heavy the letters are.
  public enum Weight: Sendable, Hashable {
    /// For ordinary text.
    case regular
    /// For titles and emphasis.
    case bold
  }

  /// The font for ordinary text, a subset of DejaVu Sans.
  public static let regular = embedded(.regular)
  /// The font for bold text, a subset of DejaVu Sans Bold.
  public static let bold = embedded(.bold)

  /// The embedded font of the given weight.
  public static func weight(_ weight: Weight) -> Font {
    switch weight {
    case .regular: regular
    case .bold: bold
    }
  }

  /// The size of the square that the font's coordinates divide an em into.
  package let unitsPerEm: Double
  /// The heights of d, H and x above the baseline, in ems.
  let ascent: Double
  let capHeight: Double
  let xHeight: Double
  /// The depth of p below the baseline, in ems.
  let descent: Double

  /// The file that the font was read from; the same object for the same font.
  package let file: FontFile
  private let characters: CharacterMap
  /// How many glyphs there are.
  var glyphCount: Int { advances.count }

  private let kerning: KerningTable
  /// For each glyph its width in font units.
  private let advances: [Double]
  private let glyphs: GlyphTable

  /// Reads a TrueType font: one with `glyf` outlines and a format 4 character map.
  ///
  /// Every glyph is checked here, so drawing cannot fail later; its outline is read when it is drawn.
  /// Takes time and memory for the bytes of the file.
  ///
  /// - Throws: ``FontError`` when the bytes are no such font, or a broken one.
  public init(trueType bytes: [UInt8]) throws(FontError) {
    let tables = try FontTables(bytes)
    file = FontFile(bytes)
    let head = try tables.required("head")
    let units = try head.uint16(18)
    guard (16...16384).contains(units) else {
      throw FontError("the font divides an em into \(units) units, not 16 to 16384")
    }
    let glyphCount = try tables.required("maxp").uint16(4)
    guard glyphCount > 0 else { throw FontError("the font has no glyphs") }
    let characters = try CharacterMap(tables.required("cmap"), glyphCount: glyphCount)
    self.characters = characters
    kerning = try KerningTable(tables.optional("kern"))
    advances = try Self.advances(tables, glyphCount: glyphCount)
    let glyphs = try GlyphTable(
      glyf: tables.required("glyf"), loca: tables.required("loca"),
      longOffsets: try head.int16(50) != 0, glyphCount: glyphCount)
    self.glyphs = glyphs
    unitsPerEm = Double(units)

    let hhea = try tables.required("hhea")
    let tallest = Double(try hhea.int16(4))
    let deepest = Double(try hhea.int16(6))
    func extent(_ character: Unicode.Scalar) -> Rect? {
      glyphs.outline(characters.glyph(for: character)).bounds
    }
    ascent = (extent("d")?.maxY ?? tallest) / Double(units)
    capHeight = (extent("H")?.maxY ?? tallest) / Double(units)
    xHeight = (extent("x")?.maxY ?? tallest / 2) / Double(units)
    descent = -(extent("p")?.minY ?? deepest) / Double(units)
  }

  /// Whether the font has a shape for the character.
  public func contains(_ character: Unicode.Scalar) -> Bool {
    characters.glyph(for: character) != 0
  }

  /// The glyph for a character; 0, the sign for a missing one, when the font has none.
  func glyph(for character: Unicode.Scalar) -> Int { characters.glyph(for: character) }

  /// The width of a glyph in ems.
  package func advance(of glyph: Int) -> Double { advances[glyph] / unitsPerEm }

  /// By how much the second glyph moves right when it follows the first, in ems.
  func kerning(_ first: Int, _ second: Int) -> Double {
    kerning.value(first, second) / unitsPerEm
  }

  /// The outline of a glyph in font units, y up.
  ///
  /// A missing glyph is a visible box, also in fonts that leave it empty.
  func outline(of glyph: Int) -> Path {
    let outline = glyphs.outline(glyph)
    return glyph == 0 && outline.isEmpty ? missing : outline
  }

  /// The box of a glyph's ink in font units, y up; nothing for a blank.
  func inkBounds(of glyph: Int) -> Rect? { glyphs.outline(glyph).bounds }

  private var missing: Path {
    let width = max(advances[0], unitsPerEm / 4)
    let line = unitsPerEm / 20
    let outer = Rect(
      x: line, y: 0, width: width - 2 * line, height: max(capHeight, 0.5) * unitsPerEm)
    var path = Path.rect(outer)
    // Wound the other way, so that it is a hole.
    path.append(
      Path.rect(outer.inset(by: line)).transformed(
        by: AffineTransform(a: -1, b: 0, c: 0, d: 1, tx: 2 * outer.midX, ty: 0)))
    return path
  }

  private static func advances(
    _ tables: FontTables, glyphCount: Int
  ) throws(FontError) -> [Double] {
    let count = try tables.required("hhea").uint16(34)
    let hmtx = try tables.required("hmtx")
    guard count > 0 else { throw FontError("the font has no glyph widths") }
    var result: [Double] = []
    result.reserveCapacity(glyphCount)
    // Glyphs beyond the last entry are as wide as it.
    for glyph in 0..<glyphCount {
      result.append(Double(try hmtx.uint16(4 * min(glyph, count - 1))))
    }
    return result
  }

  private static func embedded(_ weight: Weight) -> Font {
    do {
      return try Font(trueType: embeddedBytes(weight))
    } catch {
      requirementFailed("the embedded font cannot be read: \(error)")
    }
  }

  /// The file that is built into the library.
  static func embeddedBytes(_ weight: Weight) -> [UInt8] {
    // The C arrays are constants of the library and outlive everything.
    switch weight {
    case .regular:
      unsafe Array(UnsafeBufferPointer(start: cfonts_regular(), count: cfonts_regular_size()))
    case .bold:
      unsafe Array(UnsafeBufferPointer(start: cfonts_bold(), count: cfonts_bold_size()))
    }
  }
}
