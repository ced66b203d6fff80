import Tensors
import Testing

@testable import Raster

@Suite("Reading fonts")
struct FontTests {
  private let bytes = Font.embeddedBytes(.regular)

  @Test("Bytes that are no font say so")
  func noFont() {
    #expect(throws: FontError.self) { try Font(trueType: []) }
    #expect {
      try Font(trueType: Array("not a font at all".utf8))
    } throws: {
      "\($0)".contains("not a TrueType font")
    }
  }

  @Test("A font cut short throws, wherever it is cut")
  func truncated() {
    for length in stride(from: 0, to: bytes.count - 16_000, by: 997) {
      #expect(throws: FontError.self) { try Font(trueType: Array(bytes.prefix(length))) }
    }
  }

  @Test("A damaged font throws or draws, and never crashes")
  func damaged() {
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

  @Test("A glyph that contains itself throws")
  func recursion() throws {
    // A composite glyph: −1 contours, a box, then one part: glyph 0, at (0, 0).
    let glyf: [UInt8] = [0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0]
    let loca: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 18]
    var reader = try GlyphReader(
      glyf: FontBytes(glyf[...], name: "glyf"), loca: FontBytes(loca[...], name: "loca"),
      longOffsets: true, glyphCount: 1)
    #expect {
      try reader.all()
    } throws: {
      "\($0)".contains("nested too deeply")
    }
  }

  @Test("A composite letter is made of its parts")
  func composite() throws {
    let letter = Font.regular.outline(of: Font.regular.glyph(for: "e"))
    let accented = Font.regular.outline(of: Font.regular.glyph(for: "é"))
    #expect(accented.elements.starts(with: letter.elements))
    #expect(accented.elements.count > letter.elements.count)
  }
}
