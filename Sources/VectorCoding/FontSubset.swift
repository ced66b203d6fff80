/// A TrueType font with some glyphs of another one, numbered anew, for a PDF file to hold.
///
/// It has the seven tables that a program needs to draw outlines; hints are left out. The font has been
/// checked when it was read; what would still lie outside of the file reads as zero.
struct FontSubset {
  /// The font file.
  private(set) var bytes: [UInt8] = []
  /// The box around all glyphs of the whole font, in its units: left, bottom, right, top.
  let box: [Int]
  /// How far lines of the font reach up and (negative) down, in its units.
  let ascent: Int
  let descent: Int

  private let source: [UInt8]
  private var tables: [String: Range<Int>] = [:]
  /// The glyphs of the source in the order of the subset.
  private var glyphs: [Int]
  private var places: [Int: Int] = [:]

  /// - Parameter glyphs: The glyphs, the first of them 0. Those that composite ones are made of follow.
  init(_ source: [UInt8], glyphs: [Int]) {
    self.source = source
    self.glyphs = glyphs
    var tables: [String: Range<Int>] = [:]
    func number(_ at: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 << 8 | (at + $1 < source.count ? Int(source[at + $1]) : 0) }
    }
    for i in 0..<number(4, 2) {
      let entry = 12 + 16 * i
      let tag = String(decoding: source[entry..<entry + 4], as: UTF8.self)
      let start = min(number(entry + 8, 4), source.count)
      tables[tag] = start..<min(start + number(entry + 12, 4), source.count)
    }
    func signed(_ tag: String, _ at: Int) -> Int {
      tables[tag].map { Int(Int16(truncatingIfNeeded: number($0.lowerBound + at, 2))) } ?? 0
    }
    self.tables = tables
    box = [36, 38, 40, 42].map { signed("head", $0) }
    ascent = signed("hhea", 4)
    descent = signed("hhea", 6)
    for (place, glyph) in glyphs.enumerated() { places[glyph] = place }
    bytes = file()
  }

  private mutating func file() -> [UInt8] {
    var glyf: [UInt8] = []
    var loca: [UInt8] = []
    var at = 0
    while at < glyphs.count {
      loca += Self.big(glyf.count, 4)
      glyf += outline(glyphs[at])
      while glyf.count % 4 != 0 { glyf.append(0) }
      at += 1
    }
    loca += Self.big(glyf.count, 4)
    var head = table("head")
    var hhea = table("hhea")
    var maxp = table("maxp")
    Self.put(&head, 8, [0, 0, 0, 0])  // The sum over the file; nobody asks for it in a PDF.
    Self.put(&head, 50, [0, 1])  // Long offsets.
    Self.put(&hhea, 34, Self.big(glyphs.count, 2))
    Self.put(&maxp, 4, Self.big(glyphs.count, 2))
    let count = max(number("hhea", 34, 2), 1)
    var hmtx: [UInt8] = []
    for glyph in glyphs {
      hmtx += Self.big(number("hmtx", 4 * min(glyph, count - 1), 2), 2)
      hmtx += Self.big(
        glyph < count
          ? number("hmtx", 4 * glyph + 2, 2) : number("hmtx", 4 * count + 2 * (glyph - count), 2),
        2)
    }
    let all = [
      ("glyf", glyf), ("head", head), ("hhea", hhea), ("hmtx", hmtx), ("loca", loca),
      ("maxp", maxp),
    ]
    // For six tables a search begins at 4 of them.
    var result: [UInt8] = [0, 1, 0, 0] + [0, 6, 0, 64, 0, 2, 0, 32]
    var offset = 12 + 16 * all.count
    for (tag, data) in all {
      result += Array(tag.utf8) + Self.big(Self.sum(data), 4) + Self.big(offset, 4)
      result += Self.big(data.count, 4)
      offset += (data.count + 3) & ~3
    }
    for (_, data) in all {
      result += data
      while result.count % 4 != 0 { result.append(0) }
    }
    return result
  }

  /// The outline of a glyph without its hints; parts of composite ones get numbers of their own.
  private mutating func outline(_ glyph: Int) -> [UInt8] {
    let isLong = number("head", 50, 2) != 0
    let start = isLong ? number("loca", 4 * glyph, 4) : 2 * number("loca", 2 * glyph, 2)
    let end = isLong ? number("loca", 4 * glyph + 4, 4) : 2 * number("loca", 2 * glyph + 2, 2)
    guard let glyf = tables["glyf"], end > start, glyf.lowerBound + end <= glyf.upperBound
    else { return [] }
    var data = Array(source[glyf.lowerBound + start..<glyf.lowerBound + end])
    func two(_ at: Int) -> Int {
      at + 1 < data.count ? Int(data[at]) << 8 | Int(data[at + 1]) : 0
    }
    let contours = two(0)
    if contours < 0x8000 {
      let place = 10 + 2 * contours
      let hints = two(place)
      guard place + 2 + hints <= data.count else { return data }
      data.removeSubrange(place + 2..<place + 2 + hints)
      Self.put(&data, place, [0, 0])
      return data
    }
    var at = 10
    while at + 4 <= data.count {
      let flags = two(at)
      let part = two(at + 2)
      if places[part] == nil {
        places[part] = glyphs.count
        glyphs.append(part)
      }
      Self.put(&data, at, Self.big(flags & ~0x100, 2) + Self.big(places[part] ?? 0, 2))
      at += 4 + (flags & 1 != 0 ? 4 : 2)
      at += flags & 8 != 0 ? 2 : flags & 0x40 != 0 ? 4 : flags & 0x80 != 0 ? 8 : 0
      if flags & 0x20 == 0 { return Array(data.prefix(at)) }
    }
    return data
  }

  private func table(_ tag: String) -> [UInt8] { tables[tag].map { Array(source[$0]) } ?? [] }

  private func number(_ tag: String, _ at: Int, _ count: Int) -> Int {
    guard let range = tables[tag], range.lowerBound + at + count <= range.upperBound else {
      return 0
    }
    return (0..<count).reduce(0) { $0 << 8 | Int(source[range.lowerBound + at + $1]) }
  }

  private static func put(_ table: inout [UInt8], _ at: Int, _ bytes: [UInt8]) {
    guard at + bytes.count <= table.count else { return }
    table.replaceSubrange(at..<at + bytes.count, with: bytes)
  }

  private static func big(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - $0))) }
  }

  private static func sum(_ data: [UInt8]) -> Int {
    var sum: UInt32 = 0
    for (i, byte) in data.enumerated() { sum &+= UInt32(byte) << UInt32(24 - 8 * (i % 4)) }
    return Int(sum)
  }
}
