import Foundation
import LabKit
import SystemCalls

/// A Python process that does the same work with other libraries on request; see `Peers/training.py`
/// and `Peers/plots.py`.
final class Peer {
  private struct Greeting: Decodable {
    let versions: [String: String]
    let missing: [String: String]
    let peers: [String]
  }

  private struct Request: Encodable {
    let job: String
    let peer: String
    let steps: Int
  }

  private struct Answer: Decodable {
    let milliseconds: [Double]?
    let bytes: Int?
    let error: String?
  }

  /// The frameworks found, with their versions, and those missing, with the reason.
  let versions: [String: String], missing: [String: String]
  /// The contenders that the process offers.
  let names: [String]
  /// What went wrong, by contender.
  private(set) var errors: [String: String] = [:]
  /// How large the files were that it made, by contender and job.
  private(set) var bytes: [String: Int] = [:]

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var buffer = Data()

  /// Starts `python` with a script of `Peers` and what it takes; nil where that does not work.
  init?(python: String, script: String, argument: String) {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, script, argument]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil,
      let line = Self.line(from: output.fileHandleForReading, &buffer),
      let greeting = try? JSONDecoder().decode(Greeting.self, from: line)
    else { return nil }
    (versions, missing, names) = (greeting.versions, greeting.missing, greeting.peers)
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// The milliseconds of some steps; empty where the peer cannot do the job.
  func time(_ job: String, _ peer: String, steps: Int) -> [Double] {
    if errors[peer + job] != nil { return [] }
    guard var request = try? JSONEncoder().encode(Request(job: job, peer: peer, steps: steps))
    else { return [] }
    request.append(10)
    guard (try? input.fileHandleForWriting.write(contentsOf: request)) != nil,
      let line = Self.line(from: output.fileHandleForReading, &buffer),
      let answer = try? JSONDecoder().decode(Answer.self, from: line)
    else {
      errors[peer + job] = "the process ended"
      return []
    }
    if let error = answer.error { errors[peer + job] = error }
    bytes[peer + job] = answer.bytes
    return answer.milliseconds ?? []
  }

  /// This process's contenders for a job.
  func contenders(_ job: String, steps: Int) -> [Contender] {
    names.map { name in
      Contender(name: name) { [self] in
        let times = time(job, name, steps: steps)
        // Threads of the framework may look out for more work for a moment: let them park.
        Thread.sleep(forTimeInterval: 0.02)
        return times
      }
    }
  }

  private static func line(from handle: FileHandle, _ buffer: inout Data) -> Data? {
    while true {
      if let end = buffer.firstIndex(of: 10) {
        let line = buffer[buffer.startIndex..<end]
        buffer = Data(buffer[buffer.index(after: end)...])
        return Data(line)
      }
      let more = handle.availableData
      if more.isEmpty { return nil }
      buffer.append(more)
    }
  }
}

/// A finished program: what it wrote on standard output, and the most memory that any child of this
/// process has used so far, in bytes.
func runProgram(_ path: String, _ arguments: [String]) -> (output: String, peakMemory: Int)? {
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(fileURLWithPath: path)
  process.arguments = arguments
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  guard (try? process.run()) != nil else { return nil }
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { return nil }
  return (String(decoding: data, as: UTF8.self), largestChildMemory())
}

/// The program with a name in the build of a configuration (`debug` or `release`) beside this one;
/// nil where there is none.
func builtProgram(_ name: String, configuration: String) -> String? {
  let me = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
  let path = me.deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent(configuration).appendingPathComponent(name).path
  return FileManager.default.isExecutableFile(atPath: path) ? path : nil
}
