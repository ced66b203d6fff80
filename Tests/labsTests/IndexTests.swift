import Foundation
import Reports
import Testing

@testable import labs

@Suite("The table of reports")
struct IndexTests {
  @Test("A report is found by what it says of itself; other documents are passed over")
  func finding() throws {
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

  @Test("A named document that no lab made is refused in a sentence")
  func notAReport() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try folder.write(["guide.md": "# By hand\n"])
    let path = folder.appending(path: "guide.md").path
    #expect { try ReportFile.find([path]) } throws: {
      "\($0)".contains("does not say which lab made it")
    }
  }
}
