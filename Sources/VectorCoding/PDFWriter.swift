import Raster

/// Collects the content of a page and what it refers to.
struct PDFWriter {
  private var objects = PDFObjects()
  private var content = Decimals()
  private var fonts = PDFFonts()
  private var states: [Int: Int] = [:]
  private var stamps: [Stamp: Int] = [:]
  private var pictures = PDFPictures()
  /// Names of resources with the numbers of their objects.
  private var forms: [String] = []

  /// The whole file.
  mutating func file(
    _ drawing: Drawing, title: String, description: String, language: String
  ) -> [UInt8] {
    let halvings = Self.halvings(drawing.size)
    let unit = Double(1 << halvings)
    let size = Size(width: drawing.size.width / unit, height: drawing.size.height / unit)
    let catalog = objects.reserve()
    let pages = objects.reserve()
    let page = objects.reserve()
    let contents = objects.reserve()
    content.raw("/Figure << /MCID 0 >> BDC\nq 1 0 0 -1 0")
    content.number(size.height)
    content.raw(" cm\n")
    // One after the other, because a half is exact in decimals and ever smaller numbers are not.
    for _ in 0..<halvings { content.raw("0.5 0 0 0.5 0 0 cm\n") }
    if drawing.background.alpha > 0 {
      content.raw("q ")
      let rect = Rect(x: 0, y: 0, width: drawing.size.width, height: drawing.size.height)
      fill(.rect(rect), drawing.background, .nonZero)
      content.raw("Q\n")
    }
    for operation in Seams.closed(drawing.operations) { add(operation) }
    content.raw("Q\nEMC\n")
    objects.set(contents, stream: content.text)

    let tree = objects.reserve()
    let element = objects.reserve()
    let parents = objects.add("<< /Nums [0 [\(element) 0 R]] >>")
    let alternative = description.isEmpty ? "" : " /Alt \(PDFObjects.string(description))"
    objects.set(
      element,
      "<< /Type /StructElem /S /Figure /P \(tree) 0 R /Pg \(page) 0 R /K 0\(alternative)"
        + " /A << /O /Layout /BBox [0 0 \(Self.text(size.width)) \(Self.text(size.height))] >> >>")
    objects.set(
      tree,
      "<< /Type /StructTreeRoot /K [\(element) 0 R] /ParentTree \(parents) 0 R"
        + " /ParentTreeNextKey 1 >>")
    var resources = "/ProcSet [/PDF /Text /ImageB /ImageC]"
    let fontNames = fonts.write(&objects)
    if !fontNames.isEmpty { resources += " /Font << \(fontNames) >>" }
    if !states.isEmpty { resources += " /ExtGState << \(stateNames) >>" }
    let external = forms + pictures.names
    if !external.isEmpty { resources += " /XObject << \(external.joined(separator: " ")) >>" }
    objects.set(
      page,
      "<< /Type /Page /Parent \(pages) 0 R /MediaBox [0 0 \(Self.text(size.width))"
        + " \(Self.text(size.height))]\(halvings > 0 ? " /UserUnit \(1 << halvings)" : "") /Contents \(contents) 0 R /StructParents 0"
        + " /Group << /S /Transparency /CS /DeviceRGB >> /Resources << \(resources) >> >>")
    objects.set(pages, "<< /Type /Pages /Kids [\(page) 0 R] /Count 1 >>")
    objects.set(
      catalog,
      "<< /Type /Catalog /Pages \(pages) 0 R /StructTreeRoot \(tree) 0 R"
        + " /MarkInfo << /Marked true >> /Lang \(PDFObjects.string(language))"
        + (title.isEmpty ? "" : " /ViewerPreferences << /DisplayDocTitle true >>") + " >>")
    let named = title.isEmpty ? "" : "/Title \(PDFObjects.string(title)) "
    let info = objects.add("<< \(named)/Producer (LabKit) >>")
    return objects.file(root: catalog, info: info)
  }

  /// The longest side of a page, in its own units, that readers accept.
  private static let longestSide = 14_400.0

  /// How many times a page is halved so that readers accept it; its unit is doubled as often.
  private static func halvings(_ size: Size) -> Int {
    var side = max(size.width, size.height)
    var count = 0
    while side > longestSide {
      side /= 2
      count += 1
    }
    return count
  }

  private mutating func add(_ operation: Drawing.Operation) {
    switch operation {
    case .fill(let path, let color, let rule):
      guard color.alpha > 0, !path.isEmpty else { return }
      fill(path, color, rule)
    case .stroke(let path, let stroke, let color):
      guard color.alpha > 0, stroke.width > 0, !path.isEmpty else { return }
      setStroke(color)
      content.pdfStroke(stroke)
      content.pdfPath(path)
      content.raw("S\n")
    case .text(let run, let color): add(run, color)
    case .picture(let picture, let place, let interpolation):
      let drawn = picture.drawn(in: place, interpolation)
      let name = pictures.name(
        drawn ?? picture, drawn == nil ? interpolation : .smooth, &objects)
      // The unit square of a PDF picture has its first row at the top, y up.
      let turned = AffineTransform(a: 1, b: 0, c: 0, d: -1, tx: 0, ty: 1)
        .concatenating(Self.hair).concatenating(place)
      content.raw("q ")
      setOpacity(1)
      content.pdfTransform(turned)
      content.string(" cm /\(name) Do Q\n")
    case .stamps(let stamp, let points, let colors): add(stamp, points, colors)
    case .beginClip(let path, let rule):
      content.raw("q\n")
      if path.isEmpty { content.raw("0 0 0 0 re\n") } else { content.pdfPath(path) }
      content.raw(rule == .evenOdd ? "W* n\n" : "W n\n")
    case .endClip: content.raw("Q\n")
    }
  }

