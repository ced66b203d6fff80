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
  /// Whether remembered values are computed anew.
  let isFresh: Bool

  /// Runs the lab to its end.
  func run<Body: Lab>(_ lab: Body) throws -> Recording {
    let output = try Descriptor.anonymousFile()
    let error = try Descriptor.anonymousFile()
    let original = try Descriptor.standardOutput.duplicated()
    defer { for descriptor in [output, error, original] { descriptor.close() } }
    StandardStreams.flush()
    StandardStreams.unbuffer()
    try Descriptor.standardOutput.become(output)
    let sink = Sink(Collector(output: output, error: error), display)
    let session = Session(sources: Body.sources, isFresh: isFresh) { sink.receive($0) }
    Session.begin(session)
    session.send(.end(Worker.perform(lab, in: session)))
    Session.begin(nil)
    StandardStreams.flush()
    try Descriptor.standardOutput.become(original)
    return sink.state.withLock { state in
      state.display.finish()
      state.collector.finish { _ in nil }
      return state.collector.recording
    }
  }
}
