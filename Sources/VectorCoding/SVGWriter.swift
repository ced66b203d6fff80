import PNGCoding
import Raster

/// Collects the elements of an SVG file.
///
/// Names in the body end in a mark that ``document(_:title:description:)`` replaces by a digest of
/// the content, so that they differ between files.
struct SVGWriter {
  private var body = Decimals()
  private var definitions = Decimals()
  private var glyphs = Numbering<GlyphKey>()
  private var pictures = Numbering<PictureKey>()
  private var stamps = Numbering<Stamp>()
  private var clips = 0

  private struct GlyphKey: Hashable {
    var font: ObjectIdentifier
    var glyph: Int
  }

  /// Stands where the digest will stand; no text of a drawing holds it.
  private static let mark: StaticString = "\u{1}"

  mutating func add(_ operation: Drawing.Operation) {
    switch operation {
    case .fill(let path, let color, let rule):
      guard color.alpha > 0 else { return }
      body.raw("<path d=\"")
      body.path(path)
      body.raw("\"")
      body.paint("fill", color)
      if rule == .evenOdd { body.raw(" fill-rule=\"evenodd\"") }
      body.raw("/>\n")
    case .stroke(let path, let stroke, let color):
      guard color.alpha > 0, stroke.width > 0 else { return }
      body.raw("<path d=\"")
      body.path(path)
      body.raw("\" fill=\"none\"")
      body.paint("stroke", color)
      body.stroke(stroke)
      body.raw("/>\n")
    case .text(let run, let color): add(run, color)
    case .picture(let picture, let place, let interpolation): add(picture, place, interpolation)
    case .stamps(let stamp, let points, let colors): add(stamp, points, colors)
    case .beginClip(let path, let rule):
      clips += 1
      definitions.raw("<clipPath id=\"")
      definitions.name("c", clips, Self.mark)
      definitions.raw("\"><path d=\"")
      definitions.path(path)
      definitions.raw("\"")
      if rule == .evenOdd { definitions.raw(" clip-rule=\"evenodd\"") }
      definitions.raw("/></clipPath>\n")
      body.raw("<g clip-path=\"url(#")
      body.name("c", clips, Self.mark)
      body.raw(")\">\n")
    case .endClip: body.raw("</g>\n")
    }
  }

  private mutating func add(_ run: Drawing.TextRun, _ color: Color) {
    let shown = run.glyphs.filter { !$0.outline.isEmpty }
    guard color.alpha > 0, !shown.isEmpty else { return }
    body.raw("<g")
    body.paint("fill", color)
    body.raw(" aria-label=\"")
    // The letters as they are read, without the marks that raise and lower them.
    body.escaped(String(String.UnicodeScalarView(run.glyphs.map(\.letter))))
    body.raw("\">")
    for glyph in shown {
      let (number, isNew) = glyphs.number(
        of: GlyphKey(font: ObjectIdentifier(glyph.font.file), glyph: glyph.index))
      if isNew {
        definitions.raw("<path id=\"")
        definitions.name("g", number, Self.mark)
        definitions.raw("\" d=\"")
        definitions.path(glyph.outline, decimals: 1)
        definitions.raw("\"/>\n")
      }
      body.use("g", number, Self.mark)
      body.raw(" transform=\"")
      body.transform(glyph.place, decimals: 6)
      body.raw("\"/>")
    }
    body.raw("</g>\n")
  }

