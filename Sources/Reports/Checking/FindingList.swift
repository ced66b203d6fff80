/// Turns differences into sentences with places.
struct FindingList {
  private let check: ReportCheck
  private let report: Report
  private var findings: [CheckResult.Finding] = []
  private var comparison: DocumentComparison?

  init(check: ReportCheck, report: Report) {
    self.check = check
    self.report = report
  }

  mutating func add(place: String, _ message: String) {
    findings.append(CheckResult.Finding(place: place, message: message))
  }

  mutating func add(_ comparison: DocumentComparison) {
    self.comparison = comparison
    var found: [(line: Int, finding: CheckResult.Finding)] = []
    for difference in comparison.differences {
      var finding = CheckResult.Finding(
        place: place(difference.line, in: comparison.committed),
        source: source(difference), message: sentence(difference))
      finding.committed = difference.committed.map(\.text)
      finding.actual = difference.expected.enumerated().map { index, line in
        report.hasRun || index >= difference.committed.count
          ? line.text : Self.filled(line, like: difference.committed[index].text)
      }
      found.append((difference.line, finding))
    }
    for (demand, line) in comparison.unmet {
      var finding = CheckResult.Finding(
        place: place(line, in: comparison.committed),
        message: "the outputs that begin here do not show what the option '\(demand.option)' says")
      finding.actual = [demand.line.text]
      found.append((line, finding))
    }
    findings += found.sorted { $0.line < $1.line }.map(\.finding)
  }

  /// A line of a skeleton with its unknown values taken from the committed line, so that only what
  /// really differs looks different.
  private static func filled(_ line: DocumentLine, like committed: String) -> String {
    var text = ""
    var rest = committed[...]
    for (index, piece) in line.pieces.enumerated() {
      guard case .literal(let literal) = piece else {
        guard index + 1 < line.pieces.count, case .literal(let next) = line.pieces[index + 1],
          let end = rest.firstRange(of: String(next.prefix(2)))
        else {
          text += "…"
          continue
        }
        text += rest[..<end.lowerBound]
        rest = rest[end.lowerBound...]
        continue
      }
      text += literal
      rest = rest.dropFirst(literal.count)
    }
    return line.pieces.isEmpty ? line.text : text
  }

  /// Whether a line is among those that differ.
  func concern(_ line: DocumentLine) -> Bool {
    comparison?.differences.contains { $0.expected.contains(line) } ?? false
  }

  func result(committed: String) -> CheckResult {
    var result = CheckResult(path: check.path, fixingCommand: check.fixingCommand)
    result.findings = findings
    if let comparison, !comparison.differences.isEmpty {
      result.diff = UnifiedDiff(comparison, path: check.path).text
    }
    return result
  }

  // MARK: Places

  /// `docs/lab10.md:34`, or the cell of a notebook, whose file has other lines.
  private func place(_ line: Int, in document: CommittedDocument) -> String {
    guard check.format == .notebook else { return "\(check.path):\(line)" }
    guard let part = document.parts.last(where: { $0.line <= line }) else { return check.path }
    return "\(check.path), \(part.words)"
  }

  /// The places of texts that stand in a document in this order, or just the document where one
  /// does not. Goes through the document once.
  func places(of texts: [String], in document: String) -> [String] {
    let lines = document.documentLines.map { Array($0.utf8) }
    var line = 0
    return texts.map { text in
      let bytes = Array(text.utf8)
      let found = lines[line...].firstIndex { $0[...].firstPlace(of: bytes) != nil }
      guard let found else { return check.path }
      line = found
      return "\(check.path):\(found + 1)"
    }
  }

  private func source(_ difference: DocumentComparison.Difference) -> String? {
    let location = difference.expected.lazy.compactMap(\.location).first
    return location.map { "\(report.paths[$0.fileID] ?? $0.fileID):\($0.line)" }
  }

  // MARK: Sentences

  private func sentence(_ difference: DocumentComparison.Difference) -> String {
    let expected = difference.expected
    let isRun = report.hasRun
    if expected.isEmpty {
      return isRun
        ? "the lab does not say this any more" : "this is not in the lab's source"
    }
    let first = expected.first { !$0.text.isEmpty } ?? expected[0]
    if difference.committed.isEmpty {
      return "\(Self.noun(first)) is missing before this line"
    }
    for (line, old) in zip(expected, difference.committed) {
      if let words = pictureWords(line, old.text) { return words }
    }
    // Before the run, prose was held against the source; what differs now is a value in it.
    if isRun, first.kind == .source {
      return "prose, or a value in it, differs from what the run gives"
    }
    return "\(Self.noun(first)) differs from "
      + (isRun && first.kind != .code ? "what the run gives" : "the lab's source")
  }

  private static func noun(_ line: DocumentLine) -> String {
    switch line.kind {
    case .source: "prose"
    case .code: "code"
    case .tableRow: "a table's row"
    case .output, .slot: "output"
    }
  }

  private func pictureWords(_ line: DocumentLine, _ committed: String) -> String? {
    for case .picture(let file) in line.pieces {
      guard let start = committed.firstRange(of: "data:image") else { return nil }
      let uri = committed[start.lowerBound...].prefix { $0 != "\"" }
      guard let old = DocumentLine.picture(in: uri) else { return nil }
      let comparison = PixelComparison(committed: old, actual: file.bytes)
      return comparison.result == .equal ? nil : "\(file.stem): \(comparison.sentence)"
    }
    return nil
  }
}

/// A comparison as a unified diff, as `diff -u` and git print it.
struct UnifiedDiff {
  private(set) var text = ""

  /// Lines shown around a difference.
  private static let context = 3

  init(_ comparison: DocumentComparison, path: String) {
    let old = comparison.committed.lines
    struct Change {
      var range: Range<Int>
      var new: [String]
    }
    let changes = comparison.differences.map { difference in
      let start =
        difference.committed.first.map { $0.number - 1 }
        ?? min(difference.line - 1, old.count)
      let end = difference.committed.last?.number ?? start
      return Change(range: start..<end, new: difference.expected.map(\.text))
    }
    var lines = ["--- \(path)", "+++ \(path) (as the lab says today)"]
    var shift = 0
    var index = 0
    while index < changes.count {
      // Changes whose context touches share a hunk.
      var last = index
      while last + 1 < changes.count,
        changes[last + 1].range.lowerBound - changes[last].range.upperBound <= 2 * Self.context
      {
        last += 1
      }
      let start = max(0, changes[index].range.lowerBound - Self.context)
      let end = min(old.count, changes[last].range.upperBound + Self.context)
      var body: [String] = []
      var position = start
      var difference = 0
      for change in changes[index...last] {
        body += old[position..<change.range.lowerBound].map { " \($0)" }
        body += old[change.range].map { "-\($0)" } + change.new.map { "+\($0)" }
        difference += change.new.count - change.range.count
        position = change.range.upperBound
      }
      body += old[position..<end].map { " \($0)" }
      lines.append(
        "@@ -\(start + 1),\(end - start) +\(start + 1 + shift),\(end - start + difference) @@")
      lines += body
      shift += difference
      index = last + 1
    }
    text = lines.joined(separator: "\n") + "\n"
  }
}
