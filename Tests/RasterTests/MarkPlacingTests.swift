import Foundation
import Testing

@testable import Raster

@Suite
struct MarkPlacingTests {
  private func layout(_ string: String) -> TextLayout { TextLayout(Text(string, size: 100)) }

  /// The ink of a text.
  private func bounds(_ string: String) -> Rect { Text(string, size: 100).measure().bounds }

  @Test func `A mark takes no room and stands over the middle of its letter`() throws {
    let cases: [String] = [
      "x\u{304}", "θ\u{302}", "x\u{307}", "w\u{302}", "v\u{20D7}", "X\u{304}", "Σ\u{302}",
    ]
    for string in cases {
      let letter = String(string.unicodeScalars.prefix(1))
      #expect(layout(string).metrics.width == layout(letter).metrics.width)
      let (bare, marked) = (bounds(letter), bounds(string))
      #expect(marked.maxY == bare.maxY)
      #expect(marked.minY < bare.minY - 3)
      // The mark lies above the letter's ink, and its middle over the letter's.
      let row = layout(string).lines[0].glyphs
      #expect(row.count == 2)
      let mark = try #require(
        Font.regular.inkBounds(of: row[1].glyph).map { ink in
          (row[1].x + ink.midX * 100 / 2048, row[1].y - ink.minY * 100 / 2048)
        })
      #expect((mark.0 - bare.midX).magnitude < 1e-9)
      #expect(mark.1 < bare.minY)
    }
  }

  @Test(arguments: [("é", "e\u{301}"), ("ẋ", "x\u{307}")])
  func `Composed and precomposed letters look alike`(one: String, two: String) {
    let (a, b) = (bounds(one), bounds(two))
    for (left, right) in [(a.minX, b.minX), (a.maxX, b.maxX), (a.minY, b.minY), (a.maxY, b.maxY)] {
      #expect((left - right).magnitude < 2.5)
    }
  }

  @Test
  func `A second mark stands on the first; one below hangs under the letter; a dot gives way`() {
    #expect(bounds("x\u{304}\u{307}").minY < bounds("x\u{304}").minY - 3)
    #expect(bounds("x\u{323}").maxY > bounds("x").maxY + 3)
    #expect(bounds("p\u{323}").maxY > bounds("p").maxY + 3)
    let dotless = layout("i\u{302}").lines[0].glyphs
    #expect(dotless[0].glyph == Font.regular.glyph(for: "\u{131}"))
    #expect(layout("\u{304}x").metrics.width > layout("x").metrics.width - 1)
  }

  @Test
  func `Cyrillic, accented Greek and Vietnamese are there, in both weights`() {
    let text = "Точность обучения, потери Ёё Әә Өө; Ακρίβεια ΰ; Độ chính xác"
    for weight in [Font.Weight.regular, .bold] {
      #expect(TextLayout(Text(text, size: 10, weight: weight)).missing == [])
    }
  }

  @Test
  func `What no font has is said with its text and code point`() {
    let layout = layout("漢 loss 字")
    #expect(layout.missing == ["漢", "字"])
    #expect(
      MissingGlyphs.sentence(layout.missing, in: "漢 loss 字")
        == "no font has “漢” (U+6F22), “字” (U+5B57) of the text “漢 loss 字”; a box stands in its "
        + "place. Font.withSubstitutes takes a font that has it")
    #expect(MissingGlyphs.sentence([], in: "loss") == nil)
  }

  @Test
  func `A substitute is asked for what the text's font does not have, and for nothing else`() throws
  {
    let bytes = try #require(Data(base64Encoded: Self.oneGlyph, options: .ignoreUnknownCharacters))
    let chinese = try Font(trueType: [UInt8](bytes))
    let text = Text("é漢", size: 100)
    let inside = Font.withSubstitutes([chinese]) { TextLayout(text) }
    #expect(inside.missing.isEmpty)
    #expect(inside.lines[0].glyphs.map(\.font) == [0, 1])
    // The square of the small font is 1935 units wide.
    let width = Text("é", size: 100).width + 1935.0 / 2048 * 100
    #expect((inside.metrics.width - width).magnitude < 1e-9)
    #expect(Font.substitutes.isEmpty)
    #expect(TextLayout(text).missing == ["漢"])
  }

  /// A font with one square that claims to be U+6F22: DejaVu Sans' U+25A0, cut out and renamed with
  /// fonttools.
  private static let oneGlyph = """
    AAEAAAAHAEAAAgAwY21hcAAMb1UAAAEAAAAALGdseWY7Ft7JAAABNAAAABpoZWFkCb3AhgAAAHwA
    AAA2aGhlYQ7+BmkAAAC0AAAAJGhtdHgMXAEgAAAA+AAAAAhsb2NhAA0AAAAAASwAAAAGbWF4cAAE
    AAUAAADYAAAAIAABAAAAAlmZEyiJ1F8PPPUAHwgAAAAAANF+DuQAAAAA0X4O5AC6/wQG1QUkAAAA
    CAAAAAAAAAAAAAEAAAdt/h0AAAePALoAugbVAAEAAAAAAAAAAAAAAAAAAAACAAEAAAACAAQAAQAA
    AAAAAQAAAAAAAAAAAAAAAAAAAAAEzQBmB48AugAAAAEAAwABAAAADAAEACAAAAAEAAQAAQAAbyL/
    /wAAbyL//5DfAAEAAAAAAAAAAAANAAAAAQC6/wQG1QUkAAMAABcRIRG6Bhv8BiD54AAA
    """
}
