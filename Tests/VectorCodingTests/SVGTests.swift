import Foundation
import Plotting
import Raster
import Testing
import VectorCoding

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite
struct SVGTests {
  @Test(arguments: Figures.all.map(\.name))
  func `A figure is well-formed XML whose references lead somewhere`(name: String) throws {
    let graphic = try #require(Figures.all.first { $0.name == name }).graphic
    for theme in [Theme.light, .dark, .print] {
      let content = try Content(
        SVGEncoder.encode(
          graphic.drawing(theme: theme), title: "A \"<title>\" & more",
          description: graphic.alternativeText))
      #expect(Set(content.ids).count == content.ids.count, "names are given once")
      #expect(!content.references.isEmpty)
      #expect(content.references.isSubset(of: content.ids))
      #expect(content.texts.contains("A \"<title>\" & more\n"))
      #expect(content.root["width"] == "\(Int(graphic.size.width))")
    }
  }

  @Test
  func `Text with what XML reads as its own, or forbids, is said and breaks nothing`() throws {
    let hostile = "a&b <c> \"d\" 'e' ]]> \u{0}\u{1}\u{8}\u{FFFE} 😀 \u{202E}"
    var canvas = Canvas(recording: Size(width: 100, height: 20))
    canvas.draw(Text(verbatim: hostile, size: 8), at: Point(2, 12))
    let drawing = try #require(canvas.drawing())
    let content = try Content(
      SVGEncoder.encode(drawing, title: hostile, description: hostile))
    #expect(content.texts.contains { $0.hasPrefix("a&b <c> \"d\" 'e' ]]>") })
    #expect(content.labels.contains { $0.hasPrefix("a&b <c> \"d\" 'e' ]]>") })
  }

  @Test
  func `Names differ between drawings, so that several fit into one page`() throws {
    let first = try Content(SVGEncoder.encode(Figures.lines.drawing()))
    let second = try Content(SVGEncoder.encode(Figures.points.drawing()))
    #expect(Set(first.ids).isDisjoint(with: second.ids))
  }

  @Test
  func `The same drawing makes the same bytes`() {
    #expect(
      SVGEncoder.encode(Figures.points.drawing()) == SVGEncoder.encode(Figures.points.drawing()))
  }

  @Test
  func `Numbers are plain decimals, however large or small`() {
    var canvas = Canvas(recording: Size(width: 100, height: 100))
    var path = Path()
    path.move(to: Point(1e-9, -1e-9))
    path.line(to: Point(1e300, -3.5))
    path.line(to: Point(0.005, 99.996))
    canvas.stroke(path, Stroke(width: 1e-7), .black)
    canvas.fill(.polygon([Point(-1e11, 3), Point(1e11, 3), Point(0.25, 1)]), .black)
    let text = canvas.drawing().map { SVGEncoder.encode($0) } ?? ""
    #expect(text.contains("M-1000000000 3L1000000000 3L.25 1Z"))
    #expect(!text.contains("e+") && !text.contains("nan") && !text.contains("inf"))
  }

  @Test
  func `Opaque rectangles that touch overlap, and others keep their place`() {
    var canvas = Canvas(recording: Size(width: 100, height: 100), background: .clear)
    canvas.fill(.rect(Rect(x: 0, y: 0, width: 10, height: 10)), .black)
    canvas.fill(.rect(Rect(x: 10, y: 0, width: 10, height: 10)), Color(hex: 0xFF0000))
    canvas.fill(.rect(Rect(x: 40, y: 0, width: 10, height: 10)), .black)
    let text = canvas.drawing().map { SVGEncoder.encode($0) } ?? ""
    #expect(text.contains("M0 0L10.35 0L10.35 10L0 10Z"))
    #expect(text.contains("M10 0L20 0L20 10L10 10Z"))
    #expect(text.contains("M40 0L50 0L50 10L40 10Z"))
  }

  @Test
  func `Stamps by the thousand are one picture`() throws {
    let places = (0..<25_000).map { (i: Int) -> Point in Point(Double(i % 100), Double(i / 250)) }
    var stamp = Stamp()
    stamp.fill(.circle(center: .zero, radius: 1))
    var canvas = Canvas(recording: Size(width: 100, height: 100))
    canvas.draw(stamp, at: places, color: .black)
    let text = canvas.drawing().map { SVGEncoder.encode($0) } ?? ""
    #expect(text.contains("<image"))
    #expect(text.utf8.count < 200_000)
  }
}

/// What a reader of XML finds in a file.
private final class Content: NSObject, XMLParserDelegate {
  private(set) var ids: [String] = []
  private(set) var references: Set<String> = []
  private(set) var texts: [String] = []
  private(set) var labels: [String] = []
  private(set) var root: [String: String] = [:]

  struct Malformed: Error {
    var reason: String
  }

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse() else {
      throw Malformed(
        reason: "\(String(describing: parser.parserError)), line \(parser.lineNumber)")
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement elementName: String, namespaceURI: String?,
    qualifiedName qName: String?, attributes attributeDict: [String: String] = [:]
  ) {
    if elementName == "svg" { root = attributeDict }
    if let id = attributeDict["id"] { ids.append(id) }
    if let label = attributeDict["aria-label"] { labels.append(label) }
    if let link = attributeDict["xlink:href"], link.hasPrefix("#") {
      references.insert(String(link.dropFirst()))
    }
    if let clip = attributeDict["clip-path"] {
      references.insert(String(clip.dropFirst(5).dropLast()))
    }
    texts.append("")
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if !texts.isEmpty { texts[texts.count - 1] += string }
  }
}