  /// Makes pictures a ten-thousandth smaller: poppler gives one that ends between two pixels the next as well,
  /// and stretches it over that.
  private static let hair = AffineTransform(
    a: 0.9998, b: 0, c: 0, d: 0.9998, tx: 0.0001, ty: 0.0001)

  private mutating func fill(_ path: Path, _ color: Color, _ rule: FillRule) {
    setFill(color)
    content.pdfPath(path)
    content.raw(rule == .evenOdd ? "f*\n" : "f\n")
  }

  private mutating func setFill(_ color: Color) {
    setOpacity(color.alpha)
    content.pdfColor(color)
    content.raw(" rg ")
  }

  private mutating func setStroke(_ color: Color) {
    setOpacity(color.alpha)
    content.pdfColor(color)
    content.raw(" RG ")
  }

  /// Every shape says its own opacity: what a bracket of states restores need not be followed.
  private mutating func setOpacity(_ alpha: Double) {
    content.string("/\(state(alpha)) gs ")
  }

  private mutating func state(_ alpha: Double) -> String {
    let key = Int((alpha * 10_000).rounded())
    if states[key] == nil {
      let value = Self.text(Double(key) / 10_000)
      states[key] = objects.add("<< /Type /ExtGState /ca \(value) /CA \(value) >>")
    }
    return "G\(key)"
  }

  private var stateNames: String {
    states.sorted { $0.key < $1.key }.map { "/G\($0.key) \($0.value) 0 R" }.joined(separator: " ")
  }

  private mutating func add(_ run: Drawing.TextRun, _ color: Color) {
    guard color.alpha > 0, !run.glyphs.isEmpty else { return }
    // A box for a character that no font has is a shape, because fonts may leave it empty.
    for glyph in run.glyphs where glyph.index == 0 {
      fill(glyph.outline.transformed(by: glyph.place), color, .nonZero)
    }
    setFill(color)
    content.raw("BT ")
    var font = ""
    for glyph in run.glyphs where glyph.index != 0 {
      let (name, code) = fonts.use(glyph)
      if name != font { content.string("/\(name) 1 Tf ") }
      font = name
      let place = glyph.place
      let em = glyph.font.unitsPerEm
      content.pdfTransform(
        AffineTransform(
          a: place.a * em, b: place.b * em, c: place.c * em, d: place.d * em, tx: place.tx,
          ty: place.ty))
      content.string(" Tm <\(PDFObjects.hex(code))> Tj\n")
    }
    content.raw("ET\n")
  }

  private mutating func add(_ stamp: Stamp, _ points: [Point], _ colors: [Color]) {
    let name = form(stamp)
    var last: Color?
    content.raw("q ")
    for (point, color) in zip(points, colors) {
      if color != last {
        setFill(color)
        content.pdfColor(color)
        content.raw(" RG ")
        last = color
      }
      content.raw("q 1 0 0 1")
      content.point(point)
      content.string(" cm /\(name) Do Q\n")
    }
    content.raw("Q\n")
  }

  /// The stamp as a piece of content that takes the colour of where it is used.
  private mutating func form(_ stamp: Stamp) -> String {
    if let number = stamps[stamp] { return "S\(number)" }
    let number = stamps.count
    stamps[stamp] = number
    var inner = Decimals()
    var box: Rect?
    for layer in stamp.layers {
      guard let bounds = layer.path.bounds else { continue }
      inner.raw("q ")
      if let color = layer.color {
        inner.string("/\(state(color.alpha)) gs ")
        inner.pdfColor(color)
        inner.raw(layer.stroke == nil ? " rg " : " RG ")
      }
      // A corner may reach beyond the path by the miter limit.
      var reach = 0.1
      if let stroke = layer.stroke {
        inner.pdfStroke(stroke)
        reach += stroke.width / 2 * max(stroke.miterLimit, 2)
      }
      inner.pdfPath(layer.path)
      inner.raw(layer.stroke == nil ? "f Q\n" : "S Q\n")
      let wider = bounds.inset(by: -reach)
      box = box.map { $0.union(wider) } ?? wider
    }
    let edges = box ?? Rect(x: 0, y: 0, width: 1, height: 1)
    var limits = Decimals()
    limits.point(Point(edges.minX, edges.minY))
    limits.point(Point(edges.maxX, edges.maxY))
    let object = objects.add(
      stream: inner.text,
      "/Type /XObject /Subtype /Form /BBox [\(String(decoding: limits.text, as: UTF8.self))]"
        + " /Resources << /ExtGState << \(stateNames) >> >>")
    forms.append("/S\(number) \(object) 0 R")
    return "S\(number)"
  }

  /// A number as PDF reads it.
  private static func text(_ value: Double) -> String {
    var decimals = Decimals()
    decimals.number(value, decimals: 4)
    return String(decoding: decimals.text, as: UTF8.self)
  }
}
