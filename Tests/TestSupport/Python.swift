import Foundation

/// A Python interpreter, for tests that compare with a Python package and are skipped without it.
///
/// `LABKIT_PYTHON` names an interpreter that is not `python3` of the path.
public enum Python {
  private static let interpreter = ProcessInfo.processInfo.environment["LABKIT_PYTHON"] ?? "python3"

  /// The script ended with an error.
  public struct Failure: Error {}

  /// What a script prints.
  public static func run(_ script: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [interpreter, "-c", script] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure() }
    return String(decoding: data, as: UTF8.self)
  }
}
