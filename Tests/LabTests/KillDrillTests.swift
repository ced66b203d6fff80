import Foundation
import Testing

/// A run that is killed while it writes leaves the old report or the new one, never a mixture; and
/// runs to one output at once leave the report of one of them.
@Suite struct KillDrillTests {
  private static let isLong = ProcessInfo.processInfo.environment["LABKIT_DRILLS"] != nil

  /// The count that the report and all its figures tell; nil when they do not agree.
  private func count(_ folder: Folder) throws -> Int? {
    let text = try folder.text("report.md")
    guard let words = text.firstMatch(of: /Adding (\d+) numbers/), let count = Int(words.1) else {
      return nil
    }
    let links = text.matches(of: /src="([^"]*album[^"]*)"/).map { String($0.1) }
    guard links.count == 40 else { return nil }
    for link in links {
      // A PNG's width stands in bytes 16 to 19.
      guard let bytes = try? folder.bytes(link), bytes.count > 20,
        Int(bytes[18]) << 8 | Int(bytes[19]) == count
      else { return nil }
    }
    return count
  }

  @Test func `Kills leave a whole report`() async throws {
    let folder = try Folder()
    let arguments = ["--mode", "album", "--quiet", "--output", "report.md", "--count"]
    _ = try await Program.fixture.run(arguments + ["10"], in: folder)
    var random = SystemRandomNumberGenerator()
    let kills = Self.isLong ? 100 : 5
    defer { if Self.isLong { print("kills: \(kills)") } }
    for kill in 0..<kills {
      let former = try #require(try count(folder))
      let running = try Program.fixture.start(arguments + ["\(11 + kill)"], in: folder)
      let staged = folder.files.count
      // From the first file on that the run writes.
      while running.process.isRunning, folder.files.count == staged { await Task.yield() }
      try await Task.sleep(for: .milliseconds(Int.random(in: 0...60, using: &random)))
      Foundation.kill(running.id, SIGKILL)
      _ = try await running.result()
      let now = try count(folder)
      #expect(now == former || now == 11 + kill, "\(folder.files)")
    }
    _ = try await Program.fixture.run(arguments + ["200"], in: folder)
    #expect(try count(folder) == 200)
    #expect(folder.files.allSatisfy { !$0.contains(".labkit") }, "\(folder.files)")
  }

  @Test func `Two writers take turns`() async throws {
    let folder = try Folder()
    let rounds = Self.isLong ? 20 : 2
    defer { if Self.isLong { print("writers at once: \(3 * rounds)") } }
    for _ in 0..<rounds {
      let runs = try (30..<33).map { count in
        try Program.fixture.start(
          ["--mode", "album", "--count", "\(count)", "--output", "report.md"], in: folder)
      }
      for run in runs { #expect(try await run.result().status == 0) }
      #expect((30..<33).contains(try count(folder) ?? 0))
    }
  }
}
