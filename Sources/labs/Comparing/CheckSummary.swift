import Foundation

/// What a check leaves for those who did not see it: a summary in Markdown, and the stale reports as
/// they would be today.
struct CheckSummary {
  private let results: [(job: ReportJob, outcome: ReportJob.Outcome)]
  /// What moved, by the report's path.
  private var differences: [String: ReportDifference] = [:]
  /// What was said where a report could not be made anew.
  private var failures: [String: String] = [:]

  init(_ results: [(job: ReportJob, outcome: ReportJob.Outcome)]) { self.results = results }

  /// The folder of a report's artifacts. Its name has the report's ending: lab10.md and lab10.ipynb have
  /// figures of the same names.
  static func folder(_ artifacts: String, _ report: String) -> String {
    "\(artifacts)/\(report.replacing("/", with: "-"))"
  }

  /// Makes each stale report anew below a folder, with a picture of where each figure differs, and writes
  /// the summary beside them.
  ///
  /// A report whose prose or code changed was not run for the check; it is here, because what comes of the
  /// change is what one wants to see. Reports of measurements are left alone: another machine's numbers
  /// say nothing.
  mutating func keep(below artifacts: String, programs: URL) throws {
    for (job, outcome) in results where outcome.status == .stale || outcome.status == .failed {
      guard case .check(isOffline: false, _) = job.action else { continue }
      let folder = Self.folder(artifacts, job.path)
      let name = URL(filePath: job.path).lastPathComponent
      var copy = job
      copy.action = .copy(to: "\(folder)/\(name)")
      try URL(filePath: folder).make()
      let made = copy.run(programs)
      guard FileManager.default.fileExists(atPath: "\(folder)/\(name)") else {
        failures[job.path] = made.words
        continue
      }
      let difference = ReportDifference(
        try ReportText(job.path), try ReportText("\(folder)/\(name)"))
      try difference.writePictures(to: folder)
      differences[job.path] = difference
    }
    try URL(filePath: artifacts).write(["summary.md": markdown(linksPictures: true)])
  }

  /// Puts the summary on the page of a workflow's run, where this is one.
  func tellGitHub(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws {
    guard environment["GITHUB_ACTIONS"] == "true", let path = environment["GITHUB_STEP_SUMMARY"],
      let file = FileHandle(forWritingAtPath: path)
    else { return }
    try file.seekToEnd()
    try file.write(contentsOf: Data(markdown(linksPictures: false).utf8))
    try file.close()
  }

  /// A table of all reports, then what is to be said of those that are not current.
  ///
  /// - Parameter linksPictures: Whether the pictures of differences lie beside the text, as they do in the
  ///   folder of artifacts and not on a workflow's page.
  func markdown(linksPictures: Bool) -> String {
    let notCurrent = results.filter { $0.outcome.status != .success }
    var parts = [
      notCurrent.isEmpty
        ? "## ✓ All reports are current (\(results.count))"
        : "## ✗ \(notCurrent.count) of \(results.count) reports are not current"
    ]
    var rows = ["| report | lab | seconds | result |", "| :--- | :--- | ---: | :--- |"]
    for (job, outcome) in results {
      let seconds = outcome.seconds.formatted(
        .number.precision(.fractionLength(1)).locale(Locale(identifier: "en_US")))
      rows.append("| `\(job.path)` | \(job.lab) | \(seconds) | \(outcome.word) |")
    }
    parts.append(rows.joined(separator: "\n"))
    for (job, outcome) in notCurrent {
      parts.append("### \(job.path)")
      if let difference = differences[job.path] {
        let text = difference.markdown { figure in
          linksPictures && !figure.picture.isEmpty
            ? Self.folder(".", job.path) + "/" + figure.pictureName : nil
        }
        parts.append(text.trimmingCharacters(in: .newlines))
      } else if let words = failures[job.path] {
        parts.append("It could not be made anew.\n\n" + Self.quoted(words))
      }
      if !outcome.words.isEmpty {
        parts.append(
          "<details><summary>What the check says</summary>\n\n\(Self.quoted(outcome.words))\n\n</details>"
        )
      }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// Words as a block of code, which no line of theirs ends.
  private static func quoted(_ words: String) -> String {
    let longest = words.matches(of: /`+/).map(\.output.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)text\n\(words.trimmingCharacters(in: .newlines))\n\(fence)"
  }
}
