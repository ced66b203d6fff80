package import SystemCalls

/// Compares a committed report with what its lab says today; never writes beside it.
///
/// Two phases. ``checkSource(_:options:)`` holds prose, code and options against the source and
/// takes milliseconds; ``checkRun(_:artifacts:)`` holds everything against a run. Text, numbers and
/// decoded pixels must be equal; a number may be off by the tolerance that it was published with;
/// of what is marked volatile only the form counts.
package struct ReportCheck: Sendable {
  /// The forms of a report.
  package enum Format: String, Sendable {
    /// GitHub-flavoured Markdown.
    case markdown

    /// A Jupyter notebook.
    case notebook

    /// A page of HTML, which carries its own text.
    case page
  }

  /// The committed document's path.
  package var path: String

  /// The path of the folder of its figures.
  package var figuresPath: String

  /// Its form.
  package var format: Format

  /// The command that would bring the report up to date: `swift run lab10 --output docs/lab10.md`.
  package var fixingCommand: String

  /// The check of one committed report.
  package init(path: String, figuresPath: String, format: Format, fixingCommand: String) {
    self.path = path
    self.figuresPath = figuresPath
    self.format = format
    self.fixingCommand = fixingCommand
  }

  /// Compares prose, code and options with the source, and links with files; runs nothing. Also
  /// what `--check --offline` does.
  ///
  /// - Throws: When the committed document cannot be read: one sentence.
  package func checkSource(
    _ source: LabSource, options: Report.Options
  ) throws(FileError) -> CheckResult {
    let committed = try read()
    let skeleton = Report(skeleton: source, options: options)
    let rendered = try render(skeleton, like: committed)
    var findings = FindingList(check: self, report: skeleton)
    findings.add(DocumentComparison(rendered, committed: committed.document, mode: .source))
    for addition in committed.additions {
      findings.add(place: "\(path), outputs of cell \(addition.cell)", addition.sentence)
    }
    guard format == .markdown else { return findings.result(committed: committed.text) }
    let links = DocumentLinks.files(in: committed.text)
    add(links, in: committed.text, &findings)
    var result = findings.result(committed: committed.text)
    result.notes = foreignFiles(links)
    return result
  }

  /// Compares everything with a report that was just run.
  ///
  /// - Parameter artifacts: A folder for `<label>.actual.png` and `<label>.diff.png`.
  /// - Throws: When a file cannot be read, or an artifact cannot be written: one sentence.
  package func checkRun(
    _ report: Report, artifacts: String? = nil
  ) throws(FileError) -> CheckResult {
    let committed = try read()
    let rendered = try render(report, like: committed)
    var findings = FindingList(check: self, report: report)
    findings.add(DocumentComparison(rendered, committed: committed.document, mode: .tolerant))
    for addition in committed.additions {
      findings.add(place: "\(path), outputs of cell \(addition.cell)", addition.sentence)
    }
    for figure in rendered.figures {
      try compare(
        figure, Disk().contents(of: "\(figuresPath)/\(figure.name)"),
        at: "\(figuresPath)/\(figure.name)",
        artifacts, &findings)
    }
    for figure in rendered.embedded {
      // A picture that is not there at all shows in the lines already.
      guard let bytes = committed.pictures[figure.name] else { continue }
      try compare(figure, bytes, at: "\(path): \(figure.stem)", artifacts, &findings)
    }
    if format == .markdown, let artifacts {
      for line in rendered.lines {
        for case .picture(let figure) in line.pieces where findings.concern(line) {
          try Disk().replace("\(artifacts)/\(figure.stem).actual.png", with: figure.bytes)
        }
      }
    }
    return findings.result(committed: committed.text)
  }
}

extension ReportCheck {
  /// The largest document that is read: its pictures may stand in it, its run may have printed much.
  package static let byteLimit = 1 << 27

  private struct Committed {
    var text: String
    var document: CommittedDocument
    var pictures: [String: [UInt8]] = [:]
    /// What a notebook holds that no lab puts there: cells, and sentences.
    var additions: [(cell: String, sentence: String)] = []
  }

  private func read() throws(FileError) -> Committed {
    guard let text = try Disk().text(of: path, byteLimit: Self.byteLimit) else {
      throw FileError(
        path: path, reason: "there is no such file to check; to make it, run: \(fixingCommand)")
    }
    if format == .page {
      let page = try ReportPage(reading: text, path: path)
      return Committed(
        text: page.source, document: CommittedDocument(page.source), pictures: page.pictures)
    }
    guard format == .notebook else {
      return Committed(text: text, document: CommittedDocument(text))
    }
    let notebook = try CommittedNotebook(text, path: path)
    return Committed(
      text: notebook.text, document: notebook.document, pictures: notebook.pictures,
      additions: notebook.additions)
  }

