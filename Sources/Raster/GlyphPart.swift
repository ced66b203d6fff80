/// A glyph that a composite one is made of, and where it stands there.
struct GlyphPart {
  let glyph: Int
  let transform: AffineTransform

  /// The parts of a composite glyph, whose bytes are given.
  static func all(of data: FontBytes) throws(FontError) -> [GlyphPart] {
    var parts: [GlyphPart] = []
    var at = 10
    var more = true
    while more {
      let flags = try data.uint16(at)
      let glyph = try data.uint16(at + 2)
      at += 4
      guard flags & 2 != 0 else {
        throw FontError("the font places parts of glyphs by matching points, which is not read")
      }
      var transform = AffineTransform.identity
      if flags & 1 != 0 {
        transform.tx = Double(try data.int16(at))
        transform.ty = Double(try data.int16(at + 2))
        at += 4
      } else {
        transform.tx = Double(Int8(truncatingIfNeeded: try data.uint8(at)))
        transform.ty = Double(Int8(truncatingIfNeeded: try data.uint8(at + 1)))
        at += 2
      }
      // Fractions with 14 bits after the point.
      func fraction(_ i: Int) throws(FontError) -> Double {
        Double(try data.int16(at + 2 * i)) / 16384
      }
      if flags & 8 != 0 {
        transform.a = try fraction(0)
        transform.d = transform.a
        at += 2
      } else if flags & 0x40 != 0 {
        transform.a = try fraction(0)
        transform.d = try fraction(1)
        at += 4
      } else if flags & 0x80 != 0 {
        transform.a = try fraction(0)
        transform.b = try fraction(1)
        transform.c = try fraction(2)
        transform.d = try fraction(3)
        at += 8
      }
      parts.append(GlyphPart(glyph: glyph, transform: transform))
      more = flags & 0x20 != 0
    }
    return parts
  }
}
