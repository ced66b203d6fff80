import Raster
import Tensors
import Testing

@Suite
struct TextTests {
  /// Widths in 2048ths of an em, from the font's hmtx and kern tables as fonttools reads them.
  @Test(arguments: [
    ("A", 1401), ("0", 1303), ("i", 569), ("AV", 1401 + 1401 - 131), ("nn", 2 * 1298),
  ])
  func `Widths are the sums of the letters' and the kerning between them`(
    string: String, units: Int
  ) {
    let width = Text(string, size: 20).measure().width
    #expect(abs(width - Double(units) / 2048 * 20) < 1e-9)
  }

  @Test
  func `All digits are equally wide, so that columns of numbers line up`() {
    let widths = Set((0...9).map { Text("\($0)", size: 10).measure().width })
    #expect(widths.count == 1)
  }

  @Test
  func `Heights do not depend on the letters, ink does`() {
    let low = Text("ace", size: 10).measure()
    let high = Text("Åqj", size: 10).measure()
    #expect(low.ascent == high.ascent && low.descent == high.descent)
    #expect(low.bounds.height < high.bounds.height)
    #expect(abs(low.capHeight - 1493.0 / 2048 * 10) < 1e-9)
    #expect(abs(low.ascent - 1556.0 / 2048 * 10) < 1e-9)
  }

  @Test
  func `Both ends of a line end it`() {
    let text = Text("one\ntwo\n\nthree", size: 12).measure()
    #expect(text.baselineDistance > 0)
    #expect(Text("one\r\ntwo\r\n\r\nthree", size: 12).measure() == text)
  }

  @Test
  func `Raised and lowered letters are smaller and make the box grow`() {
    let plain = Text("x2", size: 20).measure()
    let raised = Text("x^{2}", size: 20).measure()
    let lowered = Text("x_{2}", size: 20).measure()
    #expect(raised.width < plain.width && raised.width == lowered.width)
    #expect(raised.ascent > plain.ascent && raised.descent == plain.descent)
    #expect(lowered.descent > plain.descent && lowered.ascent == plain.ascent)
    // One above the other takes no more width than the wider one.
    #expect(Text("x_{2}^{2}", size: 20).measure().width == raised.width)
    #expect(Text("e^{x^{2}}", size: 20).measure().width > Text("e^{x}", size: 20).measure().width)
  }

  @Test
  func `Verbatim text has no markup, and marks without braces are letters`() {
    let marked = Text("a_{b}", size: 10).measure().width
    #expect(Text(verbatim: "a_{b}", size: 10).measure().width > marked)
    #expect(
      Text("a_b^c", size: 10).measure().width
        == Text(verbatim: "a_b^c", size: 10).measure().width)
    // A brace that is never closed raises the rest.
    #expect(Text("x^{2", size: 10).measure().width == Text("x^{2}", size: 10).measure().width)
  }

  @Test
  func `Lines stand below each other, each in its place`() {
    let two = Text("wide line\nx", size: 10).measure()
    #expect(two.baselineDistance == 12)
    #expect(two.width == Text("wide line", size: 10).measure().width)
    #expect(two.height == two.ascent + 12 + two.descent)
    #expect(Text("", size: 10).measure().width == 0)
    #expect(Text("a\n\nb", size: 10).measure().baselineDistance == 24)
  }

  /// The painted columns and rows, in pixels.
  private func ink(_ draw: (inout Canvas) -> Void) -> (x: ClosedRange<Int>, y: ClosedRange<Int>)? {
    let cover = coverage(width: 200, height: 200, draw)
    let painted = cover.indices.filter { cover[$0] > 0 }
    let xs = painted.map { $0 % 200 }
    let ys = painted.map { $0 / 200 }
    guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max()
    else { return nil }
    return (left...right, top...bottom)
  }

  @Test
  func `The ink fills the measured box, at every anchor`() throws {
    let text = Text("Hxg^{2}", size: 30)
    let metrics = text.measure()
    let cases: [(Anchor.Horizontal, Double)] = [
      (.left, 0), (.center, -metrics.width / 2), (.right, -metrics.width),
    ]
    let verticals: [(Anchor.Vertical, Double)] = [
      (.baseline, 0), (.top, metrics.ascent), (.middle, metrics.capHeight / 2),
      (.bottom, -metrics.descent),
    ]
    for (horizontal, dx) in cases {
      for (vertical, dy) in verticals {
        let painted = try #require(
          ink {
            $0.draw(
              text, at: Point(100, 100), anchor: Anchor(horizontal, vertical), color: .white)
          })
        let box = metrics.bounds.offset(dx: 100 + dx, dy: 100 + dy)
        #expect(abs(Double(painted.x.lowerBound) - box.minX) <= 1)
        #expect(abs(Double(painted.x.upperBound + 1) - box.maxX) <= 1)
        // The baseline snaps to a row: half a pixel more.
        #expect(abs(Double(painted.y.lowerBound) - box.minY) <= 1.5)
        #expect(abs(Double(painted.y.upperBound + 1) - box.maxY) <= 1.5)
      }
    }
  }

  @Test
  func `Turned by quarters, the letters are the same pixels turned`() {
    let text = Text("Loss ∂L/∂x", size: 17)
    func cover(_ degrees: Double) -> [Int] {
      coverage(width: 201, height: 201) {
        $0.draw(text, at: Point(100, 100), color: .white, rotation: degrees)
      }
    }
    let upright = cover(0)
    // With the anchor on pixel corner (100, 100), a turn takes pixel (x, y) to (y, 199 − x).
    let quarter = cover(90)
    for y in 0..<200 {
      for x in 0..<200 where 199 - x >= 0 {
        #expect(abs(quarter[(199 - x) * 201 + y] - upright[y * 201 + x]) <= 1)
      }
    }
  }

  @Test
  func `A character that the font lacks is a visible box, and no string crashes`() throws {
    let unknown = try #require(
      ink { $0.draw(Text("\u{1F600}", size: 20), at: Point(50, 50), color: .white) })
    #expect(unknown.y.count > 10)
    #expect(!Font.regular.contains("\u{1F600}") && Font.regular.contains("∂"))
    var random = SplitMix64(seed: 7)
    for _ in 0..<200 {
      var string = ""
      for _ in 0..<12 {
        let code = UInt32.random(in: 0...0x10FFFF, using: &random)
        if let scalar = Unicode.Scalar(code) { string.unicodeScalars.append(scalar) }
        string += ["^{", "_{", "}", "\n", "\t", "{", "\u{301}"][Int(code % 7)]
      }
      let width = Text(string, size: 9).measure().width
      #expect(width.isFinite && width >= 0)
    }
  }

  @Test
  func `The signs that labels need are there in both weights`() {
    let signs =
      "αβγδεζηθικλμνξοπρστυφχψωΓΔΘΛΞΠΣΦΨΩ∂∇×±≤≥≈≠∞√∑∏∫→←↑↓↔−·…′″°µ²³⁻¹₀₁₂‐–—“”‘’✓✗✘⌈⌉⌊⌋∈∝≪≫•†éüßñçø€ℓℏ"
    for font in [Font.regular, .bold] {
      for sign in signs.unicodeScalars { #expect(font.contains(sign), "\(sign)") }
    }
  }
}
