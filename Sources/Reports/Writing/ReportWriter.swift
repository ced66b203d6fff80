package import SystemCalls

/// Puts a rendered report on disk, so that a document and its figures are always of one run.
///
/// Whenever it is cut off, by a signal, a full disk or a power failure, what stands there is the old
/// report with its old figures or the new one with its new figures. `Staging` says how.
///
/// Bytes stay where nothing but volatile text changed, or where a picture decodes to the same
/// pixels. A new picture brings all text along. Figures that the old document showed and the new
/// one does not are removed; other files are never touched.
package struct ReportWriter: Sendable {
  /// The document's path.
  package var path: String

  /// The path of the folder of its figures.
  package var figuresPath: String

  /// What it writes to.
  package var disk = Disk()

  /// A writer to a place.
  package init(path: String, figuresPath: String) {
    self.path = path
    self.figuresPath = figuresPath
  }

  /// What the writer did.
  package struct Outcome: Hashable, Sendable {
    /// Paths of files with new contents.
    package var written: [String] = []

    /// Paths of files that were left as they are.
    package var unchanged: [String] = []

    /// Paths of figures that the report no longer shows.
    package var removed: [String] = []

    /// Nothing done.
    package init() {}
  }

  /// Writes a report.
  ///
  /// - Parameters:
  ///   - report: The report.
  ///   - relinked: The text of the same report when its figures lie in a folder of this name inside
  ///     the figures' folder. Only asked for when figures are replaced.
  /// - Throws: One sentence with the path and what the system says, or which line of the report its
  ///   own check would not find again. What stands there is then the old report.
  @discardableResult
  package func write(
    _ report: RenderedReport, relinked: (_ folder: String) throws(FileError) -> String
  ) throws(FileError) -> Outcome {
    try readBack(report)
    let place = try ReportPlace(document: path, figures: figuresPath, disk: disk)
    let lock = try place.lock(withFigures: !report.figures.isEmpty)
    defer { lock.release() }
    let staging = Staging(place)
    try staging.recover()

    var outcome = Outcome()
    // One that is not text shows no figures of ours. One that cannot be read may.
    let old = try disk.contents(of: place.document).flatMap {
      String(validating: $0, as: UTF8.self)
    }
    let (changed, replaced) = try sort(report.figures, place, &outcome)
    var stale = if let old { try staleFigures(in: old, report, place) } else { [String]() }
    if !replaced.isEmpty || !stale.isEmpty {
      let others = OtherReports(beside: place)
      try others.refuse(replaced, of: place)
      stale.removeAll { others.shown[$0] != nil }
    }
    var text: [UInt8]?
    let isSame = old.map { $0.utf8.elementsEqual(report.text.utf8) } ?? false
    if let old, isSame || changed.isEmpty && isCurrent(old, report) {
      outcome.unchanged.append(path)
    } else {
      text = Array(report.text.utf8)
    }
    // Nothing shows a replaced figure where there is no document yet.
    let isShown = disk.exists(place.document) && !replaced.isEmpty
    try staging.put(
      document: text ?? (isShown ? Array(report.text.utf8) : nil),
      passing: isShown ? Array(try relinked(staging.name).utf8) : nil,
      figures: changed, all: report.figures, replaced: replaced, stale: stale)
    outcome.written += changed.map { place.figure($0.name) }
    if text != nil { outcome.written.append(path) }
    outcome.removed = stale.map(place.figure)
    return outcome
  }

  /// Writes the figures alone, for a document that goes to a stream.
  ///
  /// - Throws: One sentence with the path and what the system says.
  @discardableResult
  package func writeFigures(_ report: RenderedReport) throws(FileError) -> Outcome {
    let place = try ReportPlace(document: path, figures: figuresPath, disk: disk)
    var outcome = Outcome()
    if report.figures.isEmpty { return outcome }
    let lock = try place.lock(withFigures: true)
    defer { lock.release() }
    let staging = Staging(place)
    try staging.recover()
    let (changed, replaced) = try sort(report.figures, place, &outcome)
    try staging.put(
      document: nil, passing: nil, figures: changed, all: changed, replaced: replaced, stale: [])
    outcome.written = changed.map { place.figure($0.name) }
    return outcome
  }

  /// Holds what is about to be written against itself: a report that was just written is current.
  private func readBack(_ report: RenderedReport) throws(FileError) {
    // Renderers of other packages say nothing about their lines.
    guard !report.lines.isEmpty else { return }
    let document =
      report.notebookStretches == nil
      ? CommittedDocument(report.text) : try CommittedNotebook(report.text, path: path).document
    let comparison = DocumentComparison(report, committed: document, mode: .exact)
    guard let first = comparison.differences.first else { return }
    let line = (first.expected.first?.text ?? first.committed.first?.text ?? "").prefix(80)
    throw FileError(
      path: path,
      reason: "would not be found current by its own check, from line \(first.line) on: “\(line)”; "
        + "the old report stays")
  }

  /// Tells the figures that have other pixels than those on disk, and which of them are there.
  private func sort(
    _ figures: [RenderedReport.File], _ place: ReportPlace, _ outcome: inout Outcome
  ) throws(FileError) -> (changed: [RenderedReport.File], replaced: Set<String>) {
    var changed: [RenderedReport.File] = []
    var replaced: Set<String> = []
    for figure in figures {
      let file = place.figure(figure.name)
      guard let kind = try place.kind(of: file) else {
        changed.append(figure)
        continue
      }
      switch kind {
      // A link is replaced itself: what it leads to may lie in another folder.
      case .file, .link: break
      case .folder: throw FileError(path: file, reason: "is a folder, not a figure")
      case .pipe, .device:
        throw FileError(path: file, reason: "is no file, and a figure must go there")
      }
      if kind == .file, let old = try? disk.contents(of: file),
        PixelComparison(committed: old, actual: figure.bytes).result == .equal
      {
        outcome.unchanged.append(file)
      } else {
        changed.append(figure)
        replaced.insert(figure.name)
      }
    }
    return (changed, replaced)
  }

  private func isCurrent(_ old: String, _ report: RenderedReport) -> Bool {
    // Renderers of other packages say nothing about what may vary, and a document without its last
    // line end, or with Windows' line ends, is written anew.
    guard !report.lines.isEmpty, old.utf8.last == UInt8(ascii: "\n"),
      !old.utf8.contains(UInt8(ascii: "\r"))
    else { return false }
    guard report.notebookStretches != nil else {
      return DocumentComparison(report.lines, committed: old, mode: .exact).differences.isEmpty
    }
    guard let notebook = try? CommittedNotebook(old, path: path) else { return false }
    let comparison = DocumentComparison(report, committed: notebook.document, mode: .exact)
    return comparison.differences.isEmpty
      && report.embedded.allSatisfy { picture in
        guard let committed = notebook.pictures[picture.name] else { return false }
        return PixelComparison(committed: committed, actual: picture.bytes).result == .equal
      }
  }

  /// The figures that the old run showed and this one does not: only pictures of the figures' folder
  /// itself, whatever name the old document had for it.
  private func staleFigures(
    in old: String, _ report: RenderedReport, _ place: ReportPlace
  ) throws(FileError) -> [String] {
    let kept = Set(report.figures.map(\.name))
    var stale: [String] = []
    for name in place.figures(shownByRunOf: old)
    where name.hasSuffix(".png") && !kept.contains(name) {
      if try place.kind(of: place.figure(name)) == .file { stale.append(name) }
    }
    return stale
  }
}
