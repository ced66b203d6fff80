import Foundation
import Tensors
import Testing

@testable import Raster

@Suite
struct FontTests {
  private let bytes = Font.embeddedBytes(.regular)

  @Test
  func `Bytes that are no font say so`() {
    #expect(throws: FontError.self) { try Font(trueType: []) }
    #expect {
      try Font(trueType: Array("not a font at all".utf8))
    } throws: {
      "\($0)".contains("not a TrueType font")
    }
  }

  @Test
  func `A font cut short throws, wherever it is cut`() {
    for length in stride(from: 0, to: bytes.count - 16_000, by: 997) {
      #expect(throws: FontError.self) { try Font(trueType: Array(bytes.prefix(length))) }
    }
  }

  @Test
  func `A damaged font throws or draws, and never crashes`() {
    var random = SplitMix64(seed: 8)
    var thrown = 0
    let rounds = 150
    for round in 0..<rounds {
      var damaged = bytes
      // The directory and small tables decide most, so half of the damage goes there.
      let reach = round % 2 == 0 ? 4000 : bytes.count
      for _ in 0..<(1 << (round % 6)) {
        damaged[Int.random(in: 0..<reach, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      guard let font = try? Font(trueType: damaged) else {
        thrown += 1
        continue
      }
      let text = Text("Åg fi ½∂ x^{2}", size: 12, font: font)
      _ = coverage(width: 60, height: 30) { $0.draw(text, at: Point(5, 20), color: .white) }
    }
    #expect(thrown > 20 && thrown < rounds)
  }

  @Test
  func `A glyph that contains itself throws`() throws {
    // A composite glyph: −1 contours, a box, then one part: glyph 0, at (0, 0).
    let glyf: [UInt8] = [0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0]
    #expect {
      try Self.table([glyf])
    } throws: {
      "\($0)".contains("nested too deeply")
    }
  }

  /// A table of glyphs with the given bytes.
  private static func table(_ glyphs: [[UInt8]]) throws -> GlyphTable {
    var loca: [UInt8] = []
    var end = 0
    for length in [0] + glyphs.map(\.count) {
      end += length
      loca += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: end >> $0) }
    }
    return try GlyphTable(
      glyf: FontBytes(Array(glyphs.joined())[...], name: "glyf"),
      loca: FontBytes(loca[...], name: "loca"), longOffsets: true, glyphCount: glyphs.count)
  }

  /// A glyph of one contour of 65,536 points in few bytes: all of them where the last one was.
  private static let dense: [UInt8] =
    [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0]
    + (0..<256).flatMap { _ in [UInt8(0x39), 255] }

  /// A glyph made of others, each at (0, 0).
  private static func made(of parts: [Int]) -> [UInt8] {
    [0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0]
      + parts.enumerated().flatMap { i, glyph in
        [0, i + 1 < parts.count ? 0x22 : 0x02, UInt8(glyph >> 8), UInt8(glyph & 255), 0, 0]
      }
  }

  @Test
  func `A font may have millions of points, but no single glyph more than it can be drawn with`()
    throws
  {
    let font = try Self.table([[UInt8]](repeating: Self.dense, count: 60) + [Self.made(of: [1])])
    #expect(font.outline(0).elements.count == 65_537)
    #expect(font.outline(60) == font.outline(1))
    #expect {
      try Self.table([Self.dense, Self.made(of: [0, 0])])
    } throws: {
      "\($0)" == "the font's glyph 1 has more than 100000 points with all its parts"
    }
  }

  @Test
  func `Composite glyphs that double eight times over are refused, not drawn`() {
    // Each level repeats the one before 200 times: 200⁴ triangles of some 5 kB.
    let triangle: [UInt8] =
      [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0x37, 0x37, 0x37, 1, 2, 3, 1, 2, 3]
    let levels = (0..<4).map { Self.made(of: [Int](repeating: $0, count: 200)) }
    #expect(throws: FontError.self) { try Self.table([triangle] + levels) }
  }

  @Test
  func `Kerning tables that lie upon each other are refused`() throws {
    // A subtable every 6 bytes, each of which claims all pairs to the end.
    let subtables = 2000
    var bytes: [UInt8] = [0, 0, UInt8(subtables >> 8), UInt8(subtables & 255)]
    for i in 0..<subtables {
      // A subtable's count of pairs lies where the next one has its version.
      let pairs = max(subtables - i - 3, 0)
      bytes += [UInt8(pairs >> 8), UInt8(pairs & 255), 0, 6, 0, 1]
    }
    #expect {
      try KerningTable(FontBytes(bytes[...], name: "kern"))
    } throws: {
      "\($0)" == "the font's kerning tables overlap or end early"
    }
  }

  /// Where Debian's fonts-droid-fallback is installed: 50,000 glyphs of more than a million points.
  private static let droid = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: droid), "needs the font \(droid)"))
  func `A real font with a million points is read`() throws {
    let font = try Font(trueType: [UInt8](Data(contentsOf: URL(filePath: Self.droid))))
    #expect(font.contains("字") && font.outline(of: font.glyph(for: "字")).elements.count > 20)
  }

  @Test
  func `A composite letter is made of its parts`() throws {
    let letter = Font.regular.outline(of: Font.regular.glyph(for: "e"))
    let accented = Font.regular.outline(of: Font.regular.glyph(for: "é"))
    #expect(accented.elements.starts(with: letter.elements))
    #expect(accented.elements.count > letter.elements.count)
  }
}
