import LabKit

extension FixtureLab {
  /// What `--mode` asks for.
  func misbehave(_ mode: String) throws {
    switch mode {
    case "throw": throw FixtureError()
    case "trap": fatalError("the fixture traps")
    case "train": train()
    case "index": show(Array(repeating: 1, count: count)[count])
    default: break
    }
  }
}

/// The error that the fixture throws.
struct FixtureError: Error, CustomStringConvertible {
  var description: String { "the fixture throws" }
}

extension FixtureLab {
  /// A task that takes a while.
  func train() {
    let training = Progress("Training", count: count * 30)
    for step in training {
      spin(milliseconds: 10)
      training.report("loss", 2.3 / Double(step + 1))
    }
  }

  private func spin(milliseconds: Int) {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while ContinuousClock.now < end {}
  }
}
