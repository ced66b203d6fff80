import Foundation
import PNGCoding
import Raster
import Testing

/// `--check` proves that a committed report is what the code says today.
@Suite struct CheckTests {
  /// A folder with a report of the fixture as it would be committed.
  func committed(_ arguments: [String] = []) async throws -> Folder {
    let folder = try Folder()
    let result = try await Program.fixture.run(
      arguments + ["--output", "docs/report.md"], in: folder)
    #expect(result.status == 0, "\(result.errors)")
    return folder
  }

  func check(_ folder: Folder, _ more: [String] = []) async throws -> Program.Result {
    try await Program.fixture.run(["--check", "docs/report.md"] + more, in: folder)
  }

  /// The line of the report that holds a text.
  func line(of text: String, in report: String) throws -> Int {
    let lines = report.split(separator: "\n", omittingEmptySubsequences: false)
    return try #require(lines.firstIndex { $0.contains(text) }) + 1
  }

  @Test func `Current report is current`() async throws {
    let folder = try await committed(["--mode", "heldClaims"])
    let before = folder.files
    let result = try await check(folder, ["--mode", "heldClaims"])
    #expect(result.status == 0, "\(result)")
    #expect(result.output.contains("docs/report.md is current"))
    #expect(folder.files == before)
  }

  /// What a report says about itself decides which report is made, and never how it is checked.
  @Test func `A forged report is not believed`() async throws {
    let cases: [[String]] = [
      ["--offline"], ["--help"], ["-h"], ["-qh"], ["--generate-completion-script", "bash"],
      ["--experimental-dump-help"], ["--artifacts", "found"], ["--artifacts=found"],
      ["--count", "10", "--offline"], ["--timeout", "0.001"], ["--in-process"], ["--no-fresh"],
      ["--output", "docs/other.md"], ["--", "--offline"], ["help"],
    ]
    for options in cases {
      let folder = try await committed()
      let text = try folder.text("docs/report.md")
      try folder.write(text, to: "docs/other.md")
      let json = options.map { "\"\($0)\"" }.joined(separator: ",")
      let forged = text.replacing("the sum is 55", with: "the sum is 999")
        .replacing("{\"lab\":\"FixtureLab\"", with: "{\"lab\":\"FixtureLab\",\"options\":[\(json)]")
      try folder.write(forged, to: "docs/report.md")
      let before = folder.files
      let result = try await check(folder)
      #expect(result.status == 2, "\(result)")
      #expect(result.output == "", "\(result)")
      #expect(folder.files == before)
    }
  }

