import Foundation
import Testing

@testable import labs

/// The workflows that CI runs. What their steps do is in scripts, which run anywhere; here stands what can be
/// said of the workflows' own lines without GitHub.
@Suite
struct WorkflowTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static let names = ["ci.yml", "reports.yml"]

  private func lines(_ name: String) throws -> [String] {
    let file = Self.root.appending(path: ".github/workflows/\(name)")
    return try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
  }

  @Test(arguments: names)
  func `Every step is an action or a call of a script that is there, or of labs`(name: String)
    throws
  {
    var count = 0
    for line in try lines(name) {
      guard let match = line.firstMatch(of: /^ +(?:- )?run: *(.*)$/) else { continue }
      count += 1
      let words = match.1.split(separator: " ")
      if words.starts(with: ["swift", "run", "labs"]) { continue }
      let script = Self.root.appending(path: String(words.first ?? "nothing"))
      #expect(words.first?.hasPrefix(".ci/") == true, "\(line)")
      #expect(FileManager.default.isExecutableFile(atPath: script.path), "\(line)")
    }
    #expect(count > 0)
  }

  @Test(arguments: names)
  func `Every action is pinned by its digest, with its version beside it`(name: String) throws {
    let uses = try lines(name).filter { $0.contains("uses:") }
    #expect(!uses.isEmpty)
    for line in uses {
      #expect(
        line.wholeMatch(of: /^ +- uses: [\w.\/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/) != nil, "\(line)"
      )
    }
  }

  /// Whoever may write runs no lab: only the job that proposes may write to the repository.
  @Test
  func `A workflow may read, and a job that may write runs nothing but .ci/propose`() throws {
    for name in Self.names {
      let text = try lines(name).joined(separator: "\n")
      #expect(text.contains("\npermissions:\n  contents: read\nconcurrency:"))
    }
    let jobs = try lines("reports.yml").joined(separator: "\n")
      .split(separator: /\n(?=  [a-z]+:\n)/).filter { $0.contains("contents: write") }
    #expect(jobs.count == 1)
    let runs = jobs.joined().matches(of: /run: (.*)/).map { String($0.1) }
    #expect(runs == [".ci/propose changes"])
  }

  /// By the parser that is on most machines; a workflow that is no YAML would say so to nobody but GitHub.
  @Test(.enabled(if: hasParser), arguments: names)
  func `It is YAML`(name: String) throws {
    let file = Self.root.appending(path: ".github/workflows/\(name)").path
    let result = try Command(
      "python3", "-c", "import sys, yaml; yaml.safe_load(open(sys.argv[1]))['jobs']", file
    ).run()
    #expect(result.status == 0, "\(result.errors)")
  }

  private static var hasParser: Bool {
    (try? Command("python3", "-c", "import yaml").run().status) == 0
  }
}
