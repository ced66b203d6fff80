import Foundation
import Synchronization
import Testing

/// An executable that the build has put beside the tests.
struct Program {
  let name: String

  init(_ name: String) { self.name = name }

  static let fixture = Program("FixtureLab")
  static let faulty = Program("FaultyLab")
  static let lab10 = Program("lab10")

  var url: URL { Self.folder.appending(path: name) }

  /// The folder of the built executables. `swift run` would wait for the build lock that the test
  /// run holds.
  static let folder: URL = {
    #if os(macOS)
      let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
      return (bundle?.bundleURL ?? Bundle.main.bundleURL).deletingLastPathComponent()
    #else
      return URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    #endif
  }()

  /// What a run left.
  struct Result {
    var status: Int32
    /// The signal that ended it, if one did.
    var signal: Int32?
    var output: String
    var errors: String
  }

  /// Runs the program to its end in a folder.
  func run(
    _ arguments: [String] = [], in folder: Folder, environment: [String: String] = [:]
  ) async throws -> Result {
    try await start(arguments, in: folder, environment: environment).result()
  }

  /// Starts the program in a folder.
  func start(
    _ arguments: [String] = [], in folder: Folder, environment: [String: String] = [:]
  ) throws -> Running {
    try Running(url, arguments, folder, environment)
  }

  /// Runs a line of shell in a folder; `$LAB` is this program.
  func shell(_ line: String, in folder: Folder) async throws -> Result {
    try await Running(
      URL(filePath: "/bin/bash"), ["-c", line], folder, ["LAB": url.path]
    ).result()
  }
}

/// A program that is running.
final class Running: @unchecked Sendable {
  let process = Process()
  private let output: URL
  private let errors: URL
  private let ended: AsyncStream<Void>
  private static let starting = Mutex(())

  init(
    _ executable: URL, _ arguments: [String], _ folder: Folder, _ environment: [String: String]
  ) throws {
    let logs = folder.url.appending(path: ".logs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
    output = logs.appending(path: "output")
    errors = logs.appending(path: "errors")
    for file in [output, errors] {
      try Data().write(to: file)
    }
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.environment = ProcessInfo.processInfo.environment
      .merging(["NO_COLOR": "1"]) { $1 }.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    ended = stream
    process.terminationHandler = { _ in continuation.finish() }
    // Foundation's `Process` is not safe to start from several threads at once (on Linux it was
    // seen to crash).
    try Self.starting.withLock { _ in
      // What a shell starts in the background ignores Ctrl-C, and so would all that it starts.
      signal(SIGINT, SIG_DFL)
      signal(SIGQUIT, SIG_DFL)
      try process.run()
    }
  }

  var id: Int32 { process.processIdentifier }

  /// What has been written on standard error so far.
  var errorsSoFar: String { (try? String(contentsOf: errors, encoding: .utf8)) ?? "" }

  /// Waits for the end.
  func result() async throws -> Program.Result {
    for await _ in ended {}
    let wasSignalled = process.terminationReason == .uncaughtSignal
    return Program.Result(
      status: wasSignalled ? -1 : process.terminationStatus,
      signal: wasSignalled ? process.terminationStatus : nil,
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }
}

/// A folder that is gone with its last reference.
final class Folder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appending(path: "lab-tests-\(UUID().uuidString)").resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Everything in the folder but the logs of the test itself, by path, sorted.
  var files: [String] {
    let all = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
    return all.filter { !$0.hasPrefix(".logs-") && !isFolder($0) }.sorted()
  }

  private func isFolder(_ path: String) -> Bool {
    let values = try? url.appending(path: path).resourceValues(forKeys: [.isDirectoryKey])
    return values?.isDirectory ?? false
  }

  func text(_ path: String) throws -> String {
    try String(contentsOf: url.appending(path: path), encoding: .utf8)
  }

  func bytes(_ path: String) throws -> [UInt8] {
    try [UInt8](Data(contentsOf: url.appending(path: path)))
  }

  func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: url.appending(path: path))
  }
}
