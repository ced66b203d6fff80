import Foundation
import Reports
import SystemCalls

/// A report's text as lines to compare: those of a document, or those of a notebook's cells.
struct ReportText {
  /// A line, and the heading that it stands under.
  struct Line {
    var text: String
    var section: String

    /// The line without its numbers: what two states of a sentence have in common.
    var skeleton: String { text.replacing(Self.number, with: "#").replacing(Self.mark, with: "?") }

    /// The numbers, as they are written. A figure's description has none: the figure itself is compared,
    /// and stands in the text once for light and once for dark.
    var numbers: [String] {
      text.contains("<img ") ? [] : text.matches(of: Self.number).map { String($0.output.0) }
    }

    /// 3.5, −1,024, 4×10⁻⁷, 82.9 %.
    private static var number: Regex<(Substring, Substring?, Substring?, Substring?, Substring?)> {
      /[−+]?\d+(,\d{3})*(\.\d+)?(×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?( ?%)?/
    }
    private static var mark: Regex<Substring> { /[✓✗]/ }
  }

  var path: String
  var lines: [Line] = []
  /// The pictures that the text links to, by the name of their file; read where they are there.
  var figures: [String: [UInt8]] = [:]

  /// Reads a report.
  ///
  /// - Parameters:
  ///   - name: A path, or `commit:path` for what git has.
  init(_ name: String) throws {
    path = name
    let (data, read) = try Self.open(name)
    var text = String(decoding: data, as: UTF8.self)
    if let notebook = try? JSONDecoder().decode(Notebook.self, from: data) {
      text = notebook.cells.map(\.text).joined(separator: "\n\n")
      for output in notebook.cells.flatMap({ $0.outputs ?? [] }) {
        guard let picture = output.data?["image/png"]?.string,
          let bytes = Data(base64Encoded: picture, options: .ignoreUnknownCharacters)
        else { continue }
        figures[output.metadata?.picture?.name ?? "figure \(figures.count + 1)"] = [UInt8](bytes)
      }
    }
    var section = ""
    var headings = OutlineEntry.all(in: text)[...]
    for (index, line) in text.documentLines.enumerated() {
      if let heading = headings.first, heading.line == index {
        section = heading.text
        headings.removeFirst()
      }
      lines.append(Line(text: line, section: section))
    }
    for match in text.matches(of: /(?:src|srcset)="([^"]+\.png)"|\]\(([^)\s]+\.png)\)/) {
      let link = String(match.1 ?? match.2 ?? "")
      let name = link.removingPercentEncoding ?? link
      guard let bytes = read(name) else { continue }
      figures[name.split(separator: "/").last.map(String.init) ?? name] = bytes
    }
  }

  /// The bytes of a document, and how to read a file that it links to.
  private static func open(_ name: String) throws -> (Data, (String) -> [UInt8]?) {
    let limit = ReportCheck.byteLimit
    if let bytes = try Disk().contents(of: name, byteLimit: limit) {
      let folder = URL(filePath: name).deletingLastPathComponent()
      return (
        Data(bytes),
        { link in
          let path = folder.appending(path: link).path
          return (try? Disk().contents(of: path, byteLimit: limit)) ?? nil
        }
      )
    }
    guard let colon = name.firstIndex(of: ":"), colon > name.startIndex else {
      throw Complaint("\(name): no such file")
    }
    let commit = name[..<colon]
    let path = String(name[name.index(after: colon)...])
    guard let data = try git(commit: commit, path) else {
      throw Complaint("\(name): git has no such file, and there is none of that name here")
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    return (
      data, { link in ((try? git(commit: commit, folder + link)) ?? nil).map { [UInt8]($0) } }
    )
  }

  /// A file of a commit; `nil` where there is none.
  private static func git(commit: Substring, _ path: String) throws -> Data? {
    let file = FileManager.default.temporaryDirectory.appending(path: "labs-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data().write(to: file)
    let output = try FileHandle(forWritingTo: file)
    let place = path.hasPrefix("/") ? String(path.dropFirst()) : "./\(path)"
    // No commit begins so, but an option of git's.
    if commit.hasPrefix("-") { return nil }
    let process = try Command("git", "show", "\(commit):\(place)").start(
      output: output, errors: .nullDevice)
    process.waitUntilExit()
    Interruption.remove(process)
    return process.terminationStatus == 0 ? try Data(contentsOf: file) : nil
  }

  // MARK: Notebooks

  private struct Notebook: Decodable {
    var cells: [Cell]
  }

  private struct Cell: Decodable {
    var source: Text
    var outputs: [Output]?

    var text: String {
      ([source] + (outputs ?? []).compactMap { $0.text ?? $0.data?["text/markdown"] })
        .map(\.string).joined(separator: "\n\n")
    }
  }

  private struct Output: Decodable {
    var text: Text?
    var data: [String: Text]?
    var metadata: Metadata?
  }

  private struct Metadata: Decodable {
    struct Picture: Decodable { var name: String? }
    var picture: Picture?
    enum CodingKeys: String, CodingKey { case picture = "image/png" }
  }

  /// nbformat keeps text as one string or as an array of lines.
  private struct Text: Decodable {
    var string: String

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      string =
        (try? container.decode([String].self).joined()) ?? (try? container.decode(String.self))
        ?? ""
    }
  }
}
