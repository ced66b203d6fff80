import Foundation
import Testing

/// Odd paths lead where they say, and nowhere else.
@Suite struct PathTests {
  @Test func `A link stands for the file it leads to`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.shell(
      """
      mkdir real && echo old > real/report.md && chmod 640 real/report.md && ln -s real/report.md link.md
      $LAB --output link.md && stat -c '%F' link.md && stat -c '%a' real/report.md
      $LAB --check link.md
      """, in: folder)
    #expect(
      result.output == "symbolic link\n640\nlink.md is current\n", "\(result)")
    #expect(folder.files == ["link.md", "real/report.md", "real/report_files/fig-ramp.png"])
  }

  /// A figure's name that is a link is replaced: what it leads to lies outside the folders named.
  @Test func `No file is written outside`() async throws {
    let folder = try Folder()
    try folder.write("precious", to: "precious.png")
    let result = try await Program.fixture.shell(
      """
      mkdir report_files && ln -s ../precious.png report_files/fig-ramp.png
      $LAB --output report.md
      """, in: folder)
    #expect(result.status == 0, "\(result)")
    #expect(try folder.text("precious.png") == "precious")
    #expect(folder.files == ["precious.png", "report.md", "report_files/fig-ramp.png"])
  }

  @Test func `A slash after the folder of figures is meant`() async throws {
    let folder = try Folder()
    let arguments = ["--output", "docs/report.md", "--figures", "images/"]
    #expect(try await Program.fixture.run(arguments, in: folder).status == 0)
    #expect(folder.files == ["docs/report.md", "images/fig-ramp.png"])
    #expect(try folder.text("docs/report.md").contains("src=\"../images/fig-ramp.png\""))
  }

  /// A folder that is a link lies elsewhere, and links out of it begin there.
  @Test func `Links are relative to where the report lies`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.shell(
      """
      mkdir -p deep/er && ln -s deep/er docs && $LAB --output docs/report.md --figures images
      cd docs && grep -o 'src="[^"]*"' report.md | sed 's/src="//; s/"//' | xargs ls
      """, in: folder)
    #expect(result.status == 0, "\(result)")
    #expect(result.output == "../../images/fig-ramp.png\n")
  }

  @Test func `Files of others are left alone`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.shell(
      """
      mkdir report_files && touch report_files/notes.txt report_files/.hidden report_files/photo.png
      $LAB --output report.md && $LAB --check report.md
      """, in: folder)
    #expect(result.status == 0, "\(result)")
    #expect(result.output == "report.md is current\n")
    #expect(result.errors.contains("note: report_files/photo.png: not shown by this report"))
    #expect(!result.errors.contains(".hidden"), "\(result.errors)")
  }

  @Test func `The real cause is said`() async throws {
    let cases: [(String, [String], String)] = [
      ("mkfifo pipe", ["--check", "pipe"], "pipe: is a pipe, not a file"),
      ("mkdir folder", ["--check", "folder"], "folder: is a folder, not a file"),
      ("ln -s circle circle", ["--output", "circle"], "links lead in a circle"),
      ("true", ["--output", String(repeating: "x", count: 300)], "the name is too long"),
      ("touch file", ["--output", "file/report.md"], "a file stands where a folder should be"),
    ]
    for (setUp, arguments, says) in cases {
      let folder = try Folder()
      let words = arguments.joined(separator: " ")
      let result = try await Program.fixture.shell("\(setUp); $LAB -q \(words)", in: folder)
      #expect(result.status == 2)
      #expect(result.errors.contains(says), "\(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }
}
