import CLibFuzzer
import Foundation

/// Gives one input after the other to a parser: `FUZZ_TARGET=png Fuzz …`, the rest as libFuzzer
/// has it. `--list` names the targets, `--seeds TARGET` the folders of Tests with their seeds.
@main
enum Fuzz {
  static func main() {
    if CommandLine.arguments.dropFirst().first == "--list" {
      for target in Target.all { print(target.name) }
      return
    }
    let name =
      CommandLine.arguments.dropFirst().first == "--seeds"
      ? CommandLine.arguments.last : ProcessInfo.processInfo.environment["FUZZ_TARGET"]
    guard let target = Target.all.first(where: { $0.name == name }) else {
      print("FUZZ_TARGET must name one of: \(Target.all.map(\.name).joined(separator: " "))")
      exit(2)
    }
    if CommandLine.arguments.dropFirst().first == "--seeds" {
      for folder in target.seeds { print(folder) }
      return
    }
    var count = CommandLine.argc
    var arguments = unsafe CommandLine.unsafeArgv
    // libFuzzer reads the arguments, writes none, and calls back on this thread.
    exit(
      unsafe withUnsafeMutablePointer(to: &arguments) { pointer in
        unsafe pointer.withMemoryRebound(
          to: UnsafeMutablePointer<UnsafeMutablePointer<CChar>>.self, capacity: 1
        ) { unsafe LLVMFuzzerRunDriver(&count, $0, testOneInput) }
      })
  }
}

/// Something that reads bytes.
struct Target: Sendable {
  var name: String
  /// Folders under `Tests` with inputs to begin with.
  var seeds: [String]
  /// What an input is given to: reads it and uses what came out. A target ends well when it throws
  /// or returns; anything else (a trap, a hang, too much memory, a touch of memory that is not its
  /// own) is a finding.
  var read: @Sendable (_ bytes: [UInt8]) throws -> Void

  static let all = [
    Target(name: "idx", seeds: ["Fuzz/Seeds/idx"], read: readIDX),
    Target(name: "gzip", seeds: ["Fuzz/Seeds/gzip"], read: readGzip),
    Target(
      name: "safetensors", seeds: ["Fuzz/Seeds/safetensors", "TensorsTests/Fixtures"],
      read: readSafeTensors),
    Target(
      name: "png", seeds: ["PNGCodingTests/PngSuite", "PNGCodingTests/Fixtures"], read: readPNG),
    Target(name: "truetype", seeds: ["Fuzz/Seeds/truetype"], read: readTrueType),
  ]

  /// The target that the environment variable `FUZZ_TARGET` names.
  static let chosen = all.first { $0.name == ProcessInfo.processInfo.environment["FUZZ_TARGET"] }
}

/// Called by libFuzzer with one input after the other.
private func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  // An error of one sentence is a good end; that it is one sentence is the tests' business.
  do { try Target.chosen?.read(bytes) } catch { _ = "\(error)" }
  return 0
}

/// Stops libFuzzer with the input that shows a broken promise, in every configuration.
func expect(_ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String) {
  if !condition() { fatalError(message()) }
}