  private mutating func add(_ stamp: Stamp, _ points: [Point], _ colors: [Color]) {
    guard !points.isEmpty else { return }
    let (number, isNew) = stamps.number(of: stamp)
    if isNew {
      definitions.raw("<g id=\"")
      definitions.name("s", number, Self.mark)
      definitions.raw("\">")
      for layer in stamp.layers {
        definitions.raw("<path d=\"")
        definitions.path(layer.path)
        definitions.raw("\"")
        if let stroke = layer.stroke {
          definitions.raw(" fill=\"none\"")
          if let color = layer.color {
            definitions.paint("stroke", color, always: true)
          } else {
            definitions.raw(" stroke=\"currentColor\"")
          }
          definitions.stroke(stroke)
        } else if let color = layer.color {
          definitions.paint("fill", color, always: true)
        } else {
          definitions.raw(" fill=\"currentColor\"")
        }
        definitions.raw("/>")
      }
      definitions.raw("</g>\n")
    }
    // One group for each run of one colour. The opacity is each stamp's own, not the group's.
    var start = 0
    while start < points.count {
      let color = colors[start]
      var end = start
      while end < points.count, colors[end] == color { end += 1 }
      body.raw("<g color=\"")
      body.hex(color)
      body.raw("\"")
      if color.alpha < 1 {
        body.opacity("fill", color)
        body.opacity("stroke", color)
      }
      body.raw(">")
      for point in points[start..<end] where color.alpha > 0 || stamp.hasOwnColor {
        body.use("s", number, Self.mark)
        body.raw(" x=\"")
        body.number(point.x)
        body.raw("\" y=\"")
        body.number(point.y)
        body.raw("\"/>")
      }
      body.raw("</g>\n")
      start = end
    }
  }

  private mutating func add(
    _ picture: Bitmap, _ place: AffineTransform, _ interpolation: Interpolation
  ) {
    let isSmooth = interpolation == .smooth
    let (number, isNew) = pictures.number(of: PictureKey(bitmap: picture, isSmooth: isSmooth))
    if isNew {
      // A picture with a side of 0 is never drawn.
      let shown = isSmooth ? picture : picture.enlargedFar
      guard let file = try? PNGEncoder.encode(shown) else { return }
      definitions.raw("<image id=\"")
      definitions.name("p", number, Self.mark)
      definitions.raw("\" width=\"1\" height=\"1\" preserveAspectRatio=\"none\"")
      if !isSmooth {
        // The attribute for programs that know SVG 1.1, the style for browsers.
        definitions.raw(" image-rendering=\"optimizeSpeed\" style=\"image-rendering:pixelated\"")
      }
      definitions.raw(" xlink:href=\"data:image/png;base64,")
      definitions.base64(file)
      definitions.raw("\"/>\n")
    }
    body.use("p", number, Self.mark)
    body.raw(" transform=\"")
    body.transform(place, decimals: 6)
    body.raw("\"/>\n")
  }

  /// The whole file.
  func document(_ drawing: Drawing, title: String, description: String) -> String {
    var digest: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
    for byte in definitions.text { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for byte in body.text { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let suffix = Array(("-" + String(digest & 0xFFFF_FFFF, radix: 36)).utf8)
    var file = Decimals()
    file.raw(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"")
    file.raw(" xmlns:xlink=\"http://www.w3.org/1999/xlink\" role=\"img\" width=\"")
    file.number(drawing.size.width)
    file.raw("\" height=\"")
    file.number(drawing.size.height)
    file.raw("\" viewBox=\"0 0 ")
    file.number(drawing.size.width)
    file.number(drawing.size.height)
    file.raw("\">\n")
    if !title.isEmpty {
      file.raw("<title>")
      file.escaped(title)
      file.raw("</title>\n")
    }
    if !description.isEmpty {
      file.raw("<desc>")
      file.escaped(description)
      file.raw("</desc>\n")
    }
    func marked(_ bytes: [UInt8]) -> [UInt8] {
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count + bytes.count / 8)
      for byte in bytes {
        if byte == 1 { result += suffix } else { result.append(byte) }
      }
      return result
    }
    if !definitions.text.isEmpty {
      file.raw("<defs>\n")
      file.bytes(marked(definitions.text))
      file.raw("</defs>\n")
    }
    if drawing.background.alpha > 0 {
      file.raw("<rect width=\"100%\" height=\"100%\"")
      file.paint("fill", drawing.background)
      file.raw("/>\n")
    }
    file.bytes(marked(body.text))
    file.raw("</svg>\n")
    return String(decoding: file.text, as: UTF8.self)
  }
}

extension Stamp {
  /// Whether something of it shows in a place without a colour.
  fileprivate var hasOwnColor: Bool { layers.contains { ($0.color?.alpha ?? 0) > 0 } }
}
