/// The directory at the beginning of a font file.
struct FontTables {
  private var tables: [String: FontBytes] = [:]

  init(_ bytes: [UInt8]) throws(FontError) {
    let file = FontBytes(bytes[...], name: "file")
    let kind = try file.uint32(0)
    guard kind == 0x0001_0000 || kind == 0x7472_7565 else {
      throw FontError("the bytes are not a TrueType font: they do not begin with its signature")
    }
    for i in 0..<(try file.uint16(4)) {
      let entry = 12 + 16 * i
      var tag = ""
      for k in 0..<4 { tag.append(Character(Unicode.Scalar(UInt8(try file.uint8(entry + k))))) }
      let offset = try file.uint32(entry + 8)
      let length = try file.uint32(entry + 12)
      tables[tag] = try file.slice(offset, length, name: "“\(tag)” table")
    }
  }

  /// The table with the given tag.
  func required(_ tag: String) throws(FontError) -> FontBytes {
    guard let table = tables[tag] else { throw FontError("the font has no “\(tag)” table") }
    return table
  }

  /// The table with the given tag, if there is one.
  func optional(_ tag: String) -> FontBytes? { tables[tag] }
}

/// Which glyph stands for a character: the format 4 subtable of `cmap`.
struct CharacterMap: Sendable {
  private struct Segment: Sendable {
    var first: Int
    var last: Int
    var delta: Int
    /// Where in `glyphs` the segment's entries begin, or nil when only `delta` counts.
    var start: Int?
  }

  private var segments: [Segment] = []
  private var glyphs: [UInt16] = []
  private let glyphCount: Int

  init(_ cmap: FontBytes, glyphCount: Int) throws(FontError) {
    self.glyphCount = glyphCount
    for i in 0..<(try cmap.uint16(2)) {
      let platform = try cmap.uint16(4 + 8 * i)
      let encoding = try cmap.uint16(6 + 8 * i)
      let offset = try cmap.uint32(8 + 8 * i)
      let unicode = platform == 0 || (platform == 3 && encoding == 1)
      if unicode, try cmap.uint16(offset) == 4 {
        try read(cmap.slice(offset, cmap.count - offset, name: "“cmap” table"))
        return
      }
    }
    throw FontError("the font has no Unicode character map of format 4")
  }

  private mutating func read(_ table: FontBytes) throws(FontError) {
    let doubled = try table.uint16(6)
    let length = min(try table.uint16(2), table.count)
    let ends = 14
    let starts = ends + doubled + 2
    let deltas = starts + doubled
    let offsets = deltas + doubled
    let glyphArray = offsets + doubled
    var at = glyphArray
    while at + 2 <= length {
      glyphs.append(UInt16(try table.uint16(at)))
      at += 2
    }
    for i in stride(from: 0, to: doubled, by: 2) {
      let offset = try table.uint16(offsets + i)
      // The offset counts from where it stands itself.
      let start = offset == 0 ? nil : (offsets + i + offset - glyphArray) / 2
      let segment = Segment(
        first: try table.uint16(starts + i), last: try table.uint16(ends + i),
        delta: try table.uint16(deltas + i), start: start)
      if let start, start < 0 || start + segment.last - segment.first >= glyphs.count,
        segment.first <= segment.last, segment.first != 0xFFFF
      {
        throw FontError("the font's character map points outside of itself")
      }
      segments.append(segment)
    }
    segments.sort { $0.last < $1.last }
  }

  /// The glyph for the character, or 0.
  func glyph(for character: Unicode.Scalar) -> Int {
    let code = Int(character.value)
    guard code < 0xFFFF else { return 0 }
    var low = 0
    var high = segments.count
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].last < code { low = middle + 1 } else { high = middle }
    }
    guard low < segments.count, segments[low].first <= code else { return 0 }
    let segment = segments[low]
    var glyph = code
    if let start = segment.start {
      let i = start + code - segment.first
      guard glyphs.indices.contains(i), glyphs[i] != 0 else { return 0 }
      glyph = Int(glyphs[i])
    }
    glyph = (glyph + segment.delta) & 0xFFFF
    return glyph < glyphCount ? glyph : 0
  }
}

/// How much closer or wider apart than usual certain pairs of glyphs stand: the horizontal format 0
/// subtables of `kern`.
struct KerningTable: Sendable {
  private var pairs: [UInt32] = []
  private var values: [Int16] = []

  init(_ kern: FontBytes?) throws(FontError) {
    guard let kern else { return }
    var entries: [(pair: UInt32, value: Int16)] = []
    var offset = 4
    for _ in 0..<(try kern.uint16(2)) {
      let length = try kern.uint16(offset + 2)
      let coverage = try kern.uint16(offset + 4)
      // Format 0, horizontal, neither minimum values nor cross-stream.
      if coverage & 0xFF07 == 1 {
        let count = try kern.uint16(offset + 6)
        // A pair takes 6 bytes: subtables that overlap could make many of few.
        guard count <= kern.count / 6 - entries.count else {
          throw FontError("the font's kerning tables overlap or end early")
        }
        for i in 0..<count {
          let at = offset + 14 + 6 * i
          entries.append(
            (UInt32(try kern.uint32(at)), Int16(truncatingIfNeeded: try kern.int16(at + 4))))
        }
      }
      // A table of more than 10,920 pairs overflows its 16-bit length; it is then the last one.
      offset += max(length, 6)
      if offset >= kern.count { break }
    }
    entries.sort { $0.pair < $1.pair }
    pairs = entries.map(\.pair)
    values = entries.map(\.value)
  }

  /// The change of distance between two glyphs, in font units.
  func value(_ first: Int, _ second: Int) -> Double {
    let pair = UInt32(truncatingIfNeeded: first << 16 | second)
    var low = 0
    var high = pairs.count
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle] < pair { low = middle + 1 } else { high = middle }
    }
    return low < pairs.count && pairs[low] == pair ? Double(values[low]) : 0
  }
}
