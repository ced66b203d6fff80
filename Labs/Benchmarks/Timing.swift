import LabKit

/// Durations of one job, in milliseconds per repetition.
struct Timing {
  var samples: [Double] = []

  /// The middle of the durations.
  var median: Double { quantile(0.5) }

  /// The durations between which the middle half lies.
  var spread: String {
    "\(rounded(quantile(0.25))) – \(rounded(quantile(0.75)))"
  }

  /// How many times as long as another contender's rounds these took: the median over the rounds,
  /// each compared with its neighbour in the same round.
  func ratio(to other: Timing) -> Double {
    Timing(samples: zip(samples, other.samples).map { $0 / $1 }).median
  }

  func quantile(_ share: Double) -> Double {
    let sorted = samples.sorted()
    if sorted.isEmpty { return .nan }
    let place = share * Double(sorted.count - 1)
    let low = Int(place)
    let high = min(low + 1, sorted.count - 1)
    return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
  }
}

/// Three significant digits.
func rounded(_ value: Double) -> String {
  if !value.isFinite { return "–" }
  if value >= 100 { return "\(Int(value.rounded()))" }
  let scale: Double = value >= 10 ? 10 : value >= 1 ? 100 : 1000
  return "\((value * scale).rounded() / scale)"
}

/// The milliseconds that something takes.
func milliseconds(_ body: () -> Void) -> Double {
  let duration = ContinuousClock().measure(body)
  let (seconds, attoseconds) = duration.components
  return Double(seconds) * 1e3 + Double(attoseconds) * 1e-15
}

/// Somebody who does a job: this package, or a peer.
struct Contender {
  let name: String
  /// Runs the job some times and returns the milliseconds of each; none where it cannot.
  let run: () -> [Double]
}

/// Times contenders in turn, round by round, so that whatever slows the machine down for a while
/// slows all of them. A round of a contender gives one sample: the median of its repetitions.
func race(_ title: String, rounds: Int, _ contenders: [Contender]) -> [(
  name: String, timing: Timing
)] {
  var timings = [Timing](repeating: Timing(), count: contenders.count)
  for contender in contenders { _ = contender.run() }  // Warm up.
  for _ in Progress(title, over: 0..<rounds) {
    for (index, contender) in contenders.enumerated() {
      let samples = contender.run()
      if !samples.isEmpty { timings[index].samples.append(Timing(samples: samples).median) }
    }
  }
  return zip(contenders, timings).map { ($0.name, $1) }
}

/// A contender of this package that repeats a body.
func ours(_ name: String, threads: Int, repetitions: Int, _ body: @escaping () -> Void) -> Contender
{
  Contender(name: name) {
    let before = Compute.threadCount
    defer { Compute.threadCount = before }
    Compute.threadCount = threads
    return (0..<repetitions).map { _ in milliseconds(body) }
  }
}
