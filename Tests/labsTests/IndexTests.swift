import Foundation
import Reports
import Testing

@testable import labs

@Suite
struct IndexTests {
  @Test
  func `A report is found by what it says of itself; other documents are passed over`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try folder.write([
      "docs/a.md":
        "# The | title\n\n**✓ 3 claims, all hold.**\n\n"
        + ReportOrigin(lab: "area", options: ["--strips", "8"]).comment + "\n",
      "docs/guide.md": "# By hand\n\n<!-- made by nobody -->\n",
      "docs/.hidden/b.md": ReportOrigin(lab: "area").comment,
    ])
    let reports = try ReportFile.find([folder.appending(path: "docs").path])
    #expect(reports.count == 1)
    let report = try #require(reports.first)
    #expect(report.title == "The | title")
    #expect(report.claims == "✓ 3 claims, all hold")
    #expect(report.origin == ReportOrigin(lab: "area", options: ["--strips", "8"]))
    let table = IndexCommand.table(reports, below: folder.path + "/docs/")
    #expect(table.contains(#"| [The \| title](a.md) | ✓ 3 claims, all hold | `area --strips 8` |"#))
  }

  @Test
  func `Each page links to the one before and after, and keeps all else`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let origin = ReportOrigin(lab: "area").comment
    let place = "<!-- labs nav -->\n<!-- /labs nav -->\n"
    try folder.write([
      "a.md": "# The [first]\n\nText\n\n\(origin)\n", "guide.md": "# By hand\n",
      "deep/b.md": "# Second\n\n\(place)\nmore\n",
    ])
    let index = "[a](a.md) [g](guide.md) [b](deep/b.md) [a](a.md) [x](none.md) [y](../a.md)"
    func changes() throws -> [(path: String, text: String)] {
      try Navigation(index: "README.md", text: index, folder: folder.path + "/").changes
    }
    let first = try changes()
    #expect(first.map(\.path) == [folder.path + "/a.md", folder.path + "/deep/b.md"])
    #expect(
      first[0].text == """
        # The [first]

        Text

        <!-- labs nav -->

        [All pages](README.md) · [Second →](deep/b.md)

        <!-- /labs nav -->

        \(origin)

        """)
    #expect(first[1].text.contains("[← The \\[first\\]](../a.md) · [All pages](../README.md)"))
    #expect(first[1].text.hasSuffix("<!-- /labs nav -->\n\nmore\n"))
    for (path, text) in first { try Data(text.utf8).write(to: URL(filePath: path)) }
    #expect(try changes().isEmpty)
  }

  @Test
  func `A page says how it was made; PDF and DOCX are passed over, and refused by name`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let comment = ReportOrigin(lab: "area").comment
    try folder.write([
      "docs/a.html": "<title>A &amp; b</title>\n<main>\n<p>x</p>\n\(comment)\n</main>\n",
      "docs/a.pdf": "%PDF-", "docs/deep/b.docx": "PK",
    ])
    let docs = folder.appending(path: "docs").path
    let reports = try ReportFile.find([docs])
    #expect(reports.map(\.origin.lab) == ["area"])
    #expect(reports.first?.title == "A & b")
    #expect(try ReportFile.passedOver([docs]).isEmpty)
    #expect(throws: Complaint.self) { try ReportFile.find(["\(docs)/a.pdf"]) }

    // Those that a lab made say so, and are found where nothing is compared.
    let pdf = Array("%PDF-1.4\nstartxref\n9\n%%EOF\n".utf8)
    let origin = ReportOrigin(lab: "area", options: ["--seeds", "4"])
    try Data(origin.added(to: pdf)).write(to: folder.appending(path: "docs/a.pdf"))
    #expect(try ReportFile.passedOver([docs]).map(\.command) == ["area --seeds 4"])
    #expect(throws: Complaint.self) { try ReportFile.find(["\(docs)/a.pdf"]) }
    #expect(
      try ReportFile.find(["\(docs)/a.pdf"], isCompared: false).map(\.origin) == [origin])
  }

  @Test
  func `A report that does not say any more which lab made it is not passed over`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let outputs = "<!-- output fig-a -->\n\nx\n\n<!-- /output -->\n"
    try folder.write(["docs/guide.md": "# By hand\n\n```html\n\(outputs)```\n"])
    #expect(try ReportFile.find([folder.appending(path: "docs").path]).isEmpty)
    try folder.write(["docs/forged.md": "# A report\n\n\(outputs)"])
    let error = #expect(throws: Complaint.self) {
      try ReportFile.find([folder.appending(path: "docs").path])
    }
    #expect(error?.description.contains("forged.md has outputs of a run") ?? false)
  }

  @Test
  func `A named document that no lab made is refused in a sentence`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try folder.write(["guide.md": "# By hand\n"])
    let path = folder.appending(path: "guide.md").path
    #expect { try ReportFile.find([path]) } throws: {
      "\($0)".contains("does not say which lab made it")
    }
  }
}
