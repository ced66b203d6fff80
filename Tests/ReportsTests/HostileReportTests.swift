import Foundation
import Testing

@testable import Reports

/// Committed reports as editors, other systems and hostile hands leave them. The sizes are such that
/// a quadratic way through them would not end.
struct HostileReportTests {
  @Test func `A copy with the line ends of windows is current`() throws {
    for format in [ReportCheck.Format.markdown, .notebook] {
      let lab = try CheckedLab(format)
      try lab.commit()
      let text = try lab.folder.read(lab.name)
      try lab.folder.write(text.replacingOccurrences(of: "\n", with: "\r\n"), to: lab.name)
      #expect(try lab.atRest().isCurrent)
      let result = try lab.afterRun()
      #expect(result.isCurrent, "\(result)")
    }
  }

  /// An accent of its own looks the same and is not what was written.
  @Test func `Another Unicode form is found where it stands`() throws {
    var lab = try CheckedLab()
    lab.body = lab.body.replacingOccurrences(of: "That is all.", with: "Voilà.")
    try lab.commit()
    let text = try lab.folder.read(lab.name)
    let line = text.components(separatedBy: "\n").firstIndex { $0.hasPrefix("Voil") }
    try lab.folder.write(
      text.replacingOccurrences(of: "Voilà", with: "Voila\u{300}"), to: lab.name)
    for result in [try lab.atRest(), try lab.afterRun()] {
      #expect(result.findings.count == 1, "\(result)")
      #expect(result.findings.first?.place.hasSuffix(":\((line ?? 0) + 1)") ?? false, "\(result)")
    }
  }

  @Test(arguments: [
    "text/html", "application/javascript", "image/svg+xml", "application/json", "image/jpeg",
  ])
  func `A form that no lab writes is a finding`(mime: String) throws {
    let lab = try CheckedLab(.notebook)
    try lab.commit()
    let value = mime.hasSuffix("json") ? "{\"a\": [1]}" : "\"better: 99.9 %\""
    try lab.edit("\"text/markdown\":", "\"\(mime)\": \(value),\n\"text/markdown\":")
    for result in [try lab.atRest(), try lab.afterRun()] {
      #expect(
        result.findings.first?.message
          == "the output is also there as \(mime), which no lab writes",
        "\(result)")
    }
  }

  @Test func `The plain form of an output says the same`() throws {
    let lab = try CheckedLab(.notebook)
    try lab.commit()
    // The first is the table's text/plain, the second a picture's.
    for (old, new) in [("0.1250", "0.0250"), ("It falls", "It rises")] {
      let sound = try lab.folder.read(lab.name)
      let last = try #require(sound.range(of: old, options: .backwards))
      try lab.folder.write(sound.replacingCharacters(in: last, with: new), to: lab.name)
      let result = try lab.afterRun()
      #expect(!result.isCurrent, "\(old)")
      try lab.folder.write(sound, to: lab.name)
    }
    #expect(try lab.afterRun().isCurrent)
  }

  @Test func `Many openings without an end cost no more than few`() throws {
    let lab = try CheckedLab()
    try lab.commit()
    let text = try lab.folder.read(lab.name)
    let openings = String(repeating: "<!-- output -->\n", count: 100_000)
    try lab.folder.write(text + openings + "```\n<!-- /output -->\n", to: lab.name)
    #expect(try lab.atRest().findings.count == 1)
  }

  @Test func `Many links that lead nowhere are named and counted`() throws {
    let lab = try CheckedLab()
    try lab.commit()
    let text = try lab.folder.read(lab.name)
    let links = (0..<100_000).map { "[a](gone-\($0).md)\n" }.joined()
    try lab.folder.write(text + "\n" + links, to: lab.name)
    let findings = try lab.atRest().findings
    #expect(findings.contains { $0.message.contains("gone-0.md does not exist") })
    #expect(findings.last?.message == "99900 more linked files do not exist")
  }

  /// 28 values and an end that differs: the ways to share the text among them are countless.
  @Test func `A line of many values is compared at once`() {
    let values = (0..<60).flatMap { _ in [DocumentLine.Piece.anything, .literal(" a")] }
    let line = DocumentLine(
      text: "…", pieces: values + [.literal("end.")], kind: .source, at: nil)
    let text = String(repeating: "a a a ", count: 200)
    #expect(!line.matches(text, acceptsTolerance: true))
    #expect(line.matches(text + " aend.", acceptsTolerance: true))
    #expect(!line.matches("end.", acceptsTolerance: true))
  }
}
