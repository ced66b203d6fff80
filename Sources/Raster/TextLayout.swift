/// Where each glyph of a text stands.
struct TextLayout {
  /// A glyph with its place on the line, in points from the line's beginning, y down.
  struct Placed {
    var glyph: Int
    /// Which of the text's fonts the glyph is from: 0 is its own, others stand in for it.
    var font: Int
    var x: Double
    var y: Double
    var size: Double
    /// The character that it stands for.
    var letter: Unicode.Scalar

    /// From the font's units, y up, to points from the line's beginning, y down.
    func transform(_ font: Font) -> AffineTransform {
      let scale = size / font.unitsPerEm
      return AffineTransform(a: scale, b: 0, c: 0, d: -scale, tx: x, ty: y)
    }
  }

  /// One line of a text.
  struct Line {
    var glyphs: [Placed] = []
    var width = 0.0
  }

  private(set) var lines: [Line] = []
  let metrics: TextMetrics
  /// The characters that no font has, in order.
  private(set) var missing: [Unicode.Scalar] = []
  private let fonts: [Font]
  private let lineHeight: Double

  init(_ text: Text) {
    let font = text.font
    fonts = [font] + Font.substitutes
    lineHeight = text.size * text.lineSpacing
    var highest = font.ascent * text.size
    var deepest = font.descent * text.size
    for part in Self.parts(of: text.string) {
      var row = GlyphRow(fonts: fonts, hasMarkup: text.hasMarkup)
      row.add(part, size: text.size)
      for placed in row.glyphs where placed.size != text.size {
        highest = max(highest, font.capHeight * placed.size - placed.y)
        deepest = max(deepest, font.descent * placed.size + placed.y)
      }
      lines.append(Line(glyphs: row.glyphs, width: row.x))
      missing += row.missing
    }
    let distance = Double(lines.count - 1) * lineHeight
    let width = lines.map(\.width).max() ?? 0
    metrics = TextMetrics(
      width: width, ascent: highest, descent: deepest, capHeight: font.capHeight * text.size,
      baselineDistance: distance, bounds: .zero)
  }

  /// The lines of a string.
  private static func parts(of string: String) -> [Substring] {
    // Most labels have one line, and no byte that the signs for a new one have: to know that is quick,
    // to look at character after character is not.
    let mayBreak = string.utf8.contains { byte in
      (0xA...0xD).contains(byte) || byte == 0x85 || byte == 0xA8 || byte == 0xA9
    }
    guard mayBreak else { return [string[...]] }
    return string.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// The metrics with the box of the ink, which takes the outlines of all letters and is not needed
  /// to set the text.
  var metricsWithInk: TextMetrics {
    var ink: Rect?
    for i in lines.indices {
      if let bounds = path(line: i).bounds?.offset(dx: 0, dy: Double(i) * lineHeight) {
        ink = ink?.union(bounds) ?? bounds
      }
    }
    return TextMetrics(
      width: metrics.width, ascent: metrics.ascent, descent: metrics.descent,
      capHeight: metrics.capHeight, baselineDistance: metrics.baselineDistance,
      bounds: ink ?? .zero)
  }

  /// The outline of a line's glyphs, in points from the line's beginning, y down.
  func path(line: Int) -> Path {
    var result = Path()
    for placed in lines[line].glyphs {
      let font = fonts[placed.font]
      result.append(font.outline(of: placed.glyph).transformed(by: placed.transform(font)))
    }
    return result
  }

  /// A line's glyphs, moved by `transform`.
  func glyphs(line: Int, through transform: AffineTransform) -> [Drawing.Glyph] {
    lines[line].glyphs.map { placed in
      let font = fonts[placed.font]
      return Drawing.Glyph(
        font: font, index: placed.glyph, letter: placed.letter,
        place: placed.transform(font).concatenating(transform))
    }
  }

  /// Where the beginning of a line lies, seen from the anchor.
  func origin(ofLine line: Int, _ anchor: Anchor) -> Point {
    let width = lines[line].width
    let x =
      switch anchor.horizontal {
      case .left: 0.0
      case .center: -width / 2
      case .right: -width
      }
    let y =
      switch anchor.vertical {
      case .top: metrics.ascent
      case .middle: (metrics.capHeight - metrics.baselineDistance) / 2
      case .baseline: 0.0
      case .bottom: -metrics.baselineDistance - metrics.descent
      }
    return Point(x, y + Double(line) * lineHeight)
  }
}