  @Test func `One character makes it stale`() async throws {
    let cases: [(text: String, changed: String)] = [
      // Prose, code, an option, a number in prose, a printed number, a claim, a parameter.
      ("A lab for the tests:", "A lab for the testS:"),
      ("let sum = (1...count)", "let sun = (1...count)"),
      ("See [Figure 1]", "See [Figure 2]"),
      ("numbers gives 55.", "numbers gives 56."),
      ("the sum is 55", "the sum is 54"),
      ("Two is more than one", "Two is more than won"),
      ("| `count`", "| `comnt`"),
      ("\"Grey levels from black", "\"Gray levels from black"),
      ("A ramp", "A rasp"),
    ]
    for (text, changed) in cases {
      let mode = ["--mode", "heldClaims"]
      let folder = try await committed(mode)
      let original = try folder.text("docs/report.md")
      #expect(original.contains(text), "\(original)")
      try folder.write(
        original.replacing(text, with: changed, maxReplacements: 1), to: "docs/report.md")

      let result = try await check(folder, mode)
      #expect(result.status == 1, "\(result)")
      // What an option says is looked for among all outputs of its cell.
      let isOfOption = text.contains("Grey levels") || text == "A ramp"
      let line = try line(of: isOfOption ? "<!-- output fig-ramp -->" : text, in: original)
      #expect(result.output.contains("docs/report.md:\(line)"), "\(result.output)")
      #expect(
        result.output.contains("swift run FixtureLab --mode heldClaims --output docs/report.md"))

      try folder.write(original, to: "docs/report.md")
      #expect(try await check(folder, mode).status == 0)
    }
  }

  @Test func `Volatile text may differ`() async throws {
    let folder = try await committed()
    let original = try folder.text("docs/report.md")
    let other = original.replacing(/Swift 6\.\d/, with: "Swift 7.1")
    #expect(other != original)
    try folder.write(other, to: "docs/report.md")
    #expect(try await check(folder).status == 0)
    // Nor is it written anew for that.
    _ = try await Program.fixture.run(["--output", "docs/report.md"], in: folder)
    #expect(try folder.text("docs/report.md") == other)
  }

  @Test func `Changed pixel is found`() async throws {
    let folder = try await committed()
    let path = "docs/report_files/fig-ramp.png"
    let original = try folder.bytes(path)
    let bitmap = try PNGDecoder.decode(original)
    var pixels = bitmap.pixels
    pixels[4 * 100] ^= 1
    let changed = Bitmap(width: bitmap.width, height: bitmap.height, pixels: pixels)
    try Data(PNGEncoder.encode(changed, pixelsPerPoint: 1)).write(
      to: folder.url.appending(path: path))

    let result = try await check(folder, ["--artifacts", "artifacts"])
    #expect(result.status == 1, "\(result)")
    #expect(result.output.contains("fig-ramp"), "\(result.output)")
    let actual = try PNGDecoder.decode(folder.bytes("artifacts/fig-ramp.actual.png"))
    #expect(actual == bitmap)
    _ = try PNGDecoder.decode(folder.bytes("artifacts/fig-ramp.diff.png"))

    try Data(original).write(to: folder.url.appending(path: path))
    #expect(try await check(folder).status == 0)
  }

  @Test func `Missing figure is found`() async throws {
    let folder = try await committed()
    try FileManager.default.removeItem(
      at: folder.url.appending(path: "docs/report_files/fig-ramp.png"))
    let result = try await check(folder)
    #expect(result.status == 1)
    #expect(result.output.contains("fig-ramp.png"), "\(result.output)")
  }

  /// Rewriting the report would not remove it, so it makes nothing stale.
  @Test func `Extra figure is noted`() async throws {
    let folder = try await committed()
    try folder.write("what is left of an older report", to: "docs/report_files/fig-old.png")
    let result = try await check(folder)
    #expect(result.status == 0)
    #expect(result.errors.contains("fig-old.png"), "\(result.errors)")
  }

  @Test func `Offline runs nothing`() async throws {
    let folder = try await committed()
    // A run in this mode would never end.
    let result = try await check(folder, ["--mode", "hang", "--offline"])
    #expect(result.status == 0, "\(result)")
  }

  @Test func `Stale prose is found without a run`() async throws {
    let folder = try await committed()
    let changed = try folder.text("docs/report.md").replacing("A lab for", with: "A lap for")
    try folder.write(changed, to: "docs/report.md")
    let result = try await check(folder, ["--mode", "hang"])
    #expect(result.status == 1, "\(result)")
  }

  @Test(arguments: ["trap", "error", "falseClaim", "cCrash"])
  func `Failing lab is three`(mode: String) async throws {
    let folder = try await committed()
    let before = try folder.text("docs/report.md")
    #expect(try await check(folder, ["--mode", mode]).status == 3)
    #expect(try folder.text("docs/report.md") == before)
  }

  @Test func `Report that is not there is two`() async throws {
    let folder = try Folder()
    let result = try await check(folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("docs/report.md"), "\(result.errors)")
  }

  @Test func `Diff shows both lines`() async throws {
    let folder = try await committed()
    let changed = try folder.text("docs/report.md").replacing("the sum is 55", with: "the sum is 5")
    try folder.write(changed, to: "docs/report.md")
    let result = try await check(folder, ["--diff"])
    #expect(result.output.contains("\n-the sum is 5\n"), "\(result.output)")
    #expect(result.output.contains("\n+the sum is 55\n"), "\(result.output)")
  }

  @Test func `GitHub gets a summary`() async throws {
    let folder = try await committed()
    let changed = try folder.text("docs/report.md").replacing("the sum is 55", with: "the sum is 5")
    try folder.write(changed, to: "docs/report.md")
    try folder.write("before\n", to: "summary.md")
    let result = try await Program.fixture.run(
      ["--check", "docs/report.md"], in: folder,
      environment: [
        "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": folder.url.appending(path: "summary.md").path,
      ])
    #expect(result.status == 1)
    let summary = try folder.text("summary.md")
    #expect(summary.hasPrefix("before\n"))
    #expect(summary.contains("docs/report.md"))
    #expect(summary.contains("the sum is 55"))
  }

  @Test func `Notebook is checked too`() async throws {
    let folder = try Folder()
    let arguments = ["--mode", "heldClaims"]
    let made = try await Program.fixture.run(
      arguments + ["--output", "report.ipynb"], in: folder)
    #expect(made.status == 0, "\(made.errors)")
    let check = arguments + ["--check", "report.ipynb"]
    #expect(try await Program.fixture.run(check, in: folder).status == 0)
    let changed = try folder.text("report.ipynb").replacing("the sum is 55", with: "the sum is 54")
    try folder.write(changed, to: "report.ipynb")
    #expect(try await Program.fixture.run(check, in: folder).status == 1)
  }
}
