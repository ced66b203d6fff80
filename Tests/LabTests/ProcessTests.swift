import Foundation
import Testing

/// No zombie, no stray child, no partial file, whoever ends the run.
@Suite struct ProcessTests {
  /// The children of a process, by the kernel's own table.
  static func children(of parent: Int32) async throws -> [Int32] {
    let folder = try Folder()
    let list = try await Program.fixture.shell("ps -eo pid=,ppid=", in: folder).output
    return list.split(separator: "\n").compactMap { line in
      let numbers = line.split(separator: " ").compactMap { Int32($0) }
      return numbers.count == 2 && numbers[1] == parent ? numbers[0] : nil
    }
  }

  /// Whether a process lives (a zombie does not).
  static func isAlive(_ id: Int32) async throws -> Bool {
    let folder = try Folder()
    let state = try await Program.fixture.shell("ps -o stat= -p \(id) || true", in: folder).output
    return !state.isEmpty && !state.hasPrefix("Z")
  }

  /// Asks until it is so, for a minute at most: long, because a busy machine may take seconds to
  /// start a program, and no cost where it is quick.
  static func eventually(_ question: () async throws -> Bool) async throws -> Bool {
    for _ in 0..<1200 {
      if try await question() { return true }
      try await Task.sleep(for: .milliseconds(50))
    }
    return false
  }

  /// Starts the fixture and waits for its run, and for what that has started.
  func start(
    _ mode: String, _ more: [String] = [], in folder: Folder
  ) async throws -> (running: Running, child: Int32, stray: Int32?) {
    let running = try Program.fixture.start(["--mode", mode] + more, in: folder)
    var child: Int32?
    var stray: Int32?
    _ = try await Self.eventually {
      child = try await Self.children(of: running.id).first
      guard let child else { return false }
      if mode != "stray" { return true }
      stray = try await Self.children(of: child).first
      return stray != nil
    }
    return (running, try #require(child), stray)
  }

  @Test func interruptEndsEverything() async throws {
    let folder = try Folder()
    let (running, child, stray) = try await start("stray", in: folder)
    running.process.interrupt()
    let result = try await running.result()
    #expect(result.status == 130)
    #expect(result.output.hasPrefix("# The fixture"))
    #expect(result.output.contains("interrupted"))
    #expect(try await !Self.isAlive(child))
    #expect(try await !Self.isAlive(try #require(stray)))
  }

  @Test func timeoutEndsEverything() async throws {
    let folder = try Folder()
    // Long enough that even a busy machine shows both processes before they are ended.
    let (running, child, stray) = try await start("stray", ["--timeout", "15"], in: folder)
    let result = try await running.result()
    #expect(result.status == 3)
    #expect(result.output.contains("15 s"))
    #expect(try await !Self.isAlive(child))
    #expect(try await !Self.isAlive(try #require(stray)))
  }

  @Test func killedRunIsReported() async throws {
    let folder = try Folder()
    let (running, child, _) = try await start("hang", in: folder)
    kill(child, SIGKILL)
    let result = try await running.result()
    #expect(result.status == 3)
    #expect(result.output.contains("signal 9 (killed)"))
  }

  @Test func runDiesWithItsFrontEnd() async throws {
    let folder = try Folder()
    let (running, child, stray) = try await start("stray", in: folder)
    kill(running.id, SIGKILL)
    let result = try await running.result()
    #expect(result.signal == SIGKILL)
    #expect(try await Self.eventually { try await !Self.isAlive(child) })
    let left = try #require(stray)
    #expect(try await Self.eventually { try await !Self.isAlive(left) })
  }

  @Test func interruptLeavesTheOldFile() async throws {
    let folder = try Folder()
    try folder.write("old", to: "report.md")
    let (running, _, _) = try await start("hang", ["--output", "report.md"], in: folder)
    running.process.interrupt()
    #expect(try await running.result().status == 130)
    #expect(try folder.text("report.md") == "old")
    #expect(folder.files == ["report.md"])
  }

  @Test func endWithAStrayIsNoticed() async throws {
    // A process that the run has started holds the run's end of the stream of events.
    let folder = try Folder()
    let (running, child, stray) = try await start("stray", in: folder)
    kill(child, SIGKILL)
    let result = try await running.result()
    #expect(result.status == 3)
    #expect(try await !Self.isAlive(try #require(stray)))
  }
}
