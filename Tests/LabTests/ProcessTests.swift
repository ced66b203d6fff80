import Foundation
import Testing

/// No zombie, no stray child, no partial file, whoever ends the run.
@Suite struct ProcessTests {
  /// What `ps` would say of a process: its state, and its parent.
  static func status(of id: Int32) async throws -> (state: Character, parent: Int32)? {
    #if os(Linux)
      // `/proc/ID/stat`: number, name in parentheses, state, parent.
      guard let line = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
        let name = line.lastIndex(of: ")")
      else { return nil }
      let words = line[name...].split(separator: " ").dropFirst().map(String.init)
    #else
      let folder = try Folder()
      let words = try await Program.fixture.shell("ps -o stat=,ppid= -p \(id) || true", in: folder)
        .output.split(whereSeparator: \.isWhitespace).map(String.init)
    #endif
    guard words.count >= 2, let state = words[0].first, let parent = Int32(words[1]) else {
      return nil
    }
    return (state, parent)
  }

  /// The children of a process.
  static func children(of parent: Int32) async throws -> [Int32] {
    #if os(Linux)
      let all = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap {
        Int32($0)
      }
    #else
      let folder = try Folder()
      let all = try await Program.fixture.shell("ps -axo pid=", in: folder).output
        .split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
    #endif
    var children: [Int32] = []
    for id in all where try await status(of: id)?.parent == parent { children.append(id) }
    return children
  }

  /// Whether a process lives (a zombie does not).
  static func isAlive(_ id: Int32) async throws -> Bool {
    guard let state = try await status(of: id)?.state else { return false }
    return state != "Z" && state != "X"
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

  @Test func `Interrupt ends everything`() async throws {
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

  @Test func `Timeout ends the run`() async throws {
    // Who lives is not asked here: on a busy machine the time may be up before it can be. The run
    // ends its group by the same path as on an interrupt, which the test above looks into.
    let folder = try Folder()
    let running = try Program.fixture.start(["--mode", "stray", "--timeout", "2"], in: folder)
    let result = try await running.result()
    #expect(result.status == 3)
    #expect(result.output.contains("2 s"))
  }

  @Test func `Killed run is reported`() async throws {
    let folder = try Folder()
    let (running, child, _) = try await start("hang", in: folder)
    kill(child, SIGKILL)
    let result = try await running.result()
    #expect(result.status == 3)
    #expect(result.output.contains("signal 9 (killed)"))
  }

  @Test func `Run dies with its front end`() async throws {
    let folder = try Folder()
    let (running, child, stray) = try await start("stray", in: folder)
    kill(running.id, SIGKILL)
    let result = try await running.result()
    #expect(result.signal == SIGKILL)
    #expect(try await Self.eventually { try await !Self.isAlive(child) })
    let left = try #require(stray)
    #expect(try await Self.eventually { try await !Self.isAlive(left) })
  }

  @Test func `Interrupt leaves the old file`() async throws {
    let folder = try Folder()
    try folder.write("old", to: "report.md")
    let (running, _, _) = try await start("hang", ["--output", "report.md"], in: folder)
    running.process.interrupt()
    #expect(try await running.result().status == 130)
    #expect(try folder.text("report.md") == "old")
    #expect(folder.files == ["report.md"])
  }

  @Test func `End with a stray is noticed`() async throws {
    // A process that the run has started holds the run's end of the stream of events.
    let folder = try Folder()
    let (running, child, stray) = try await start("stray", in: folder)
    kill(child, SIGKILL)
    let result = try await running.result()
    #expect(result.status == 3)
    #expect(try await !Self.isAlive(try #require(stray)))
  }
}
