import Foundation
import Reports
import SystemCalls

/// A report on disk that says how it was made.
struct ReportFile {
  /// Its path, from the current folder or from the root.
  var path: String
  var text: String
  var origin: ReportOrigin

  /// The endings of reports that a check can read.
  static let endings = [".md", ".ipynb", ".html"]

  /// The endings of forms that nothing can be compared with: whoever has one has them made anew.
  static let unreadable = [".pdf", ".docx"]

  /// The PDF and DOCX files below folders that labs made.
  static func passedOver(_ paths: [String]) throws -> [ReportFile] {
    try (paths.isEmpty ? ["docs"] : paths).flatMap { path -> [String] in
      guard FileManager.default.isFolder(path) == true,
        let names = FileManager.default.enumerator(atPath: path)
      else { return [] }
      return names.compactMap { $0 as? String }.filter { name in
        unreadable.contains(where: name.hasSuffix)
          && !name.split(separator: "/").contains { $0.hasPrefix(".") }
      }.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }.sorted().compactMap { try ReportFile($0) }
  }

  /// The reports among files and below folders, sorted by path. Documents that no lab made are passed
  /// over, unless they were named; without any path it is docs/ below the current folder.
  ///
  /// - Parameter isCompared: Whether they are to be compared with something: then a PDF or DOCX that
  ///   is named is refused.
  static func find(_ paths: [String], isCompared: Bool = true) throws -> [ReportFile] {
    var found: [ReportFile] = []
    for path in paths.isEmpty ? ["docs"] : paths {
      guard let isFolder = FileManager.default.isFolder(path) else {
        // A course without reports yet has no docs either.
        if paths.isEmpty { return [] }
        throw Complaint("\(path): no such file or folder")
      }
      guard isFolder else {
        if isCompared, unreadable.contains(where: path.hasSuffix) {
          throw Complaint(
            "\(path): a PDF or DOCX cannot be compared; the Markdown, notebook or HTML of the same lab "
              + "can")
        }
        guard let report = try ReportFile(path) else {
          throw Complaint("\(path) does not say which lab made it; a report made anew does")
        }
        found.append(report)
        continue
      }
      let names = FileManager.default.enumerator(atPath: path)
      while let name = names?.nextObject() as? String {
        let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") }
        guard !isHidden, endings.contains(where: name.hasSuffix) else { continue }
        let file = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
        if let report = try ReportFile(file) { found.append(report) }
      }
    }
    var seen: Set<String> = []
    return found.filter { seen.insert($0.path).inserted }.sorted { $0.path < $1.path }
  }

  /// Reads a document; `nil` where no lab made it.
  init?(_ path: String) throws {
    // Without waiting for a pipe, and without all of a file that no lab writes.
    guard let bytes = try Disk().contents(of: path, byteLimit: ReportCheck.byteLimit) else {
      throw Complaint("\(path) cannot be read")
    }
    let isReadable = !Self.unreadable.contains(where: path.hasSuffix)
    text = isReadable ? String(decoding: bytes, as: UTF8.self) : ""
    guard let origin = ReportOrigin(in: bytes) else {
      guard path.hasSuffix(".md"), Self.hasOutputs(text) else { return nil }
      // Passed over, it would be one that nobody checks.
      throw Complaint(
        "\(path) has outputs of a run, and its last line, which says which lab made it, is missing")
    }
    self.path = path
    self.origin = origin
  }
}

extension ReportFile {
  /// The command that made it: `lab10 --seeds 40`.
  var command: String { origin.command }

  /// Whether a document has stretches of outputs as reports have them. A guide shows them in code.
  private static func hasOutputs(_ document: String) -> Bool {
    guard document.contains("<!-- output") else { return false }
    let markup = Markup(text: document)
    return markup.blocks.contains { block in
      guard case .html = block.kind else { return false }
      return markup.lines[block.lines.lowerBound].hasPrefix("<!-- output")
    }
  }

  /// The title: the first heading of a document, the first of a notebook's cells, or a page's title.
  var title: String {
    if path.hasSuffix(".html"), let start = text.firstRange(of: "<title>"),
      let end = text[start.upperBound...].firstRange(of: "</title>")
    {
      return String(text[start.upperBound..<end.lowerBound]).replacing("&lt;", with: "<")
        .replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing("&amp;", with: "&")
    }
    let document = path.hasSuffix(".ipynb") ? notebookLines.joined(separator: "\n") : text
    return OutlineEntry.all(in: document).first { $0.level == 1 }?.text ?? path
  }

  /// What the summary at the top says: `✓ 24 claims, all hold.`; empty where nothing is claimed.
  var claims: String {
    let lines = path.hasSuffix(".ipynb") ? notebookLines : Self.lines(of: text)
    for line in lines.prefix(60) {
      for mark in ["✓", "✗"] {
        guard let start = line.firstRange(of: "**\(mark) ") else { continue }
        let rest = line[start.lowerBound...].dropFirst(2)
        guard let end = rest.firstRange(of: "**") else { continue }
        return String(rest[..<end.lowerBound]).trimmingCharacters(in: [".", ":"])
      }
    }
    return ""
  }

  /// The lines, also where they end as on Windows.
  private static func lines(of text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map(String.init)
  }

  private var notebookLines: [String] {
    struct Notebook: Decodable {
      struct Cell: Decodable { var source: [String] }
      var cells: [Cell]
    }
    let notebook = try? JSONDecoder().decode(Notebook.self, from: Data(text.utf8))
    return (notebook?.cells ?? []).prefix(6).flatMap { cell in
      Self.lines(of: cell.source.joined())
    }
  }
}
