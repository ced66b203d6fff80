import ArgumentParser
import Foundation
import Reports
import SystemCalls

/// `labs index`: the table of reports in a page, kept true between two markers.
struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index",
    abstract: "Keeps the table of reports in docs/README.md, and links between pages.",
    discussion: """
      The table stands between two lines of the page, which stay where they are:

        <!-- labs index -->
        <!-- /labs index -->

      Each report that the page names gets links to the one before, to the page and to the one after, in
      the order of the page. So does a document written by hand that has a place for them:

        <!-- labs nav -->
        <!-- /labs nav -->

      With --check nothing is written: 0 says that all is true, 1 that it is not.
      """)

  @Argument(help: ArgumentHelp("The page with the markers.", valueName: "file"))
  var page = "docs/README.md"

  @Flag(help: "Write nothing; say whether the table is what it would be.")
  var check = false

  static let opening = "<!-- labs index -->"
  static let closing = "<!-- /labs index -->"

  func run() throws {
    guard let data = try FileManager.default.wholeFile(page) else {
      throw Complaint("\(page): no such file")
    }
    let text = String(decoding: data, as: UTF8.self)
    guard let start = text.firstRange(of: Self.opening),
      let end = text[start.upperBound...].firstRange(of: Self.closing)
    else {
      throw Complaint("\(page) has no lines '\(Self.opening)' and '\(Self.closing)' for the table")
    }
    let folder = URL(filePath: page).deletingLastPathComponent().standardizedFileURL.path + "/"
    let reports = try ReportFile.find([folder])
    let table = Self.table(reports, below: folder)
    let new = text[..<start.upperBound] + "\n" + table + text[end.lowerBound...]
    var changes = new == text ? [] : [(path: page, text: String(new))]
    changes += try Navigation(index: page, text: String(new), folder: folder).changes
    if check, let first = changes.first {
      Terminal.say(
        first.path == page
          ? "\(page): the table of reports is not up to date; run 'swift run labs index'"
          : "\(first.path): its links to other pages are not up to date; run 'swift run labs index'"
      )
      throw ExitStatus.stale
    }
    for (path, text) in changes {
      try Disk().replace(path, with: Array(text.utf8))
    }
  }

  /// Each page with its title and claims; the other forms of a report stand beside it.
  static func table(_ reports: [ReportFile], below folder: String) -> String {
    var rows = ["", "| report | claims | made by |", "| :--- | :--- | :--- |"]
    let stems = Dictionary(grouping: reports) { report in
      report.path.split(separator: ".").dropLast().joined(separator: ".")
    }
    for (_, forms) in stems.sorted(by: { $0.key < $1.key }) {
      // The Markdown is what one reads; a notebook or a page is another way to have it.
      let forms = forms.sorted { rank($0) < rank($1) }
      guard let first = forms.first else { continue }
      func link(_ report: ReportFile) -> String {
        let path =
          report.path.hasPrefix(folder) ? String(report.path.dropFirst(folder.count)) : report.path
        return path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path
      }
      let others = forms.dropFirst().map { form in
        "[\(form.path.split(separator: ".").last ?? "")](\(link(form)))"
      }
      let title = MarkdownText.escaped(first.title)
      rows.append(
        "| [\(title)](\(link(first)))"
          + (others.isEmpty ? "" : " (" + others.joined(separator: ", ") + ")")
          + " | \(first.claims) | `\(first.command)` |"
      )
    }
    return rows.joined(separator: "\n") + "\n\n"
  }

  private static func rank(_ report: ReportFile) -> Int {
    ReportFile.endings.firstIndex { report.path.hasSuffix($0) } ?? ReportFile.endings.count
  }
}
