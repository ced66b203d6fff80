import Foundation

/// A program run to its end.
struct Command {
  var words: [String]
  var folder: URL?
  /// Variables of this process's environment that the program does not get.
  var hidden: [String] = []

  /// A program found on the path, with its arguments.
  init(_ words: String..., in folder: URL? = nil) {
    self.words = words
    self.folder = folder
  }

  init(_ words: [String], in folder: URL? = nil, without hidden: [String] = []) {
    self.words = words
    self.folder = folder
    self.hidden = hidden
  }

  /// What a program left.
  struct Result {
    var status: Int32
    var output: String
    var errors: String
  }

  /// Runs it, and keeps what it says.
  ///
  /// What is said goes to files and not to pipes: a full pipe would stop the program, and a program
  /// that leaves a child behind would keep the pipe open.
  func run() throws -> Result {
    let scratch = FileManager.default.temporaryDirectory.appending(
      path: "labs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let output = scratch.appending(path: "output")
    let errors = scratch.appending(path: "errors")
    for file in [output, errors] { try Data().write(to: file) }
    let process = try start(
      output: try FileHandle(forWritingTo: output), errors: try FileHandle(forWritingTo: errors))
    process.waitUntilExit()
    Interruption.remove(process)
    return Result(
      status: process.terminationReason == .uncaughtSignal
        ? 128 + process.terminationStatus : process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// Starts it.
  func start(output: FileHandle, errors: FileHandle) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    if !hidden.isEmpty {
      process.environment = ProcessInfo.processInfo.environment.filter { !hidden.contains($0.key) }
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw Complaint("cannot start '\(words[0])': \(error.localizedDescription)")
    }
    Interruption.add(process)
    return process
  }
}
