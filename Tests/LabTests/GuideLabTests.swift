import Foundation
import Testing

/// The guide shows a lab with every form that a report can have, and the report that it makes.
@Suite struct GuideLabTests {
  static let program = Program("GuideLab")

  @Test func `The guide shows the report`() async throws {
    let folder = try Folder()
    let result = try await Self.program.run(["--output", "forms.md"], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    let guide = try GuideTests.text("docs/guides/writing-a-lab.md")
    let shown = try #require(
      guide.components(separatedBy: "<!-- report: Tests/GuideLab/Forms.swift -->\n").dropFirst()
        .first)
    let expected = try #require(shown.components(separatedBy: "`````md\n").dropFirst().first)
      .components(separatedBy: "`````\n")[0]
    let text = try folder.text("forms.md")
    #expect(text == expected, "the guide shows another report than this:\n\(text)")
    #expect(try await Self.program.run(["--check", "forms.md"], in: folder).status == 0)

    // The guide shows the figure too: the check compares its pixels with those of the run.
    #expect(text.contains("<img src=\"forms_files/fig-fall.png\" width=\"320\""))
    #expect(guide.contains("<img src=\"forms_files/fig-fall.png\" width=\"320\""))
    for name in ["fig-fall.png", "fig-fall-dark.png"] {
      try Data(contentsOf: GuideTests.root.appending(path: "docs/guides/forms_files/\(name)"))
        .write(to: folder.url.appending(path: "forms_files/\(name)"))
    }
    let check = try await Self.program.run(["--check", "forms.md"], in: folder)
    #expect(check.status == 0, "\(check.output)")
  }

  @Test func `The notebook says where its helpers are`() async throws {
    let folder = try Folder()
    #expect(try await Self.program.run(["--output", "forms.ipynb"], in: folder).status == 0)
    let text = try folder.text("forms.ipynb")
    #expect(text.contains("reading copy of the lab in `Tests/GuideLab/Forms.swift`"))
    #expect(text.contains("its cells use `metres`, which stands there and not here"))
    #expect(try await Self.program.run(["--check", "forms.ipynb"], in: folder).status == 0)
  }

  @Test(
    .enabled(if: HandInTests.hasPandoc, "pandoc is not installed"), arguments: ["html", "docx"])
  func `Every form shows the works cited`(form: String) async throws {
    let folder = try Folder()
    #expect(try await Self.program.run(["--output", "forms.\(form)"], in: folder).status == 0)
    let text =
      form == "html"
      ? try folder.text("forms.html")
      : try await Self.program.shell(
        "unzip -p forms.docx word/document.xml || python3 -c 'import zipfile; "
          + "print(zipfile.ZipFile(\"forms.docx\").read(\"word/document.xml\").decode())'",
        in: folder
      ).output
    #expect(text.contains("Galilei 1638") && text.contains("Discorsi e dimostrazioni"))
    #expect(text.contains("ref-galilei1638"))
  }
}
