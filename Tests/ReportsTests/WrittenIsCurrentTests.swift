import Foundation
import Testing

@testable import Reports

/// Whatever a lab says, shows and is called: the report that was just written is current by its own
/// check, without a run and with one, in every form that a check reads.
struct WrittenIsCurrentTests {
  /// How many reports are tried; `LABKIT_REPORT_CASES` says another number.
  static let caseCount =
    ProcessInfo.processInfo.environment["LABKIT_REPORT_CASES"].flatMap { Int($0) } ?? 300

  static let firstSeed =
    ProcessInfo.processInfo.environment["LABKIT_REPORT_SEED"].flatMap { UInt64($0) } ?? 1

  /// Seeds beyond the usual ones whose report was not current once.
  static let found: [UInt64] = [22215, 31081]

  @Test func `Every generated report is current`() throws {
    let root = FileManager.default.temporaryDirectory.appending(
      path: "written-\(UUID().uuidString)")
    let keeps = ProcessInfo.processInfo.environment["LABKIT_REPORT_KEEP"] != nil
    defer { if !keeps { try? FileManager.default.removeItem(at: root) } }
    var refused = 0
    let seeds = Array(Self.firstSeed..<(Self.firstSeed + UInt64(Self.caseCount)))
    for seed in seeds + (Self.firstSeed == 1 ? Self.found : []) {
      var lab = GeneratedLab(seed: seed)
      let folder = root.appending(path: "\(seed % 64)/\(lab.path())")
      try? FileManager.default.removeItem(at: folder)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      // What prose links to is there.
      for name in ["x.md", "y.md", "q.png"] {
        try Data().write(to: folder.appending(path: name))
      }
      let files = lab.files()
      let source: LabSource
      do {
        source = try LabSource(files: files)
      } catch {
        // What prose must not hold is refused before the run, and so cannot be stale.
        refused += 1
        continue
      }
      let recording = lab.recording(of: source)
      var options = Report.Options()
      options.origin = ReportOrigin(lab: "lab", options: [lab.word()])
      let report: Report
      do {
        report = try Report(source: source, recording: recording, options: options)
      } catch {
        refused += 1
        continue
      }
      try check(report, source, options, folder, seed)
      if !keeps { try? FileManager.default.removeItem(at: folder) }
    }
    // Most of what is generated must get through, or nothing is tested.
    #expect(refused * 3 < Self.caseCount, "\(refused) of \(Self.caseCount) were refused")
  }

  private func check(
    _ report: Report, _ source: LabSource, _ options: Report.Options, _ folder: URL, _ seed: UInt64
  ) throws {
    func said(
      _ name: String, _ format: ReportCheck.Format, _ write: (String, String) throws -> Void
    ) throws {
      let path = folder.appending(path: name).path
      let figures = folder.appending(path: "figures").path
      do {
        try write(path, figures)
      } catch {
        Issue.record("seed \(seed), \(name): \(error)")
        return
      }
      let check = ReportCheck(
        path: path, figuresPath: figures, format: format, fixingCommand: "lab")
      var atRest = try check.checkSource(source, options: options)
      // Prose links to what is not there: that is a fault of the author's, and said as such.
      atRest.findings.removeAll { finding in
        finding.message.contains("the linked file") && !finding.message.contains("/figures/")
      }
      #expect(atRest.isCurrent, "seed \(seed), \(name), before the run: \(atRest)")
      let afterRun = try check.checkRun(report)
      #expect(afterRun.isCurrent, "seed \(seed), \(name), after the run: \(afterRun)")
    }
    try said("report.md", .markdown) { path, figures in
      let rendered = MarkdownRenderer(figuresFolder: "figures").render(report)
      try ReportWriter(path: path, figuresPath: figures).write(rendered) { folder in
        MarkdownRenderer(figuresFolder: "figures/" + folder).render(report).text
      }
    }
    try said("windows.md", .markdown) { path, _ in
      let text = MarkdownRenderer(figuresFolder: "figures").render(report).text
      try Data(text.replacing("\n", with: "\r\n").utf8).write(to: URL(fileURLWithPath: path))
    }
    try said("report.ipynb", .notebook) { path, figures in
      let rendered = NotebookRenderer().render(report)
      try ReportWriter(path: path, figuresPath: figures).write(rendered) { _ in rendered.text }
    }
    try said("report.html", .page) { path, _ in
      let text = MarkdownRenderer(figuresFolder: "").render(report).text
      let body = report.pictures.map { name, png in
        "<img src=\"data:image/png;base64,\(Base64.encode(png))\" alt=\"\(name)\">"
      }.joined()
      let page = ReportPage(title: "t", body: body, source: text, digest: { _ in "" })
      try Data(page.html.utf8).write(to: URL(fileURLWithPath: path))
    }
  }
}

extension Report {
  /// The pictures in the order in which they are shown.
  fileprivate var pictures: [(name: String, png: [UInt8])] {
    blocks.flatMap { block -> [(name: String, png: [UInt8])] in
      guard case .cell(let cell) = block else { return [] }
      return cell.items.flatMap { item -> [(name: String, png: [UInt8])] in
        guard case .figure(let placed) = item else { return [] }
        return placed.figure.images.reversed().map { (placed.name, $0.png) }
      }
    }
  }
}
