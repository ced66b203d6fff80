internal import Foundation
internal import SystemCalls

/// A program of the system that makes a form of the report which this package does not make itself.
struct Tool {
  /// Where it is.
  let path: String

  /// Looks for a program by its names, first name first, where a shell would; a name with a slash is
  /// a path.
  init?(named names: [String], in environment: [String: String]) {
    let folders = (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
    let candidates = names.flatMap { name in
      name.contains("/") ? [name] : folders.map { "\($0)/\(name)" }
    }
    guard let path = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      return nil
    }
    self.path = path
  }

  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Runs it to its end.
  ///
  /// - Returns: What it printed on standard output.
  /// - Throws: One sentence with the last line that it complained with.
  @discardableResult
  func run(_ arguments: [String], seconds limit: Double = 300) throws -> String {
    let output = try Descriptor.anonymousFile()
    let complaints = try Descriptor.anonymousFile()
    let nothing = try Descriptor.null()
    defer { for file in [output, complaints, nothing] { file.close() } }
    let child = try ChildProcess.start(
      program: path, arguments: [path] + arguments,
      environment: ProcessInfo.processInfo.environment,
      descriptors: [nothing, output, complaints])
    let start = ContinuousClock.now
    while !child.isOver {
      Thread.sleep(forTimeInterval: 0.01)
      if (ContinuousClock.now - start) / .seconds(1) > limit {
        _ = child.end()
        throw HandInError("\(name) did not end within \(Int(limit)) seconds")
      }
    }
    let ending = child.end()
    func text(_ file: Descriptor) throws -> String {
      String(decoding: try file.contents(from: 0, to: file.size ?? 0), as: UTF8.self)
    }
    guard ending == .exited(0) else {
      // pandoc ends with a line that says nothing, below what its engine said.
      let lines = try text(complaints).split(whereSeparator: \.isNewline)
        .filter { !$0.isEmpty && $0 != "Error producing PDF." }
      let words = lines.last.map { ": \($0)" } ?? ""
      throw HandInError("\(name) failed\(words)")
    }
    return try text(output)
  }
}

/// Why a report cannot be handed in, as one sentence.
struct HandInError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
