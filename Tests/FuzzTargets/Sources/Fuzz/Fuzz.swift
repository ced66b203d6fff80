import Foundation

/// libFuzzer's first call. The environment variable `FUZZ_TARGET` chooses what reads the inputs;
/// `--list` names the targets, `--seeds TARGET` the folders of Tests with their seeds.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?
) -> CInt {
  let arguments = CommandLine.arguments
  switch arguments.dropFirst().first {
  case "--list":
    for target in Target.all { print(target.name) }
    exit(0)
  case "--seeds":
    for folder in Target.all.first(where: { $0.name == arguments.last })?.seeds ?? [] {
      print(folder)
    }
    exit(0)
  default:
    guard Target.chosen == nil else { return 0 }
    print("FUZZ_TARGET must name one of: \(Target.all.map(\.name).joined(separator: " "))")
    exit(2)
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
    Target(name: "idx", seeds: ["FuzzTargets/Seeds/idx"], read: readIDX),
    Target(name: "gzip", seeds: ["FuzzTargets/Seeds/gzip"], read: readGzip),
    Target(
      name: "safetensors", seeds: ["FuzzTargets/Seeds/safetensors", "TensorsTests/Fixtures"],
      read: readSafeTensors),
    Target(
      name: "png", seeds: ["PNGCodingTests/PngSuite", "PNGCodingTests/Fixtures"], read: readPNG),
    Target(name: "source", seeds: ["FuzzTargets/Seeds/source"], read: readSource),
    Target(name: "markdown", seeds: ["FuzzTargets/Seeds/markdown"], read: readMarkdown),
    Target(name: "notebook", seeds: ["FuzzTargets/Seeds/notebook"], read: readNotebook),
    Target(name: "truetype", seeds: ["FuzzTargets/Seeds/truetype"], read: readTrueType),
  ]

  /// The target that the environment variable `FUZZ_TARGET` names.
  static let chosen = all.first { $0.name == ProcessInfo.processInfo.environment["FUZZ_TARGET"] }
}

/// Called by libFuzzer with one input after the other.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  // An error of one sentence is a good end; that it is one sentence is the tests' business.
  do { try Target.chosen?.read(bytes) } catch { _ = "\(error)" }
  return 0
}

/// Stops libFuzzer with the input that shows a broken promise, in every configuration.
func expect(_ condition: @autoclosure () -> Bool, _ message: @autoclosure () -> String) {
  if !condition() { fatalError(message()) }
}
