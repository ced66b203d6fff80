/// What a check found.
package struct CheckResult: Sendable {
  /// One difference.
  package struct Finding: Hashable, Sendable {
    /// Where in the committed document: path, and line where there is one.
    package var place: String

    /// Where in the lab's source it comes from.
    package var source: String?

    /// What differs, in one sentence.
    package var message: String

    /// The committed lines, when lines differ.
    package var committed: [String] = []

    /// What the source or the run gives instead.
    package var actual: [String] = []

    /// A difference.
    package init(place: String, source: String? = nil, message: String) {
      self.place = place
      self.source = source
      self.message = message
    }
  }

  /// The committed document's path.
  package var path: String

  /// The differences, in the order of the document.
  package var findings: [Finding] = []

  /// The differences as a unified diff, from what is committed to what would be; empty when no line
  /// differs.
  package var diff = ""

  /// The command that brings the report up to date.
  package var fixingCommand: String

  /// What is worth knowing and makes nothing stale: files of others in the figures' folder.
  package var notes: [String] = []

  /// Whether the committed report is what the lab says today.
  package var isCurrent: Bool { findings.isEmpty }

  /// The result for a document, with nothing found yet.
  package init(path: String, fixingCommand: String) {
    self.path = path
    self.fixingCommand = fixingCommand
  }
}

extension CheckResult: CustomStringConvertible {
  /// What a person reads in the terminal: each difference with its place and both lines, then the
  /// command that fixes it.
  package var description: String {
    guard !isCurrent else { return "\(path) is current" }
    let shown = findings.prefix(Self.mostFindings).map(\.description)
    let rest = findings.count - shown.count
    return shown.joined(separator: "\n\n") + "\n\n"
      + (rest > 0 ? "… and \(rest) more differences\n\n" : "")
      + "\(path) is stale: \(MarkdownWriter.counted(findings.count, "difference")). "
      + "To bring it up to date, run:\n\n    \(fixingCommand)\n"
  }

  /// More differences than this tell a person nothing new.
  private static let mostFindings = 20

  /// The differences in GitHub's Markdown, for `GITHUB_STEP_SUMMARY`; empty when current.
  package var gitHubSummary: String {
    guard !isCurrent else { return "" }
    var lines = [
      "### \(path) is stale", "",
      "\(MarkdownWriter.counted(findings.count, "difference")) between what is committed (−) and "
        + "what the lab says today (+). To bring it up to date, run",
      "", "    \(fixingCommand)", "",
    ]
    for finding in findings.prefix(Self.mostFindings) {
      let source = finding.source.map { " (from `\($0)`)" } ?? ""
      lines.append("- `\(finding.place)`\(source): \(Escaping.markdown(finding.message))")
    }
    if !diff.isEmpty {
      let fence = Escaping.fence(for: diff)
      lines += ["", "<details><summary>Difference</summary>", "", fence + "diff"]
      lines += diff.trimmed.documentLines.map {
        String($0)
      }
      lines += [fence, "", "</details>"]
    }
    return lines.joined(separator: "\n") + "\n\n"
  }
}

extension CheckResult.Finding: CustomStringConvertible {
  /// `docs/lab10.md:34: error: …`, then both lines, and a caret under the first character that
  /// differs.
  package var description: String {
    var lines = ["\(place): error: \(message)"]
    if let source { lines.append("  from \(source)") }
    if committed.count == 1, actual.count == 1 {
      let (old, new, column) = Self.excerpt(committed[0], actual[0])
      lines += ["  - \(old)", "  + \(new)", "    " + String(repeating: " ", count: column) + "^"]
    } else {
      lines += Self.cut(committed).map { "  - \($0)" } + Self.cut(actual).map { "  + \($0)" }
    }
    return lines.joined(separator: "\n")
  }

  private static func cut(_ lines: [String]) -> [String] {
    guard lines.count > 8 else { return lines.map { clipped($0) } }
    return lines.prefix(6).map { clipped($0) } + ["… \(lines.count - 6) more lines"]
  }

  private static func clipped(_ line: String) -> String {
    line.count <= 160 ? line : "\(line.prefix(160)) …"
  }

  /// Two lines around the first character in which they differ, and its column.
  private static func excerpt(_ first: String, _ second: String) -> (String, String, Int) {
    let column = zip(first, second).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    guard max(first.count, second.count) > 160 else { return (first, second, column) }
    let start = max(0, column - 60)
    let head = start > 0 ? "… " : ""
    func window(_ text: String) -> String {
      let rest = text.dropFirst(start)
      return head + rest.prefix(120) + (rest.count > 120 ? " …" : "")
    }
    return (window(first), window(second), column - start + head.count)
  }
}
