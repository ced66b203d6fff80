import Foundation
import Testing

@testable import labs

@Suite
struct CheckSummaryTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  private func job(_ name: String) throws -> ReportJob {
    let file = folder.appending(path: name).path
    try folder.write([name: "# T\n\nThe mean is 3.50.\n\n<!-- made by {\"lab\":\"dice\"} -->\n"])
    return ReportJob(
      try #require(try ReportFile(file)), .check(isOffline: false, artifacts: nil))
  }

  private func result(_ status: labs.ExitStatus, words: String = "") -> ReportJob.Outcome {
    ReportJob.Outcome(
      status: status, word: status == .success ? "current" : "stale", words: words, seconds: 0.25)
  }

  /// A lab that writes another mean, wherever it is asked to.
  private func makeLab() throws {
    try folder.write([
      "bin/dice": """
      #!/bin/sh
      while [ "$1" != --output ]; do shift; done
      printf '# T\\n\\nThe mean is 3.60.\\n\\n<!-- made by {"lab":"dice"} -->\\n' > "$2"
      [ -z "${GITHUB_STEP_SUMMARY:-}" ]
      """
    ])
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: folder.appending(path: "bin/dice").path)
  }

  @Test
  func `Where all is current, one line says so`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = CheckSummary([(job: try job("a.md"), outcome: result(.success))]).markdown(
      linksPictures: true)
    #expect(text.hasPrefix("## ✓ All reports are current (1)\n"))
    #expect(text.contains("| dice | 0.2 | current |"))
  }

  @Test
  func `A stale report is made anew beside its summary, which says what moved; the old one stays`()
    throws
  {
    defer { try? FileManager.default.removeItem(at: folder) }
    try makeLab()
    let job = try job("a.md")
    var summary = CheckSummary([(job: job, outcome: result(.stale, words: "a ``` fence"))])
    let artifacts = folder.appending(path: "differences").path
    try summary.keep(below: artifacts, programs: folder.appending(path: "bin"))
    let text = try String(contentsOfFile: artifacts + "/summary.md", encoding: .utf8)
    #expect(text.contains("✗ 1 of 1") && text.contains("| 3.50 | 3.60 | +2.9 % |"))
    #expect(text.contains("````text\na ``` fence\n````"))
    let copy = CheckSummary.folder(artifacts, job.path) + "/a.md"
    #expect(try String(contentsOfFile: copy, encoding: .utf8).contains("3.60"))
    #expect(try String(contentsOfFile: job.path, encoding: .utf8).contains("3.50"))
  }

  @Test
  func `A lab that cannot make it anew is quoted`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var summary = CheckSummary([(job: try job("a.md"), outcome: result(.stale))])
    let artifacts = folder.appending(path: "differences").path
    try summary.keep(below: artifacts, programs: folder.appending(path: "nowhere"))
    #expect(
      try String(contentsOfFile: artifacts + "/summary.md", encoding: .utf8).contains(
        "It could not be made anew."))
  }

  @Test
  func `It is added to the page of a workflow's run, and nowhere else`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let summary = CheckSummary([(job: try job("a.md"), outcome: result(.success))])
    try folder.write(["page.md": "before\n"])
    let page = folder.appending(path: "page.md").path
    try summary.tellGitHub(["GITHUB_STEP_SUMMARY": page])
    #expect(try String(contentsOfFile: page, encoding: .utf8) == "before\n")
    try summary.tellGitHub(["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": page])
    #expect(
      try String(contentsOfFile: page, encoding: .utf8).hasPrefix("before\n## ✓"))
  }
}
