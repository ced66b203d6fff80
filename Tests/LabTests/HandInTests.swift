import Foundation
import Testing

/// HTML, PDF and DOCX: made by pandoc, checked without it.
@Suite struct HandInTests {
  private static func has(_ tools: [String]) -> Bool {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return tools.contains { tool in
      folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)") }
    }
  }

  static let hasPandoc = has(["pandoc"])
  static let canPrint =
    hasPandoc
    && has([
      "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "typst", "xelatex",
    ])

  @Test(.enabled(if: HandInTests.hasPandoc, "pandoc is not installed"))
  func `A page holds everything`() async throws {
    let folder = try Folder()
    #expect(try await Program.fixture.run(["--output", "report.html"], in: folder).status == 0)
    #expect(folder.files == ["report.html"])
    let html = try folder.text("report.html")
    #expect(html.contains("src=\"data:image/png;base64,"))
    #expect(!html.contains("src=\"http") && !html.contains("href=\"http"))
    #expect(html.contains("id=\"fig-ramp\""))
    #expect(html.contains("prefers-color-scheme: dark"))
    let check = try await Program.fixture.run(["--check", "report.html"], in: folder)
    #expect(check.status == 0, "\(check.output)")

    // What readers see is changed by hand, then the page's own text too.
    let title = "<h1 id=\"the-fixture\">The fixture"
    try #require(html.contains(title))
    try folder.write(html.replacing(title, with: title + "!"), to: "report.html")
    let changed = try await Program.fixture.run(["--check", "report.html"], in: folder)
    #expect(changed.status == 1)
    #expect(changed.output.contains("changed after it was written"))
    let other = try await Program.fixture.run(
      ["--check", "report.html", "--mode", "streams"], in: folder)
    #expect(other.status == 1)
  }

  @Test(.enabled(if: HandInTests.hasPandoc, "pandoc is not installed"))
  func `A word processor gets a document`() async throws {
    let folder = try Folder()
    #expect(try await Program.fixture.run(["--output", "report.docx"], in: folder).status == 0)
    #expect(folder.files == ["report.docx"])
    #expect(try folder.bytes("report.docx").starts(with: Array("PK".utf8)))
    #expect(
      try Self.end(of: "report.docx", in: folder).hasSuffix("made by {\"lab\":\"FixtureLab\"}"))
  }

  /// The last bytes of a file, where a form without text has its origin.
  private static func end(of file: String, in folder: Folder) throws -> String {
    String(decoding: try folder.bytes(file).suffix(100), as: UTF8.self)
  }

  @Test(.enabled(if: HandInTests.canPrint, "pandoc, or what sets a PDF, is not installed"))
  func `Paper is a PDF`() async throws {
    let folder = try Folder()
    #expect(try await Program.fixture.run(["--output", "report.pdf"], in: folder).status == 0)
    #expect(try folder.bytes("report.pdf").starts(with: Array("%PDF-".utf8)))
    let end = try Self.end(of: "report.pdf", in: folder)
    #expect(end.contains("\n%made by {\"lab\":\"FixtureLab\"}\nstartxref\n"))
    #expect(end.hasSuffix("\n%%EOF\n"))
  }

  @Test func `Without pandoc one sentence says what to do`() async throws {
    let folder = try Folder()
    try folder.write("old", to: "report.html")
    let result = try await Program.fixture.shell(
      "PATH=/nowhere $LAB --output report.html", in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("pandoc, which is not installed"))
    #expect(try folder.text("report.html") == "old")
  }

  @Test func `A pandoc that fails leaves the old report`() async throws {
    let folder = try Folder()
    try folder.write("old", to: "report.html")
    let result = try await Program.fixture.shell(
      "mkdir bin && printf '#!/bin/sh\\necho no memory left >&2; exit 7\\n' > bin/pandoc "
        + "&& chmod +x bin/pandoc && PATH=$PWD/bin:$PATH $LAB --output report.html", in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("pandoc failed: no memory left"))
    #expect(try folder.text("report.html") == "old")
  }

  @Test(arguments: ["report.odt", "report.v2", "out/report.tex"])
  func `An unknown ending is refused`(name: String) async throws {
    let folder = try Folder()
    let result = try await Program.fixture.run(["--output", name], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("No form of a report has the ending of \(name)"))
    #expect(folder.files.isEmpty)
  }

  @Test func `A PDF is not checked`() async throws {
    let result = try await Program.fixture.run(["--check", "report.pdf"], in: try Folder())
    #expect(result.status == 2)
    #expect(result.errors.contains("--check reads Markdown, notebooks and HTML"))
  }
}
