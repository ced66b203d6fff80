import Requirements
internal import Synchronization

/// The outlines of a TrueType font, read when they are asked for.
///
/// Every glyph is checked once, at a cost that grows with the bytes of the file and not with the
/// points that they claim: a few bytes can stand for thousands of points, and a composite glyph for
/// many others. So a real font of any size is read at once and takes no more memory than its file,
/// and a hostile one is refused or costs no more than a real one.
struct GlyphTable: Sendable {
  /// The most points, contours and parts that a glyph may have with all that it is made of. Glyphs
  /// of real fonts have hundreds, ornaments thousands.
  static let stepLimit = 100_000
  /// How deeply composite glyphs may be nested.
  static let depthLimit = 8

  private let glyf: FontBytes
  /// Where each glyph begins in `glyf`, and where the last one ends.
  private let offsets: [Int]
  private let known = KnownOutlines()

  /// Checks all glyphs.
  init(
    glyf: FontBytes, loca: FontBytes, longOffsets: Bool, glyphCount: Int
  ) throws(FontError) {
    self.glyf = glyf
    var offsets: [Int] = []
    offsets.reserveCapacity(glyphCount + 1)
    for i in 0...glyphCount {
      let offset = longOffsets ? try loca.uint32(4 * i) : 2 * (try loca.uint16(2 * i))
      guard offset >= offsets.last ?? 0, offset <= glyf.count else {
        throw FontError("the font's glyph \(max(i - 1, 0)) lies outside of its “glyf” table")
      }
      offsets.append(offset)
    }
    self.offsets = offsets
    var known = [Extent?](repeating: nil, count: glyphCount)
    for glyph in 0..<glyphCount { _ = try check(glyph, depth: 0, &known) }
  }

  /// The outline of a glyph, in font units, y up.
  func outline(_ glyph: Int) -> Path {
    if let outline = known[glyph] { return outline }
    let outline = read(glyph)
    known[glyph] = outline
    return outline
  }

  private func read(_ glyph: Int) -> Path {
    do throws(FontError) {
      switch try content(of: glyph) {
      case .empty: return Path()
      case .simple(let outline): return try outline.path()
      case .composite(let parts):
        var result = Path()
        for part in parts { result.append(outline(part.glyph).transformed(by: part.transform)) }
        return result
      }
    } catch {
      // Every glyph has been read once, when the font was: it reads the same again.
      requirementFailed("glyph \(glyph), which has been checked, cannot be read: \(error)")
    }
  }

  /// How much a glyph is with all its parts.
  private struct Extent {
    var steps: Int
    var depth: Int
  }

  private enum Content {
    case empty
    case simple(SimpleGlyph)
    case composite([GlyphPart])
  }

  private func content(of glyph: Int) throws(FontError) -> Content {
    guard glyph < offsets.count - 1 else {
      throw FontError("a composite glyph of the font refers to glyph \(glyph), which it has not")
    }
    let length = offsets[glyph + 1] - offsets[glyph]
    guard length > 0 else { return .empty }
    let data = try glyf.slice(offsets[glyph], length, name: "glyph \(glyph)")
    let contours = try data.int16(0)
    if contours < 0 { return .composite(try GlyphPart.all(of: data)) }
    return contours == 0 ? .empty : .simple(try SimpleGlyph(data, contours: contours))
  }

  /// Reads a glyph and all its parts, each glyph of the font once.
  private func check(
    _ glyph: Int, depth: Int, _ known: inout [Extent?]
  ) throws(FontError) -> Extent {
    if glyph < known.count, let extent = known[glyph] { return extent }
    guard depth <= Self.depthLimit else {
      throw FontError("the font's composite glyphs are nested too deeply")
    }
    var extent = Extent(steps: 0, depth: 0)
    switch try content(of: glyph) {
    case .empty: break
    case .simple(let outline): extent.steps = outline.stepCount
    case .composite(let parts):
      for part in parts {
        let inner = try check(part.glyph, depth: depth + 1, &known)
        extent.steps += inner.steps + 1
        extent.depth = max(extent.depth, inner.depth + 1)
        guard extent.steps <= Self.stepLimit else {
          throw FontError(
            "the font's glyph \(glyph) has more than \(Self.stepLimit) points with all its parts")
        }
      }
      guard extent.depth <= Self.depthLimit else {
        throw FontError("the font's composite glyphs are nested too deeply")
      }
    }
    known[glyph] = extent
    return extent
  }
}

/// The outlines that were read last: labels are mostly of the same few letters, and to read one takes
/// longer than to place it.
private final class KnownOutlines: Sendable {
  private struct Shelf {
    var outlines: [Int: Path] = [:]
    var stepCount = 0
  }

  /// So many steps of outlines are kept at the most: those of all letters of a script, and no more memory
  /// than a font takes, whatever font it is.
  private static let stepLimit = 50_000

  private let shelf = Mutex(Shelf())

  subscript(glyph: Int) -> Path? {
    get { shelf.withLock { $0.outlines[glyph] } }
    set {
      guard let newValue, newValue.verbs.count <= Self.stepLimit else { return }
      shelf.withLock { shelf in
        if shelf.stepCount + newValue.verbs.count > Self.stepLimit { shelf = Shelf() }
        if shelf.outlines.updateValue(newValue, forKey: glyph) == nil {
          shelf.stepCount += newValue.verbs.count
        }
      }
    }
  }
}
