import Numbers
import Foundation
import Testing

@testable import Reports

/// The examples of the guide are woven, and give what the guide says.
struct GuideFormsTests {
  @Test func `The guide says what is woven`() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/guides/writing-a-lab.md")
    let guide = Markup(text: try String(contentsOf: path, encoding: .utf8))
    var count = 0
    var bibliography = ""
    for (index, block) in guide.blocks.enumerated() {
      if case .code(let code) = block.kind, code.language == "bibtex" { bibliography = code.text }
      guard case .html(let html) = block.kind, html.first?.kind == .text("<!-- woven -->"),
        case .code(let source) = guide.blocks[index + 1].kind,
        case .code(let expected) = guide.blocks[index + 3].kind
      else { continue }
      count += 1
      let lines = source.text.documentLines.dropLast()
      // Settings stand above the lab, everything else in the body of its report.
      let matter = lines.first == "//: ---" ? lines.dropFirst().firstIndex(of: "//: ---") : nil
      let above = matter.map { lines[...$0].joined(separator: "\n") + "\n" } ?? ""
      let body = lines[(matter.map { $0 + 1 } ?? 0)...].joined(separator: "\n")
      let recording = Sample.recording(
        .publish(Published("mean", value: 3.596, format: .decimal(places: 3))))
      let works = SourceFile(
        fileID: "lab/references.bib", path: "Labs/references.bib", text: bibliography)
      let text = try Sample.markdown([Sample.lab(body, above: above), works], recording)
      #expect(difference(text, expected.text) == "")
    }
    #expect(count == 3)
  }
}
