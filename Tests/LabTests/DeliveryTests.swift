import Foundation
import Testing

/// Where reports go, and what happens when they cannot.
@Suite struct DeliveryTests {
  @Test func `Standard output holds nothing but the report`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.run(["--mode", "streams"], in: folder)
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("# The fixture\n"))
    #expect(result.errors.isEmpty)
    #expect(folder.files == ["FixtureLab_files/fig-ramp.png"])
  }

  @Test func `Output keeps its order`() async throws {
    let folder = try Folder()
    let text = try await Program.fixture.run(["--mode", "streams"], in: folder).output
    let marks = [
      "1, from print\n", "2, from printf\n", "\"3, from debugPrint\"\n", "4, from printf\n",
      "- 5\n", "6, a complaint\n", "7, from print.\n",
    ]
    let places = marks.compactMap { text.range(of: $0)?.lowerBound }
    #expect(places.count == marks.count, "\(text)")
    #expect(places == places.sorted())
    #expect(text.contains("**Standard error**"))
  }

  @Test func `Two runs are the same`() async throws {
    let (first, second) = (try Folder(), try Folder())
    for mode in ["fine", "streams", "figure", "index", "cCrash", "error"] {
      let one = try await Program.fixture.run(["--mode", mode], in: first)
      let two = try await Program.fixture.run(["--mode", mode], in: second)
      #expect(one.output == two.output)
      #expect(first.files == second.files)
      for file in first.files { #expect(try first.bytes(file) == second.bytes(file)) }
    }
  }

  @Test func `File has its figures beside it`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.run(["--output", "docs/report.md"], in: folder)
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    #expect(folder.files == ["docs/report.md", "docs/report_files/fig-ramp.png"])
    #expect(try folder.text("docs/report.md").contains("src=\"report_files/fig-ramp.png\""))
  }

  @Test func `Figures go where they are sent`() async throws {
    let folder = try Folder()
    let arguments = ["--output", "docs/report.md", "--figures", "images/all"]
    #expect(try await Program.fixture.run(arguments, in: folder).status == 0)
    #expect(folder.files == ["docs/report.md", "images/all/fig-ramp.png"])
    #expect(
      try folder.text("docs/report.md").contains("src=\"../images/all/fig-ramp.png\""))
  }

  @Test func `Figures are written as shapes where that is asked for`() async throws {
    for more in [[], ["--in-process"]] {
      let folder = try Folder()
      let arguments = ["--mode", "figure", "--output", "a.md", "--vector-figures", "shapes"] + more
      let result = try await Program.fixture.run(arguments, in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(
        folder.files.filter { $0.hasPrefix("shapes") } == [
          "shapes/fig-squares.pdf", "shapes/fig-squares.svg",
        ], "\(folder.files)")
      #expect(try folder.text("shapes/fig-squares.svg").contains("<svg"))
      #expect(try folder.bytes("shapes/fig-squares.pdf").starts(with: Array("%PDF-".utf8)))
    }
  }

  @Test func `A run that fails leaves the shapes of the last one`() async throws {
    let folder = try Folder()
    let failing = try await Program.fixture.run(
      ["--mode", "index", "--output", "a.md", "--vector-figures", "shapes"], in: folder)
    #expect(failing.status == 3)
    #expect(folder.files == [])
    let blocked = try await Program.fixture.shell(
      "touch shapes; $LAB -q --output a.md --vector-figures shapes", in: folder)
    #expect(blocked.status == 2)
    #expect(blocked.errors.contains("shapes: is no folder"), "\(blocked.errors)")
    #expect(folder.files == ["shapes"])
  }

  @Test func `Embedded report stands alone`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.run(["--embed"], in: folder)
    #expect(result.output.contains("src=\"data:image/png;base64,iVBOR"))
    #expect(folder.files.isEmpty)
  }

  @Test func `Figure that is no longer made is removed`() async throws {
    let folder = try Folder()
    let output = ["--output", "report.md", "--mode"]
    _ = try await Program.fixture.run(output + ["secondFigure"], in: folder)
    #expect(folder.files.contains("report_files/fig-second.png"))
    _ = try await Program.fixture.run(output + ["fine"], in: folder)
    #expect(folder.files == ["report.md", "report_files/fig-ramp.png"])
  }

  @Test func `Unchanged report keeps its bytes`() async throws {
    let folder = try Folder()
    _ = try await Program.fixture.run(["--output", "report.md"], in: folder)
    let before = try await Program.fixture.shell(
      "stat -c '%i %Y' report.md report_files/*", in: folder)
    _ = try await Program.fixture.run(["--output", "report.md"], in: folder)
    let after = try await Program.fixture.shell(
      "stat -c '%i %Y' report.md report_files/*", in: folder)
    #expect(before.output == after.output)
  }

  @Test(arguments: ["> /dev/full", "--output /dev/full", "--output -  > /dev/full"])
  func `Full disk is said`(redirection: String) async throws {
    let folder = try Folder()
    let result = try await Program.fixture.shell("$LAB \(redirection)", in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("no space left on device"), "\(result.errors)")
  }

  @Test func `Device is written to and not replaced`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.shell(
      "mkfifo pipe; cat pipe > copy & $LAB --output pipe; wait; stat -c %F pipe; head -1 copy",
      in: folder)
    #expect(result.output == "fifo\n# The fixture\n")
  }

  @Test func `Unwritable folder is said`() async throws {
    // Not even the superuser writes below /proc.
    let folder = try Folder()
    let result = try await Program.fixture.run(["--output", "/proc/report.md"], in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("/proc/"), "\(result.errors)")
    #expect(folder.files.isEmpty)
  }

  @Test func `Folder in place of the file is said`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.shell("mkdir docs && $LAB --output docs", in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("docs"))
  }

  @Test func `Reader that goes away ends it quietly`() async throws {
    let folder = try Folder()
    // Longer than a pipe holds, so that the loss is noticed.
    let result = try await Program.fixture.shell(
      "$LAB --mode wideOutput | head -1; echo ${PIPESTATUS[0]}", in: folder)
    #expect(result.output == "# The fixture\n0\n")
    #expect(result.errors.isEmpty)
  }

  @Test func `Closed standard output is said`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.shell("$LAB >&-", in: folder)
    #expect(result.status == 2)
    #expect(result.errors.contains("standard output"), "\(result.errors)")
  }

  @Test(arguments: ["error", "trap", "cCrash"])
  func `Failure leaves the old file`(mode: String) async throws {
    let folder = try Folder()
    try folder.write("old", to: "report.md")
    let arguments = ["--mode", mode, "--output", "report.md"]
    #expect(try await Program.fixture.run(arguments, in: folder).status == 3)
    #expect(try folder.text("report.md") == "old")
    #expect(folder.files == ["report.md"])

    #expect(try await Program.fixture.run(arguments + ["--keep-partial"], in: folder).status == 3)
    #expect(try folder.text("report.md").contains("*Not run.*"))
  }

  @Test func `Failed claim is still reported`() async throws {
    let folder = try Folder()
    try folder.write("old", to: "report.md")
    let arguments = ["--mode", "falseClaim", "--output", "report.md"]
    #expect(try await Program.fixture.run(arguments, in: folder).status == 3)
    let text = try folder.text("report.md")
    #expect(text.contains("✗"))
    #expect(text.hasPrefix("# The fixture"))
  }

  @Test func `Moved executable runs`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.shell(
      "cp $LAB ./renamed && cd / && $OLDPWD/renamed --output $OLDPWD/report.md", in: folder)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try folder.text("report.md").contains("let sum = (1...count).reduce(0, +)"))
  }

  @Test func `Source that cannot be woven is said at once`() async throws {
    let folder = try Folder()
    let result = try await Program.faulty.run(in: folder)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    let lines = result.errors.split(separator: "\n").filter { $0.contains(": error: ") }
    #expect(lines.count == 3, "\(result.errors)")
    #expect(lines.allSatisfy { $0.hasPrefix("Tests/FaultyLab/FaultyLab.swift:") })
  }

  @Test func `Usage errors are two`() async throws {
    let cases: [(arguments: [String], says: String)] = [
      (["--nonsense"], "--nonsense"), (["--mode", "nonsense"], "nonsense"),
      (["--timeout", "-1"], "--timeout"), (["--timeout", "0"], "--timeout"),
      (["--threads", "0"], "--threads"), (["--diff"], "--check"), (["--offline"], "--check"),
      (["--check", "x.md", "--output", "y.md"], "--output"), (["--output", ""], "--output"),
      (["--embed", "--format", "notebook"], "--embed"), (["--format", "odt"], "odt"),
    ]
    for (arguments, says) in cases {
      let folder = try Folder()
      let result = try await Program.fixture.run(arguments, in: folder)
      #expect(result.status == 2)
      #expect(result.output.isEmpty)
      #expect(result.errors.contains(says), "\(result.errors)")
      #expect(folder.files.isEmpty)
    }
  }

  @Test func `Help lists both kinds of options`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.run(["--help"], in: folder)
    #expect(result.status == 0)
    for word in ["--mode", "--count", "--output", "--check", "--keep-partial", "--timeout"] {
      #expect(result.output.contains(word))
    }
    #expect(result.errors.isEmpty)
  }

  @Test func `In process gives the same report`() async throws {
    let folder = try Folder()
    // Standard error is left to the debugger.
    let apart = try await Program.fixture.run(["--mode", "heldClaims"], in: folder)
    let within = try await Program.fixture.run(
      ["--mode", "heldClaims", "--in-process"], in: folder)
    #expect(within.status == 0)
    #expect(within.output == apart.output)
  }

  @Test func `Quiet is quiet`() async throws {
    let folder = try Folder()
    let loud = try await Program.fixture.run(["--mode", "train"], in: folder)
    let quiet = try await Program.fixture.run(["--mode", "train", "--quiet"], in: folder)
    // On a busy machine there may be lines before the last.
    let last = loud.errors.split(separator: "\n").last ?? ""
    #expect(last.hasPrefix("Training: 100/100 steps, "), "\(loud.errors)")
    #expect(last.hasSuffix("loss 0.0230"), "\(loud.errors)")
    #expect(quiet.errors.isEmpty)
    #expect(loud.output == quiet.output)
  }

  @Test func `Timings are only there when asked for`() async throws {
    let folder = try Folder()
    let plain = try await Program.fixture.run(in: folder).output
    let timed = try await Program.fixture.run(["--timings"], in: folder).output
    #expect(timed.contains("202") && !plain.contains("202"))
  }

  @Test func `Notebook is inferred from the name`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.run(["--output", "report.ipynb"], in: folder)
    #expect(result.status == 0)
    let json = try JSONSerialization.jsonObject(with: Data(folder.bytes("report.ipynb")))
    let notebook = try #require(json as? [String: Any])
    #expect(notebook["nbformat"] as? Int == 4)
    #expect(folder.files == ["report.ipynb"])
  }
}
