/// One line of a text while its glyphs are set: reads the markup, kerns, puts accents over letters.
struct GlyphRow {
  /// The fonts, the text's own first.
  let fonts: [Font]
  let hasMarkup: Bool
  private(set) var glyphs: [TextLayout.Placed] = []
  /// Where the next letter stands.
  private(set) var x = 0.0
  /// The characters that no font has.
  private(set) var missing: [Unicode.Scalar] = []
  private var last: (glyph: Int, font: Int, size: Double, baseline: Double)?
  private var base: Base?

  /// The letter that combining marks go to, with what already stands above and below it.
  private struct Base {
    var letter: Unicode.Scalar
    var index: Int
    /// What letter and marks take so far, in points, y down; found when the first mark comes.
    var box: Rect?
  }

  /// The size of raised and lowered letters, as a share of those around them.
  private static let scriptSize = 0.7
  /// How far they are raised and lowered, in ems of the letters around them.
  private static let raise = 0.36
  private static let lower = 0.16
  /// How much further apart both stand when one is above the other.
  private static let apart = 0.07

  init(fonts: [Font], hasMarkup: Bool) {
    self.fonts = fonts
    self.hasMarkup = hasMarkup
  }

  /// Sets a line.
  mutating func add(_ line: Substring, size: Double) {
    var rest = Array(line.unicodeScalars)[...]
    add(&rest, size: size, baseline: 0, isNested: false)
  }

  /// Sets the letters up to the end, or to the brace that closes a script.
  private mutating func add(
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
        var shift = (isRaised ? -Self.raise : Self.lower) * size
        let beside = script.flatMap { $0.isRaised != isRaised ? $0 : nil }
        if let beside {
          let apart = (isRaised ? -Self.apart : Self.apart) * size
          shift += apart
          for i in beside.glyphs { glyphs[i].y -= apart }
        }
        let start = beside?.start ?? x
        let first = glyphs.count
        x = start
        base = nil
        add(&rest, size: size * Self.scriptSize, baseline: baseline + shift, isNested: true)
        x = max(x, beside?.end ?? x)
        script = (isRaised, start, x, first..<glyphs.count)
        last = nil
        base = nil
      } else {
        script = nil
        place(letter, size, baseline)
      }
    }
  }

  private mutating func place(_ letter: Unicode.Scalar, _ size: Double, _ baseline: Double) {
    // Variation selectors and joiners have no shape of their own.
    if (0xFE00...0xFE0F).contains(letter.value) || (0x200B...0x200D).contains(letter.value)
      || letter.value == 0x34F
    {
      return
    }
    let letter = letter == "\t" ? " " : letter
    let (glyph, font) = find(letter)
    if letter.isCombining, glyph != 0, let base {
      placeMark(letter, glyph, font, on: base, size, baseline)
      return
    }
    if let last, last.size == size, last.baseline == baseline, last.font == font {
      x += fonts[font].kerning(last.glyph, glyph) * size
    }
    glyphs.append(
      TextLayout.Placed(
        glyph: glyph, font: font, x: x, y: baseline, size: size, letter: letter))
    base = Base(letter: letter, index: glyphs.count - 1)
    x += fonts[font].advance(of: glyph) * size
    last = (glyph, font, size, baseline)
  }

  /// The first font that has the character; the sign for a missing one of the text's own font when
  /// none has.
  private mutating func find(_ letter: Unicode.Scalar) -> (glyph: Int, font: Int) {
    for (index, font) in fonts.enumerated() {
      let glyph = font.glyph(for: letter)
      if glyph != 0 { return (glyph, index) }
    }
    missing.append(letter)
    return (0, 0)
  }

  /// The ink of a glyph in points, y down.
  private func ink(of placed: TextLayout.Placed) -> Rect {
    let font = fonts[placed.font]
    let scale = placed.size / font.unitsPerEm
    guard let ink = font.inkBounds(of: placed.glyph) else {
      return Rect(
        x: placed.x, y: placed.y, width: font.advance(of: placed.glyph) * placed.size, height: 0)
    }
    return Rect(
      minX: placed.x + ink.minX * scale, minY: placed.y - ink.maxY * scale,
      maxX: placed.x + ink.maxX * scale, maxY: placed.y - ink.minY * scale)
  }

  /// Puts an accent over the middle of its letter, a cedilla under it.
  ///
  /// The font draws marks for letters of the height of an x; over taller ones, and over other
  /// marks, they are raised by what these are higher.
  private mutating func placeMark(
    _ letter: Unicode.Scalar, _ glyph: Int, _ font: Int, on given: Base, _ size: Double,
    _ baseline: Double
  ) {
    var base = given
    let place = letter.markPlace
    if place == .above, base.letter == "i" || base.letter == "j" {
      // A dot gives way to what stands above it.
      let (bare, bareFont) = find(base.letter == "i" ? "\u{131}" : "\u{237}")
      if bare != 0 {
        glyphs[base.index].glyph = bare
        glyphs[base.index].font = bareFont
      }
      base.letter = "\u{131}"
    }
    let under = base.box ?? ink(of: glyphs[base.index])
    var mark = TextLayout.Placed(
      glyph: glyph, font: font, x: 0, y: baseline, size: size, letter: letter)
    switch place {
    case .above: mark.y += min(0, under.minY - (baseline - fonts[font].xHeight * size))
    case .below: mark.y += max(0, under.maxY - baseline)
    case .across: break
    }
    mark.x = under.midX - ink(of: mark).midX
    glyphs.append(mark)
    // The next mark stands on this one; its own distance from the letter is in its outline.
    let own = ink(of: mark)
    base.box =
      switch place {
      case .above: Rect(minX: under.minX, minY: own.minY, maxX: under.maxX, maxY: under.maxY)
      case .below: Rect(minX: under.minX, minY: under.minY, maxX: under.maxX, maxY: own.maxY)
      case .across: under
      }
    self.base = base
  }
}

extension Unicode.Scalar {
  fileprivate enum MarkPlace { case above, below, across }

  /// Whether the character is set over, under or through the one before it.
  fileprivate var isCombining: Bool {
    value >= 0x300 && properties.canonicalCombiningClass != .notReordered
  }

  /// Where Unicode's combining class says that a mark goes.
  fileprivate var markPlace: MarkPlace {
    switch properties.canonicalCombiningClass.rawValue {
    case 1: .across
    case 202, 218, 220, 222, 233, 240: .below
    default: .above
    }
  }
}
