package import SystemCalls

/// Puts a rendered report on disk: figures first, then the document by an atomic rename.
///
/// Bytes stay where nothing but volatile text changed, or where a picture decodes to the same
/// pixels. A new picture brings all text along, so that both are of the same run. Figures that the old document showed and the new one does not are removed; other files
/// are never touched.
package struct ReportWriter: Sendable {
  /// The document's path.
  package var path: String

  /// The path of the folder of its figures.
  package var figuresPath: String

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
  /// - Throws: One sentence with the path and what the system says, or which line of the report its
  ///   own check would not find again (before anything is written). The document is then the old
  ///   one; figures that were written before it stay.
  @discardableResult
  package func write(_ report: RenderedReport) throws(FileError) -> Outcome {
    try readBack(report)
    let old = try? Disk().text(of: path)
    var outcome = try writeFigures(report)
    let isSame = old.map { $0.utf8.elementsEqual(report.text.utf8) } ?? false
    if let old, isSame || outcome.written.isEmpty && isCurrent(old, report) {
      outcome.unchanged.append(path)
    } else {
      try Disk().replace(path, with: Array(report.text.utf8))
      outcome.written.append(path)
    }
    if let old { try removeOrphans(of: old, report, &outcome) }
    return outcome
  }

  /// Writes the figures alone, for a document that goes to a stream.
  ///
  /// - Throws: One sentence with the path and what the system says.
  @discardableResult
  package func writeFigures(_ report: RenderedReport) throws(FileError) -> Outcome {
    var outcome = Outcome()
    for figure in report.figures {
      let path = "\(figuresPath)/\(figure.name)"
      if let old = try? Disk().contents(of: path),
        PixelComparison(committed: old, actual: figure.bytes).result == .equal
      {
        outcome.unchanged.append(path)
      } else {
        try Disk().replace(path, with: figure.bytes)
        outcome.written.append(path)
      }
    }
    return outcome
  }

  /// Holds what is about to be written against itself: a report that was just written is current.
  private func readBack(_ report: RenderedReport) throws(FileError) {
    // Renderers of other packages say nothing about their lines.
    guard !report.lines.isEmpty else { return }
    let text = report.isNotebook ? try CommittedNotebook(report.text, path: path).text : report.text
    let comparison = DocumentComparison(report.lines, committed: text, mode: .exact)
    guard let first = comparison.differences.first else { return }
    let line = (first.expected.first?.text ?? first.committed.first?.text ?? "").prefix(80)
    throw FileError(
      path: path,
      reason: "would not be found current by its own check, from line \(first.line) on: “\(line)”; "
        + "the old report stays")
  }

  private func isCurrent(_ old: String, _ report: RenderedReport) -> Bool {
    // Renderers of other packages say nothing about what may vary, and a document without its last
    // line end, or with Windows' line ends, is written anew.
    guard !report.lines.isEmpty, old.utf8.last == UInt8(ascii: "\n"),
      !old.utf8.contains(UInt8(ascii: "\r"))
    else { return false }
    guard report.isNotebook else {
      return DocumentComparison(report.lines, committed: old, mode: .exact).differences.isEmpty
    }
    guard let notebook = try? CommittedNotebook(old, path: path) else { return false }
    let comparison = DocumentComparison(report.lines, committed: notebook.text, mode: .exact)
    return comparison.differences.isEmpty
      && report.embedded.allSatisfy { picture in
        guard let committed = notebook.pictures[picture.name] else { return false }
        return PixelComparison(committed: committed, actual: picture.bytes).result == .equal
      }
  }

  private func removeOrphans(
    of old: String, _ report: RenderedReport, _ outcome: inout Outcome
  ) throws(FileError) {
    let folder = Paths.folder(of: path)
    let kept = Set(report.figures.map(\.name))
    for link in DocumentLinks.files(in: old) where link.hasSuffix(".png") {
      let file = link.split(separator: "/").last.map { String($0) } ?? link
      // Only a picture of the folder itself, whatever name the old document had for the folder.
      guard !kept.contains(file), Paths.isSame(folder + link, "\(figuresPath)/\(file)") else {
        continue
      }
      let path = "\(figuresPath)/\(file)"
      guard Disk().exists(path) else { continue }
      do { try Disk().remove(path) } catch {
        throw FileError(path: path, "cannot be removed", error)
      }
      outcome.removed.append(path)
    }
    if !outcome.removed.isEmpty, (try? Disk().names(in: figuresPath))?.isEmpty ?? false {
      try? Disk().removeFolder(figuresPath)
    }
  }
}
