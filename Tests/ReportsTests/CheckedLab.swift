import Foundation
import Numbers
import PNGCoding
import Raster
import Reports
import Testing

/// A committed report, and the lab and run that made it; each can be changed by itself.
struct CheckedLab {
  var body = """
    //: # A lab
    //: The loss falls to \\(loss), see @fig-curve and @tbl-errors.
    let network = make()
    print(network)

    //: After training, in \\(duration):
    //| label: fig-curve
    //| fig-cap: "The curve"
    //| fig-alt: "It falls"
    show(curve)
    //| label: tbl-errors
    //| tbl-cap: "All errors"
    show(errors)
    //| volatile: true
    //| echo: false
    time()
    //: That is all.
    """
  var printed = "two layers\n10 parameters\n"
  var loss = 0.25
  var took = "3.2 s"
  var timing = "1.5 ms\n"
  /// In place of the text.
  var timings: Table?
  var error = 0.125
  var picture: [UInt8] = []
  var format = ReportCheck.Format.markdown
  var isEmbedded = false
  let folder: TemporaryFolder

  init(_ format: ReportCheck.Format = .markdown, isEmbedded: Bool = false) throws {
    self.format = format
    self.isEmbedded = isEmbedded
    folder = try TemporaryFolder()
    picture = try ReportWriterTests.picture(.black)
  }

  var name: String { format == .markdown ? "lab.md" : "lab.ipynb" }

  func source() throws -> LabSource { try LabSource(files: [Sample.lab(body)]) }

  func report() throws -> Report {
    var recording = Recording()
    func line(_ text: String) -> Int {
      (body.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
        $0.hasPrefix(text)
      } ?? 0) + 1
    }
    recording.record(.print(printed, line: line("print")))
    recording.record(
      .publish(
        Published(
          "loss", value: loss, format: .decimal(places: 3), tolerance: .absolute(0.01))))
    recording.record(.publish(Published("duration", text: took, isVolatile: true)))
    recording.record(
      .show(
        .figure(
          FigureOutput(
            alternativeText: "generated", width: 4, height: 4, images: [.init(png: picture)])),
        line: line("show(curve)")))
    recording.record(
      .show(
        .table(
          Table(
            [("first", error), ("second", 12.5)],
            columns: [.column("Layer", \.0), .column("Error", \.1, as: .decimal(places: 4))])),
        line: line("show(errors)")))
    recording.record(
      .show(timings.map { .table($0) } ?? .text(timing, .standardOutput), line: line("time()")))
    return try Report(source: try source(), recording: recording)
  }

  func commit() throws {
    let renderer: any Renderer =
      format == .notebook
      ? NotebookRenderer() : MarkdownRenderer(figuresFolder: isEmbedded ? nil : "lab_files")
    let rendered = renderer.render(try report())
    try ReportWriter(path: folder.path + "/" + name, figuresPath: folder.path + "/lab_files")
      .write(rendered) { rendered.text.replacing("lab_files/", with: "lab_files/\($0)/") }
  }

  var check: ReportCheck {
    ReportCheck(
      path: folder.path + "/" + name, figuresPath: folder.path + "/lab_files", format: format,
      fixingCommand: "swift run lab --output \(name)")
  }

  func atRest() throws -> CheckResult {
    try check.checkSource(try source(), options: Report.Options())
  }

  func afterRun(artifacts: String? = nil) throws -> CheckResult {
    try check.checkRun(try report(), artifacts: artifacts)
  }

  func edit(_ old: String, _ new: String) throws {
    let text = try folder.read(name)
    #expect(text.contains(old))
    try folder.write(text.replacingOccurrences(of: old, with: new), to: name)
  }
}
