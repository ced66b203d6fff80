/// Where each glyph of a text stands.
struct TextLayout {
  /// A glyph with its place on the line, in points from the line's beginning, y down.
  struct Placed {
    var glyph: Int
    var x: Double
    var y: Double
    var size: Double
  }

  /// One line of a text.
  struct Line {
    var glyphs: [Placed] = []
    var width = 0.0
  }

  private(set) var lines: [Line] = []
  let metrics: TextMetrics
  private let font: Font
  private let lineHeight: Double

  /// The size of raised and lowered letters, as a share of those around them.
  private static let scriptSize = 0.7
  /// How far they are raised and lowered, in ems of the letters around them.
  private static let raise = 0.36
  private static let lower = 0.16
  /// How much further apart both stand when one is above the other.
  private static let apart = 0.07

  init(_ text: Text) {
    font = text.font
    lineHeight = text.size * text.lineSpacing
    var highest = font.ascent * text.size
    var deepest = font.descent * text.size
    for part in text.string.split(separator: "\n", omittingEmptySubsequences: false) {
      var builder = Builder(font: text.font, hasMarkup: text.hasMarkup)
      var rest = Array(part.unicodeScalars)[...]
      builder.add(&rest, size: text.size, baseline: 0, isNested: false)
      for placed in builder.glyphs where placed.size != text.size {
        highest = max(highest, font.capHeight * placed.size - placed.y)
        deepest = max(deepest, font.descent * placed.size + placed.y)
      }
      lines.append(Line(glyphs: builder.glyphs, width: builder.x))
    }
    let distance = Double(lines.count - 1) * lineHeight
    let width = lines.map(\.width).max() ?? 0
    metrics = TextMetrics(
      width: width, ascent: highest, descent: deepest, capHeight: font.capHeight * text.size,
      baselineDistance: distance, bounds: .zero)
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
      let scale = placed.size / font.unitsPerEm
      result.append(
        font.outline(of: placed.glyph).transformed(
          by: AffineTransform(a: scale, b: 0, c: 0, d: -scale, tx: placed.x, ty: placed.y)))
    }
    return result
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

  /// Reads the markup of one line and sets its glyphs.
  private struct Builder {
    let font: Font
    let hasMarkup: Bool
    var glyphs: [Placed] = []
    var x = 0.0
    private var last: (glyph: Int, size: Double, baseline: Double)?

    init(font: Font, hasMarkup: Bool) {
      self.font = font
      self.hasMarkup = hasMarkup
    }

    /// Sets the letters up to the end, or to the brace that closes a script.
    mutating func add(
      _ rest: inout ArraySlice<Unicode.Scalar>, size: Double, baseline: Double, isNested: Bool
    ) {
      // The script before this one, when nothing stands between: the other kind then stands above
      // or below it.
      var script: (isRaised: Bool, start: Double, end: Double, glyphs: Range<Int>)?
      while let letter = rest.popFirst() {
        if isNested && letter == "}" { return }
        if hasMarkup, letter == "^" || letter == "_", rest.first == "{" {
          rest.removeFirst()
          let isRaised = letter == "^"
          var shift = (isRaised ? -TextLayout.raise : TextLayout.lower) * size
          let beside = script.flatMap { $0.isRaised != isRaised ? $0 : nil }
          if let beside {
            let apart = (isRaised ? -TextLayout.apart : TextLayout.apart) * size
            shift += apart
            for i in beside.glyphs { glyphs[i].y -= apart }
          }
          let start = beside?.start ?? x
          let first = glyphs.count
          x = start
          add(&rest, size: size * TextLayout.scriptSize, baseline: baseline + shift, isNested: true)
          x = max(x, beside?.end ?? x)
          script = (isRaised, start, x, first..<glyphs.count)
          last = nil
        } else {
          script = nil
          place(letter, size, baseline)
        }
      }
    }

    private mutating func place(_ letter: Unicode.Scalar, _ size: Double, _ baseline: Double) {
      // Variation selectors and joiners have no shape of their own.
      if (0xFE00...0xFE0F).contains(letter.value) || (0x200B...0x200D).contains(letter.value) {
        return
      }
      let glyph = font.glyph(for: letter == "\t" ? " " : letter)
      if let last, last.size == size, last.baseline == baseline {
        x += font.kerning(last.glyph, glyph) * size
      }
      glyphs.append(Placed(glyph: glyph, x: x, y: baseline, size: size))
      x += font.advance(of: glyph) * size
      last = (glyph, size, baseline)
    }
  }
}