  private func render(
    _ report: Report, like committed: Committed
  ) throws(FileError) -> RenderedReport {
    if format == .notebook { return NotebookRenderer().render(report) }
    if format == .page {
      // Its pictures are inside it, under the names that its own text has for them.
      var rendered = MarkdownRenderer(figuresFolder: "").render(report)
      swap(&rendered.figures, &rendered.embedded)
      return rendered
    }
    let isEmbedded = committed.text.contains("src=\"data:image/png;base64,")
    let folder = try Paths.relative(figuresPath, toFolderOf: path)
    return MarkdownRenderer(figuresFolder: isEmbedded ? nil : folder).render(report)
  }

  /// Every linked file exists, and no run was cut off while it wrote the report.
  private func add(_ links: [String], in text: String, _ findings: inout FindingList) {
    let folder = Paths.folder(of: path)
    let missing = links.filter { !Disk().exists(folder + $0) }
    let shown = Array(missing.prefix(Self.mostLinks))
    for (link, place) in zip(shown, findings.places(of: shown, in: text)) {
      findings.add(place: place, "the linked file \(folder + link) does not exist")
    }
    if missing.count > shown.count {
      findings.add(
        place: path, "\(missing.count - shown.count) more linked files do not exist")
    }
    if let place = try? ReportPlace(document: path, figures: figuresPath, disk: Disk()),
      Disk().exists(Staging(place).folder)
    {
      findings.add(place: path, "a run was cut off while it wrote this report")
    }
  }

  /// The visible files in the figures' folder that the report does not show. Writing the report
  /// leaves them alone, so they make nothing stale.
  private func foreignFiles(_ links: [String]) -> [String] {
    let folder = Paths.folder(of: path)
    let names = (try? Disk().names(in: figuresPath)) ?? []
    // Paths are compared in full only where the names agree.
    let named = Dictionary(grouping: links) { Paths.name(of: $0) }
    return names.filter { name in
      let file = Paths.join(figuresPath, name)
      return !name.hasPrefix(".")
        && !(named[name] ?? []).contains { Paths.isSame(folder + $0, file) }
    }
    .map { "\(Paths.join(figuresPath, $0)): not shown by this report, and left alone" }
  }

  /// A report that has lost its folder is no news a hundred times over.
  private static let mostLinks = 100

  private func compare(
    _ figure: RenderedReport.File, _ committed: [UInt8]?, at place: String, _ artifacts: String?,
    _ findings: inout FindingList
  ) throws(FileError) {
    guard let committed else {
      findings.add(place: place, "this figure is missing")
      try keep(figure, nil, artifacts)
      return
    }
    let comparison = PixelComparison(
      committed: committed, actual: figure.bytes, draws: artifacts != nil)
    switch comparison.result {
    case .equal: return
    case .different, .resized:
      if figure.isVolatile { return }
    case .unreadable: break
    }
    findings.add(place: place, comparison.sentence)
    try keep(figure, comparison.diffPNG, artifacts)
  }

  private func keep(
    _ figure: RenderedReport.File, _ difference: [UInt8]?, _ artifacts: String?
  ) throws(FileError) {
    guard let artifacts else { return }
    try Disk().replace("\(artifacts)/\(figure.stem).actual.png", with: figure.bytes)
    if let difference, !difference.isEmpty {
      try Disk().replace("\(artifacts)/\(figure.stem).diff.png", with: difference)
    }
  }
}

extension RenderedReport.File {
  /// The name without its suffix.
  var stem: String { name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name }
}

extension PixelComparison {
  /// The result in words.
  package var sentence: String {
    switch result {
    case .equal: "the picture is the same"
    case .different(let count, let x, let y):
      "the picture differs in \(count) \(count == 1 ? "pixel" : "pixels"), "
        + "columns \(x.lowerBound)–\(x.upperBound), rows \(y.lowerBound)–\(y.upperBound)"
    case .resized(let old, let new):
      "the picture is \(old.width)×\(old.height) pixels, the run makes \(new.width)×\(new.height)"
    case .unreadable(let reason): "the picture cannot be read: \(reason)"
    }
  }
}
