/// Something that reads bytes, and what random inputs to it begin with.
///
/// Two packages build this folder: `Tests/FuzzTargets` with libFuzzer, for long runs by `.ci/fuzz`, and
/// the tests, which replay the seeds and some thousand inputs made of them.
package struct FuzzTarget: Sendable, CustomStringConvertible {
  package let name: String
  /// Folders under `Tests` with inputs to begin with.
  package let seeds: [String]
  /// The longest input that is worth making.
  package let longestInput: Int
  /// What an input is given to: reads it and uses what came out. It ends well when it throws or
  /// returns; anything else (a trap, a hang, too much memory, a touch of memory that is not its
  /// own) is a finding.
  package let read: @Sendable (_ bytes: [UInt8]) throws -> Void

  package var description: String { name }

  package static let all = [
    FuzzTarget(name: "idx", seeds: ["idx"], longestInput: 4096, read: readIDX),
    FuzzTarget(name: "gzip", seeds: ["gzip"], longestInput: 4096, read: readGzip),
    FuzzTarget(
      name: "safetensors", seeds: ["safetensors"], longestInput: 4096, read: readSafeTensors),
    FuzzTarget(
      name: "png", seeds: ["../../PNGCodingTests/PngSuite", "../../PNGCodingTests/Fixtures"],
      longestInput: 4096, read: readPNG),
    FuzzTarget(name: "pixels", seeds: ["pixels"], longestInput: 512, read: writePixels),
    FuzzTarget(name: "source", seeds: ["source"], longestInput: 1024, read: readSource),
    FuzzTarget(name: "table", seeds: ["table"], longestInput: 1024, read: readTable),
    FuzzTarget(name: "markdown", seeds: ["markdown"], longestInput: 1024, read: readMarkdown),
    FuzzTarget(name: "notebook", seeds: ["notebook"], longestInput: 2048, read: readNotebook),
    FuzzTarget(
      name: "bibliography", seeds: ["bibliography"], longestInput: 1024, read: readBibliography),
    FuzzTarget(name: "truetype", seeds: ["truetype"], longestInput: 4096, read: readTrueType),
    FuzzTarget(name: "wire", seeds: ["wire"], longestInput: 1024, read: readWire),
  ]
}

/// Something else came out than was promised: a finding, like a trap.
package struct BrokenPromise: Error, CustomStringConvertible {
  package let description: String
}

/// - Throws: When a promise is broken.
func expect(_ condition: @autoclosure () -> Bool, _ promise: @autoclosure () -> String) throws {
  if !condition() { throw BrokenPromise(description: promise()) }
}
