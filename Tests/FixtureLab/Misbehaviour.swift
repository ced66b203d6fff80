import LabKit

extension FixtureLab {
  /// What `--mode` asks for.
  func misbehave(_ mode: String) throws {
    switch mode {
    case "throw": throw FixtureError()
    case "trap": fatalError("the fixture traps")
    case "index": show(Array(repeating: 1, count: count)[count])
    default: break
    }
  }
}

/// The error that the fixture throws.
struct FixtureError: Error, CustomStringConvertible {
  var description: String { "the fixture throws" }
}
