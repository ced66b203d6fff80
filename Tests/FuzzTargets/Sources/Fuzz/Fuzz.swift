import FuzzReaders
import Foundation

/// The target that the environment variable `FUZZ_TARGET` names.
private let chosen = FuzzTarget.all.first {
  $0.name == ProcessInfo.processInfo.environment["FUZZ_TARGET"]
}

/// libFuzzer's first call. The environment variable `FUZZ_TARGET` chooses what reads the inputs;
/// `--list` names the targets, `--seeds TARGET` the folders with their seeds, `--longest TARGET` how
/// long an input may be.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
  _ count: UnsafeMutablePointer<CInt>?, _ arguments: UnsafeMutableRawPointer?
) -> CInt {
  let arguments = CommandLine.arguments
  let named = FuzzTarget.all.first { $0.name == arguments.last }
  switch arguments.dropFirst().first {
  case "--list":
    for target in FuzzTarget.all { print(target.name) }
    exit(0)
  case "--seeds":
    for folder in named?.seeds ?? [] { print(folder) }
    exit(0)
  case "--longest":
    print(named?.longestInput ?? 0)
    exit(0)
  default:
    guard chosen == nil else { return 0 }
    print("FUZZ_TARGET must name one of: \(FuzzTarget.all.map(\.name).joined(separator: " "))")
    exit(2)
  }
}

/// Called by libFuzzer with one input after the other.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  // An error of one sentence is a good end; that it is one sentence is the tests' business.
  do {
    try chosen?.read(bytes)
  } catch let promise as BrokenPromise {
    fatalError(promise.description)
  } catch {
    _ = "\(error)"
  }
  return 0
}
