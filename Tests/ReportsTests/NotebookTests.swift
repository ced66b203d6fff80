import Foundation
import Raster
import Reports
import Testing

struct NotebookTests {
  /// A notebook with everything that a report can hold.
  static func notebook() throws -> String {
    let lab = Sample.lab(
      """
      //: ## Part 1
      //: Math $a\\,b$ and
      //: $$\\sum_i x_i$$
      //: - Note: see @fig-a.
      print("hello")
      //| label: fig-a
      //| fig-cap: "A caption with $x$"
      show(figure)
      //| echo: false
      //| volatile: true
      hidden()
      //| code-fold: true
      fail()
      last()  //hide
      """,
      above: "//: ---\n//: title: A lab\n//: author: Someone\n//: ---\nimport LabKit\n")
    let picture = try ReportWriterTests.picture(.black)
    var recording = Recording()
    func line(_ line: Int) -> Reports.SourceLocation {
      Reports.SourceLocation(fileID: "lab/Lab.swift", line: line + 8)
    }
    recording.record(.parameter(Parameter("epochs", text: "2")))
    recording.record(.show(Shown(.text("hello\n", .standardOutput), at: line(5))))
    recording.record(.show(Shown(.text("careful\n", .standardError), at: line(5))))
    recording.record(
      .show(
        Shown(
          .figure(
            FigureOutput(
              alternativeText: "it \"falls\"", width: 4, height: 4, images: [.init(png: picture)])),
          at: line(8))))
    recording.record(
      .show(Shown(.table(Table(columns: [.init("a")], rows: [["1"]])), at: line(11))))
    recording.record(
      .show(
        Shown(
          .verdict(Verdict("holds", measured: "1", requirement: "above 0", isMet: true)),
          at: line(11))))
    recording.record(.end(.threw(message: "no \\ data\n\tat all\u{1}", location: line(13))))
    let report = try Report(source: LabSource(files: [lab]), recording: recording)
    return NotebookRenderer().render(report).text
  }

  @Test func `Cells are what Jupyter expects`() throws {
    let text = try Self.notebook()
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let notebook = try #require(object as? [String: Any])
    #expect(notebook["nbformat"] as? Int == 4)
    #expect(notebook["nbformat_minor"] as? Int == 5)
    let cells = try #require(notebook["cells"] as? [[String: Any]])
    #expect(
      cells.map { $0["id"] as? String } == [
        "title-prose", "summary", "cell-1", "part-1-prose", "part-1-1", "fig-a", "part-1-2",
        "part-1-3", "provenance",
      ])
    #expect(
      cells.map { ($0["cell_type"] as? String)?.first } == [
        "m", "m", "c", "m", "c", "c", "c", "c", "m",
      ])
    let prose = try #require(cells[3]["source"] as? [String])
    #expect(
      prose == [
        "## Part 1\n", "Math $a\\,b$ and\n", "$$\\sum_i x_i$$\n", "\n",
        "> **Note.** see [Figure 1](#fig-a).",
      ])
    #expect(cells[4]["source"] as? [String] == ["print(\"hello\")"])
    #expect(cells[4]["execution_count"] as? Int == 2)
    let streams = try #require(cells[4]["outputs"] as? [[String: Any]])
    #expect(streams.map { $0["name"] as? String } == ["stdout", "stderr"])
    let picture = try #require((cells[5]["outputs"] as? [[String: Any]])?.first)
    let data = try #require((picture["data"] as? [String: Any])?["image/png"] as? String)
    #expect(try Data(base64Encoded: data) == Data(ReportWriterTests.picture(.black)))
    #expect((cells[6]["metadata"] as? [String: Any])?["volatile"] as? Bool == true)
    #expect(cells[6]["source"] as? [String] == [])
    let error = try #require((cells[7]["outputs"] as? [[String: Any]])?.last)
    #expect(error["evalue"] as? String == "no \\ data\n\tat all\u{2401}")
  }

  @Test func `An identifier is unique and not too long`() throws {
    let heading = "//: ## " + String(repeating: "very ", count: 30) + "long\n"
    let body = heading + "//| echo: true\na()\n" + heading + "b()"
    let text = NotebookRenderer().render(
      try Report(source: LabSource(files: [Sample.lab(body)]), recording: Recording())
    ).text
    let ids = text.split(separator: "\"id\": \"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.count <= 64 })
  }

  /// Where Python with nbformat and nbconvert is; `LABKIT_PYTHON` names it.
  static let python: String? = {
    let candidates = [ProcessInfo.processInfo.environment["LABKIT_PYTHON"], "/usr/bin/python3"]
    return candidates.compactMap(\.self).first { path in
      (try? run(path, ["-c", "import nbformat, nbconvert"]))?.status == 0
    }
  }()

  static func run(_ path: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }

  @Test(
    .enabled(
      if: NotebookTests.python != nil,
      "needs Python with nbformat and nbconvert; LABKIT_PYTHON names one"))
  func `Jupyter accepts and converts it`() throws {
    let folder = try TemporaryFolder()
    try folder.write(try Self.notebook(), to: "lab.ipynb")
    let script = """
      import sys, nbformat, nbconvert
      notebook = nbformat.read(sys.argv[1], as_version=4)
      nbformat.validate(notebook)
      html, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
      open(sys.argv[2], "w").write(html)
      nbformat.write(notebook, sys.argv[3])
      """
    let result = try Self.run(
      try #require(Self.python),
      ["-c", script, "lab.ipynb", "lab.html", "again.ipynb"].map {
        $0.hasPrefix("lab.") || $0.hasPrefix("again") ? "\(folder.path)/\($0)" : $0
      })
    #expect(result.status == 0, "\(result.text)")
    let html = try folder.read("lab.html")
    #expect(html.contains("data:image/png;base64,"))
    #expect(html.contains("$$\\sum_i x_i$$"))
    #expect(html.contains("$a\\,b$"))
    #expect(html.contains("id=\"fig-a\""))
    // Jupyter would save it exactly as it is.
    #expect(difference(try folder.read("again.ipynb"), try folder.read("lab.ipynb")) == "")
  }
}
