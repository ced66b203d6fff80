internal import Foundation
internal import Synchronization
internal import SystemCalls

/// Runs the lab in this very process, where a debugger sees it: breakpoints, variables, the place
/// of a trap.
///
/// Standard output is captured as always, because the report may go there. Standard error is left
/// alone: what the runtime says about a trap must be seen, and nobody lives on to weave it.
struct InProcessRun {
  private final class Sink: Sendable {
    let state: Mutex<(collector: Collector, display: ProgressDisplay)>

    init(_ collector: Collector, _ display: ProgressDisplay) {
      state = Mutex((collector, display))
    }

    func receive(_ message: Message) {
      state.withLock { state in
        if case .progress(let update) = message.event {
          state.display.update(update)
          state.display.refresh()
        } else {
          state.collector.add(message)
        }
      }
    }
  }

  let display: ProgressDisplay
  /// How many seconds the run may take; nil means as many as it wants.
  let timeout: Double?
  /// Whether remembered values are computed anew.
  let isFresh: Bool
  /// Whom the report is for.
  let edition: Edition
  /// Whether figures are wanted as shapes, too.
  let keepsVectors: Bool

  /// Whether `report()` is being run.
  private static let isRunning = Atomic(false)

  /// Runs the lab to its end.
  func run<Body: Lab>(_ lab: Body) throws -> Recording {
    let output = try Descriptor.anonymousFile()
    let error = try Descriptor.anonymousFile()
    let original = try Descriptor.standardOutput.duplicated()
    defer { for descriptor in [output, error, original] { descriptor.close() } }
    var collector = Collector(output: output, error: error, capturesErrors: false)
    try collector.begin()
    StandardStreams.flush()
    StandardStreams.unbuffer()
    try Descriptor.standardOutput.become(output)
    let sink = Sink(collector, display)
    let session = Session(
      sources: Body.sources, foundations: Body.foundations, isFresh: isFresh, edition: edition,
      keepsVectors: keepsVectors, sendsPixels: !Body.isMeasurement
    ) { sink.receive($0) }
    Session.begin(session)
    watch()
    let end = Worker.perform(lab, in: session)
    StandardStreams.flush()
    Self.isRunning.store(false, ordering: .sequentiallyConsistent)
    session.send(.end(Worker.withLostOutput(end)))
    Session.begin(nil)
    try Descriptor.standardOutput.become(original)
    return sink.state.withLock { state in
      state.display.finish()
      state.collector.finish { _ in nil }
      return state.collector.recording
    }
  }

  /// Ends this process when the time is up, and says so when the lab ends it: nobody else is there
  /// to notice. Neither leaves a report.
  private func watch() {
    Self.isRunning.store(true, ordering: .sequentiallyConsistent)
    StandardStreams.atExit {
      InProcessRun.giveUp("the lab ended the program before report() was done")
    }
    guard let timeout else { return }
    let thread = Thread {
      Thread.sleep(forTimeInterval: timeout)
      Self.giveUp("the run did not come to its end within \(timeout) s")
    }
    thread.stackSize = 1 << 18
    thread.start()
  }

  private static func giveUp(_ sentence: String) {
    guard isRunning.exchange(false, ordering: .sequentiallyConsistent) else { return }
    Console.say("error: \(sentence); a run in the program itself leaves no report then")
    StandardStreams.endAtOnce(ExitStatus.failed.rawValue)
  }
}
