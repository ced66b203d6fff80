import Raster

/// The fonts of a PDF file: of each, the glyphs that the text shows.
struct PDFFonts {
  private struct Entry {
    var font: Font
    /// The code of each glyph of the file: its place in the subset.
    var codes: [Int: UInt16] = [:]
    /// The glyphs in the order of their codes, with what each stands for.
    var glyphs: [(index: Int, letter: Unicode.Scalar?)] = [(0, nil)]
  }

  private var entries: [Entry] = []
  private var places: [ObjectIdentifier: Int] = [:]

  /// The name of a glyph's font, and the code of the glyph in it.
  mutating func use(_ glyph: Drawing.Glyph) -> (name: String, code: UInt16) {
    let id = ObjectIdentifier(glyph.font.file)
    let place = places[id] ?? entries.count
    if place == entries.count {
      places[id] = place
      entries.append(Entry(font: glyph.font))
    }
    if let code = entries[place].codes[glyph.index] { return ("F\(place)", code) }
    let code = UInt16(entries[place].glyphs.count)
    entries[place].codes[glyph.index] = code
    entries[place].glyphs.append((glyph.index, glyph.letter))
    return ("F\(place)", code)
  }

  /// Writes all fonts; their names with the numbers of their objects.
  func write(_ objects: inout PDFObjects) -> String {
    entries.enumerated().map { place, entry in
      "/F\(place) \(Self.write(entry, place, &objects)) 0 R"
    }.joined(separator: " ")
  }

  private static func write(_ entry: Entry, _ place: Int, _ objects: inout PDFObjects) -> Int {
    let subset = FontSubset(entry.font.file.bytes, glyphs: entry.glyphs.map(\.index))
    let file = objects.add(stream: subset.bytes, "/Length1 \(subset.bytes.count)")
    let name = "LABKIT+Font\(place)"
    func thousandths(_ units: Int) -> Int {
      Int((Double(units) * 1000 / entry.font.unitsPerEm).rounded())
    }
    let box = subset.box.map { "\(thousandths($0))" }.joined(separator: " ")
    let descriptor = objects.add(
      "<< /Type /FontDescriptor /FontName /\(name) /Flags 4 /FontBBox [\(box)] /ItalicAngle 0"
        + " /Ascent \(thousandths(subset.ascent)) /Descent \(thousandths(subset.descent))"
        + " /CapHeight \(thousandths(subset.ascent)) /StemV 80 /FontFile2 \(file) 0 R >>")
    let widths = entry.glyphs.map {
      "\(Int((entry.font.advance(of: $0.index) * 1000).rounded()))"
    }
    let descendant = objects.add(
      "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /\(name) /FontDescriptor \(descriptor) 0 R"
        + " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        + " /CIDToGIDMap /Identity /W [0 [\(widths.joined(separator: " "))]] >>")
    let unicode = objects.add(stream: Array(map(entry).utf8))
    return objects.add(
      "<< /Type /Font /Subtype /Type0 /BaseFont /\(name) /Encoding /Identity-H"
        + " /DescendantFonts [\(descendant) 0 R] /ToUnicode \(unicode) 0 R >>")
  }

  /// Which character each code stands for, so that text can be searched and copied.
  private static func map(_ entry: Entry) -> String {
    var text =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      + "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      + "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      + "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    let lines = entry.glyphs.enumerated().compactMap { code, glyph in
      glyph.letter.map { letter in
        "<\(PDFObjects.hex(UInt16(code)))> <"
          + String(Character(letter)).utf16.map(PDFObjects.hex).joined() + ">\n"
      }
    }
    // A list has a hundred lines at most.
    for start in stride(from: 0, to: lines.count, by: 100) {
      let part = lines[start..<min(start + 100, lines.count)]
      text += "\(part.count) beginbfchar\n" + part.joined() + "endbfchar\n"
    }
    return text + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
  }
}
