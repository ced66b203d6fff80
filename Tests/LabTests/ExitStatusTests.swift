import Foundation
import Testing

/// Every exit status, as `--help` and the guide list them.
@Suite struct ExitStatusTests {
  @Test func `Every status is met`() async throws {
    let folder = try Folder()
    let fixture = Program.fixture
    #expect(try await fixture.run(["--output", "report.md"], in: folder).status == 0)
    #expect(try await fixture.run(["--check", "report.md"], in: folder).status == 0)
    #expect(
      try await fixture.run(["--check", "report.md", "--count", "11"], in: folder).status == 1)
    #expect(try await fixture.run(["--nonsense"], in: folder).status == 2)
    #expect(try await fixture.run(["--check", "nowhere.md"], in: folder).status == 2)
    #expect(try await Program.faulty.run(in: folder).status == 2)
    #expect(try await fixture.run(["--mode", "error"], in: folder).status == 3)
    #expect(try await fixture.run(["--mode", "falseClaim"], in: folder).status == 3)
    let running = try fixture.start(["--mode", "hang"], in: folder)
    _ = try await ProcessTests.eventually {
      try await !ProcessTests.children(of: running.id).isEmpty
    }
    running.process.interrupt()
    #expect(try await running.result().status == 130)
  }

  @Test func `Help and guide list them`() async throws {
    let help = try await Program.fixture.run(["--help"], in: Folder()).output
    let guide = try String(
      contentsOf: GuideTests.root.appending(path: "docs/guides/writing-a-lab.md"), encoding: .utf8)
    for status in ["0", "1", "2", "3", "130"] {
      let line = try #require(
        help.split(separator: "\n").first {
          $0.hasPrefix("  ") && $0.drop { $0 == " " }.hasPrefix(status + "  ")
        },
        "\(help)")
      let meaning = line.drop { $0 == " " }.dropFirst(status.count + 2)
        .replacing("--check", with: "`--check`")
      #expect(guide.contains("| \(status) | \(meaning) |"), "\(meaning)")
    }
  }
}
