import Reports
import Testing

/// Short ways to make labs and runs.
enum Sample {
  /// A main file: `lab/Lab.swift`, shown as `Labs/Lab.swift`.
  static func file(_ text: String, name: String = "Lab") -> SourceFile {
    SourceFile(fileID: "lab/\(name).swift", path: "Labs/\(name).swift", text: text)
  }

  /// A lab whose `report()` has a body, each line indented by four.
  static func lab(_ body: String, above: String = "") -> SourceFile {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.isEmpty ? "" : "    " + line
    }
    return file(
      above + "@main\nstruct Lab: LabKit.Lab {\n  func report() throws {\n"
        + lines.joined(separator: "\n") + "\n  }\n}\n")
  }

  /// The line of the lab made by ``lab(_:above:)`` on which the n-th line of its body stands.
  static func line(_ bodyLine: Int) -> Reports.SourceLocation {
    Reports.SourceLocation(fileID: "lab/Lab.swift", line: 3 + bodyLine)
  }

  static func recording(_ events: Event...) -> Recording {
    var recording = Recording()
    for event in events { recording.record(event) }
    return recording
  }

  static func markdown(
    _ files: [SourceFile], _ recording: Recording = Recording(),
    options: Report.Options = Report.Options()
  ) throws -> String {
    let source = try LabSource(files: files)
    let report = try Report(source: source, recording: recording, options: options)
    return MarkdownRenderer(figuresFolder: "lab_files").render(report).text
  }
}

extension Event {
  static func print(_ text: String, line: Int?) -> Event {
    .show(Shown(.text(text, .standardOutput), at: line.map(Sample.line)))
  }

  static func show(_ output: Output, line: Int?) -> Event {
    .show(Shown(output, at: line.map(Sample.line)))
  }
}

/// The first line on which two texts differ, with what surrounds it; empty when they are equal.
func difference(_ actual: String, _ expected: String) -> String {
  let first = actual.split(separator: "\n", omittingEmptySubsequences: false)
  let second = expected.split(separator: "\n", omittingEmptySubsequences: false)
  for index in 0..<max(first.count, second.count) {
    let left = index < first.count ? String(first[index]) : "(end)"
    let right = index < second.count ? String(second[index]) : "(end)"
    if left != right {
      let message = "line \(index + 1)\n  actual:   \(left)\n  expected: \(right)\n\n\(actual)"
      Issue.record(Comment(rawValue: message))
      return message
    }
  }
  return ""
}
