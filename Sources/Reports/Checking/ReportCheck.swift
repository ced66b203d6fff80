/// Compares a committed report with what its lab says today; never writes beside it.
///
/// Two phases. ``checkSource(_:options:)`` holds prose, code and options against the source and
/// takes milliseconds; ``checkRun(_:artifacts:)`` holds everything against a run. Text, numbers and
/// decoded pixels must be equal; a number may be off by the tolerance that it was published with;
/// of what is marked volatile only the form counts.
public struct ReportCheck: Sendable {
  /// The forms of a report.
  public enum Format: String, Sendable {
    /// GitHub-flavoured Markdown.
    case markdown

    /// A Jupyter notebook.
    case notebook
  }

  /// The committed document's path.
  public var path: String

  /// The path of the folder of its figures.
  public var figuresPath: String

  /// Its form.
  public var format: Format

  /// The command that would bring the report up to date: `swift run lab10 --output docs/lab10.md`.
  public var fixingCommand: String

  /// The check of one committed report.
  public init(path: String, figuresPath: String, format: Format, fixingCommand: String) {
    self.path = path
    self.figuresPath = figuresPath
    self.format = format
    self.fixingCommand = fixingCommand
  }

  /// Compares prose, code and options with the source, and links with files; runs nothing. Also
  /// what `--check --offline` does.
  ///
  /// - Throws: When the committed document cannot be read: one sentence.
  public func checkSource(
    _ source: LabSource, options: Report.Options
  ) throws(FileTrouble) -> CheckResult {
    let committed = try read()
    let skeleton = Report(skeleton: source, options: options)
    let rendered = render(skeleton, like: committed)
    var findings = FindingList(check: self, report: skeleton)
    findings.add(DocumentComparison(rendered.lines, committed: committed.text, mode: .source))
    if format == .markdown { addLinks(committed.text, &findings) }
    return findings.result(committed: committed.text)
  }

  /// Compares everything with a report that was just run.
  ///
  /// - Parameter artifacts: A folder for `<label>.actual.png` and `<label>.diff.png`.
  /// - Throws: When a file cannot be read, or an artifact cannot be written: one sentence.
  public func checkRun(
    _ report: Report, artifacts: String? = nil
  ) throws(FileTrouble) -> CheckResult {
    let committed = try read()
    let rendered = render(report, like: committed)
    var findings = FindingList(check: self, report: report)
    findings.add(DocumentComparison(rendered.lines, committed: committed.text, mode: .tolerant))
    for figure in rendered.figures {
      try compare(
        figure, DiskFile.read("\(figuresPath)/\(figure.name)"), at: "\(figuresPath)/\(figure.name)",
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
          try DiskFile.write(figure.bytes, to: "\(artifacts)/\(figure.stem).actual.png")
        }
      }
    }
    return findings.result(committed: committed.text)
  }
}

extension ReportCheck {
  private struct Committed {
    var text: String
    var pictures: [String: [UInt8]] = [:]
  }

  private func read() throws(FileTrouble) -> Committed {
    guard let text = try DiskFile.readText(path) else {
      throw FileTrouble(
        path: path, reason: "there is no such file to check; to make it, run: \(fixingCommand)")
    }
    guard format == .notebook else { return Committed(text: text) }
    let notebook = try CommittedNotebook(text, path: path)
    return Committed(text: notebook.text, pictures: notebook.pictures)
  }

  private func render(_ report: Report, like committed: Committed) -> RenderedReport {
    if format == .notebook { return NotebookRenderer().render(report) }
    let isEmbedded = committed.text.contains("src=\"data:image/png;base64,")
    let folder = DiskFile.relative(figuresPath, toFolderOf: path)
    return MarkdownRenderer(figuresFolder: isEmbedded ? nil : folder).render(report)
  }

  /// Every linked file exists; every file in the figures' folder is linked.
  private func addLinks(_ text: String, _ findings: inout FindingList) {
    let folder = DiskFile.folder(of: path)
    let links = DocumentLinks.files(in: text)
    for link in links where !DiskFile.exists(folder + link) {
      findings.add(
        place: findings.place(ofFirst: link, in: text),
        "the linked file \(folder + link) does not exist")
    }
    for name in DiskFile.names(in: figuresPath) {
      let file = "\(figuresPath)/\(name)"
      if !links.contains(where: { DiskFile.isSame(folder + $0, file) }) {
        findings.add(place: file, "the report does not show this file")
      }
    }
  }

  private func compare(
    _ figure: RenderedReport.File, _ committed: [UInt8]?, at place: String, _ artifacts: String?,
    _ findings: inout FindingList
  ) throws(FileTrouble) {
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
  ) throws(FileTrouble) {
    guard let artifacts else { return }
    try DiskFile.write(figure.bytes, to: "\(artifacts)/\(figure.stem).actual.png")
    if let difference, !difference.isEmpty {
      try DiskFile.write(difference, to: "\(artifacts)/\(figure.stem).diff.png")
    }
  }
}

extension RenderedReport.File {
  /// The name without its suffix.
  var stem: String { name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name }
}

extension PixelComparison {
  /// The result in words.
  var sentence: String {
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
