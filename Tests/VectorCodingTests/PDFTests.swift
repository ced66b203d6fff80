import Foundation
import Plotting
import Raster
import Testing
import VectorCoding

@Suite
struct PDFTests {
  @Test(arguments: Figures.all.map(\.name))
  func `Every object lies where the table says, and every stream is as long as it says`(
    name: String
  ) throws {
    let graphic = try #require(Figures.all.first { $0.name == name }).graphic
    let file = PDFEncoder.encode(
      graphic.drawing(), title: "Ä", description: graphic.alternativeText)
    let text = String(decoding: file.map { $0 < 128 ? $0 : 63 }, as: UTF8.self)  // one byte each
    #expect(text.hasPrefix("%PDF-1.7\n"))
    #expect(text.hasSuffix("%%EOF\n"))
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(Int(lines[lines.count - 3]))
    let table = Self.part(text, from: start).split(separator: "\n").map(String.init)
    #expect(table[0] == "xref")
    let count = try #require(Int(table[1].split(separator: " ")[1]))
    #expect(table[2] == "0000000000 65535 f ")
    for number in 1..<count {
      let entry = table[2 + number]
      #expect(entry.count == 19 && entry.hasSuffix(" 00000 n "))
      let place = try #require(Int(entry.prefix(10)))
      let object = Self.part(text, from: place)
      #expect(object.hasPrefix("\(number) 0 obj\n"), "object \(number)")
      let end = try #require(object.range(of: "endobj"))
      let body = object[..<end.lowerBound]
      guard let stream = body.range(of: "stream\n"), let key = body.range(of: "/Length ") else {
        continue
      }
      let length = try #require(Int(body[key.upperBound...].prefix { $0.isNumber }))
      let rest = object[stream.upperBound...].unicodeScalars.dropFirst(length)
      #expect(rest.starts(with: "\nendstream".unicodeScalars))
    }
    #expect(text.contains("/Size \(count) "))
    #expect(text.contains("/Title <FEFF00C4>"))
  }

  private static func part(_ text: String, from start: Int) -> Substring {
    text[text.utf8.index(text.startIndex, offsetBy: start)...]
  }

  @Test
  func `The page is as large as the graphic`() {
    let file = PDFEncoder.encode(Figures.lines.drawing())
    #expect(String(decoding: file, as: UTF8.self).contains("/MediaBox [0 0 480 300]"))
  }

  /// Readers accept 14,400 units at the most.
  @Test
  func `A page that would be too long has a larger unit`() throws {
    func page(_ width: Double) -> String {
      var canvas = Canvas(recording: Size(width: width, height: 20), scale: 0.1)
      canvas.fill(.rect(Rect(x: width / 2, y: 0, width: width / 2, height: 20)), .black)
      let file = PDFEncoder.encode(canvas.drawing() ?? Drawing(size: .zero, background: .clear))
      return String(decoding: file.map { $0 < 128 ? $0 : 63 }, as: UTF8.self)
    }
    #expect(page(14_400).contains("/MediaBox [0 0 14400 20] /Contents"))
    #expect(page(14_402).contains("/MediaBox [0 0 7201 10] /UserUnit 2 /Contents"))
    #expect(page(99_000).contains("/MediaBox [0 0 12375 2.5] /UserUnit 8 /Contents"))
  }

  @Test
  func `The same drawing makes the same bytes`() {
    #expect(
      PDFEncoder.encode(Figures.points.drawing()) == PDFEncoder.encode(Figures.points.drawing()))
  }

  @Test
  func `A picture that shows twice is kept once`() throws {
    let picture = Bitmap(width: 30, height: 30, color: Color(hex: 0x336699))
    func file(_ count: Int) -> Int {
      var canvas = Canvas(recording: Size(width: 300, height: 300))
      for i in 0..<count {
        canvas.draw(picture, in: Rect(x: Double(30 * i), y: 0, width: 20, height: 20))
      }
      let file = canvas.drawing().map { PDFEncoder.encode($0) } ?? []
      return String(decoding: file, as: UTF8.self).components("/Subtype /Image")
    }
    #expect(file(1) == 1)
    #expect(file(5) == 1)
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(_ text: String) -> Int {
    var rest = self[...]
    var count = 0
    while let range = rest.range(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
