//: # Benchmarks
//:
//: How fast this package is: its kernels against the peak of the core they run on, and its training
//: steps against other frameworks doing the same work on the same machine. Whatever is compared is
//: timed in turns within one run, so that a machine that slows down does so for everybody; a time
//: is the median over the rounds, and the spread is what the middle half of them lies between.
//: Every number in this report differs from run to run and from machine to machine.
import LabKit

@main
struct Benchmarks: Lab {
  @Option(help: "A Python with PyTorch, TensorFlow or JAX to compare with.")
  var python: String?

  @Option(help: "The folder of the full MNIST set; without it random images stand in.")
  var mnist: String?

  @Option(help: "Rounds of each comparison.")
  var rounds = 11

  @Flag(help: "Only the plots.")
  var plotsOnly = false

  @Flag(help: "Only time Lab 10's training step: how builds are compared.")
  var probe = false

  static let isMeasurement = true

  func report() throws {
    if probe { return try probeStep() }  //hide
    let measured = Measured()  //hide
    if plotsOnly {  //hide
      try plotting(measured)  //hide
      return try targets(measured)  //hide
    }  //hide
    try setting(measured)
    try kernels(measured)
    try steps(measured)
    try epochs(measured)
    try digits(measured)
    try growth(measured)
    try plotting(measured)
    try targets(measured)
  }

  /// Prints the time of one training step, for another process to read.
  private func probeStep() throws {
    var random = SplitMix64(seed: 1)
    let trainer = Trainer(try Jobs.lab10(&random), batch: 50, using: &random)
    let timing = Timing(samples: (0..<500).map { _ in milliseconds(trainer.step) })
    print("measured-step", timing.median, "ms")
  }
}

/// What the sections found, for the table at the end.
final class Measured {
  /// Peers by number of threads.
  var peers: [Int: Peer] = [:]
  /// Rows of the table of targets.
  var targets: [(job: String, target: String, measured: String, holds: Bool?)] = []
  /// Why targets do not hold, where that can be said.
  var reasons: [String] = []
  /// The peak of one core in GF/s.
  var peak = 0.0

  /// Adds a row, and the reason if the target is missed.
  func target(
    _ job: String, _ target: String, measured: String, holds: Bool?, why: String? = nil
  ) {
    targets.append((job, target, measured, holds))
    if holds == false, let why { reasons.append("✗ \(job): \(why)") }
  }

  /// The milliseconds that a network's training steps take at the peak of so many cores if every
  /// multiply-add of the definition is made, and nothing else done.
  func limit(_ network: Sequential, items: Int, threads: Int) -> Double {
    // Forward, and for all but the first layer two gradients of the same cost.
    let shape: Shape = [items, 1, 28, 28]
    let first = network[0].multiplyAdds(for: shape)
    return 2 * Double(3 * network.multiplyAdds(for: shape) - first) / peak / Double(threads) / 1e6
  }
}
