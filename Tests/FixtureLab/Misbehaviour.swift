import CFixture
import class Foundation.Thread
import LabKit

/// What can happen in the middle of the fixture.
enum Mode: String, ExpressibleByArgument, CaseIterable {
  case fine
  case falseClaim, brokenClaim, brokenComparison, comparisonWithoutMutant, missingError
  case heldClaims
  case error, trap, index, arithmetic
  case cCrash, cAbort, killed, exit
  case hang, stray, train
  case remembered, rememberedTensors, rememberedLosses, rememberedKind
  case shownWhileRemembered
  case streams, longOutput, wideOutput, secondFigure, figure, album
  case raised, strangeBytes, truncation
  case bareWrites, program
  case escapes, escapesInError
}

/// The error that the fixture throws.
struct FixtureError: Error, CustomStringConvertible {
  var description: String { "the fixture throws" }
}

extension FixtureLab {
  /// Does what a mode asks for.
  func misbehave(_ mode: Mode) throws {
    switch mode {
    case .fine: break
    case .heldClaims: holdClaims()
    case .falseClaim: claim("Two is more than three", 2, .above(3))
    case .brokenClaim: claim("Two is more than one", 2, .above(1), mutants: ["another two": 2])
    case .brokenComparison: compare(mutants: ["the same": [1, 2]])
    case .comparisonWithoutMutant: compare(mutants: [:])
    case .missingError: expectError { 1 }
    case .error: throw FixtureError()
    case .trap: fatalError("the fixture traps")
    case .index: show(Array(repeating: 1, count: count)[count])
    case .arithmetic: show(Int.max - 10 + count + mode.rawValue.count)
    case .cCrash: c_crash()
    case .cAbort: c_abort()
    case .killed: c_kill_self()
    case .exit: FixtureLab.exit(withError: ExitCode(0))
    case .hang: hang()
    case .stray:
      c_start_stray(1000)
      hang()
    case .train: train()
    case .remembered: try remember()
    case .rememberedTensors: try rememberTensors()
    case .rememberedLosses: try rememberLosses()
    case .rememberedKind: try rememberKind(word)
    case .shownWhileRemembered:
      _ = try remembered("loud", by: count) { () -> Int in
        show(1)
        return 1
      }
    case .streams: useAllStreams()
    case .figure:
      show(
        Figure("Squares", x: Axis("x"), y: Axis("x²")) {
          LineMark(x: [0, 1, 2, 3], y: [0, 1, 4, 9])
        }, label: "fig-squares", caption: "Squares")
    case .longOutput: for number in 0..<10_000 { print("line", number) }
    case .wideOutput: print(String(repeating: "wide ", count: 100_000))
    case .album:
      // Every picture tells the count, as the text does: so one sees whether both are of one run.
      for number in 0..<40 {
        show(
          Bitmap(width: count, height: 1, gray: Array(repeating: 0.5, count: count)),
          label: "fig-album-\(number)")
      }
    case .raised: c_raise(Int32(count))
    case .bareWrites: c_write(Int32(count))
    case .program: unsafe c_run("head -c \(count * 1024) /dev/zero | tr '\\0' x")
    case .escapes: showEscapes()
    case .escapesInError: throw OrdersInError()
    case .strangeBytes: c_write_to_all_descriptors()
    case .truncation:
      c_print(1)
      print("between")
      c_truncate_output()
    case .secondFigure: show(ramp(width: 8, height: 8), label: "fig-second", caption: "Smaller")
    }
  }

  private func holdClaims() {
    claim("Two is more than one", 2, .above(1), mutants: ["zero": 0])
    compare(mutants: ["swapped": [2, 1], "too short": [1], "no number": [.nan, 2]])
    expectError { throw FixtureError() }
  }

  private func compare(mutants: KeyValuePairs<String, [Double]>) {
    show(
      Comparison(
        "one and two", actual: [1, 2], expected: [1, 2], tolerance: .absolute(1e-6),
        mutants: mutants))
  }

  private func useAllStreams() {
    print("1, from print")
    c_print(2)
    debugPrint("3, from debugPrint")
    c_print(4)
    dump(5)
    c_complain(6)
    print("7,", "from", "print", separator: " ", terminator: ".\n")
  }

  /// Computes slowly, so to speak: every computation is said on standard error afterwards.
  private func remember() throws {
    var isComputed = false
    let numbers = try remembered("numbers", by: count, 0.5) {
      isComputed = true
      return [Double(count), -0.0, .nan, .infinity, 0.1]
    }
    print(isComputed ? "computed" : "remembered", numbers)
  }

  private func rememberTensors() throws {
    var random = SplitMix64(seed: UInt64(count))
    var layer = Linear(inputs: 2, outputs: 1, using: &random)
    var isComputed = false
    try remembered("training", by: count, network: &layer) { layer in
      isComputed = true
      layer.parameters = layer.parameters.map { Tensor($0.shape) { Float($0) + 0.25 } }
    }
    print(isComputed ? "trained" : "remembered", layer.parameters.map(\.elements))
  }

  private func rememberLosses() throws {
    var random = SplitMix64(seed: 1)
    var layer = Linear(inputs: 2, outputs: 1, using: &random)
    var isComputed = false
    let losses = try remembered("training", by: count, network: &layer) { layer in
      isComputed = true
      layer.parameters = layer.parameters.map { Tensor($0.shape) { Float($0) + 0.25 } }
      return [2.5, Float(count)]
    }
    print(isComputed ? "trained" : "remembered", losses, layer.parameters.map(\.elements))
  }

  /// Nothing, a number, two megabytes: what other caches had trouble with.
  private func rememberKind(_ kind: String) throws {
    var isComputed = false
    func compute<Value>(_ value: Value) -> Value {
      isComputed = true
      return value
    }
    let value: String
    switch kind {
    case "nothing": value = "\(try remembered(kind) { compute(Int?.none) } == nil)"
    case "number": value = "\(try remembered(kind) { compute(30) })"
    default:
      let numbers = try remembered(kind) { compute((0..<200_000).map { Double($0) / 7 }) }
      value = "\(numbers.count),\(numbers.reduce(0, +))"
    }
    print(isComputed ? "computed" : "remembered", kind, "value", value)
  }

  /// A task that takes a while.
  private func train() {
    let training = Progress("Training", count: count * 10)
    for step in training {
      wait(.milliseconds(10))
      training.report("loss", 2.3 / Double(step + 1))
    }
  }

  private func hang() {
    while true { wait(.seconds(1)) }
  }

  private func wait(_ duration: Duration) {
    // Asleep: a dozen of these wait beside the other tests, which want the processor.
    Thread.sleep(forTimeInterval: duration / .seconds(1))
  }

  /// Grey levels from black to white.
  func ramp(width: Int, height: Int) -> Bitmap {
    Bitmap(
      width: width, height: height,
      gray: (0..<width * height).map { Double($0 % width) / Double(width - 1) })
  }
}
