internal import Foundation
internal import SystemCalls

/// Runs the lab in a child process, watches it to its end and gathers what it shows.
struct Supervisor {
  /// What became of a run.
  struct Outcome {
    var recording: Recording
    /// The signal that asked this program to end; nil when none did.
    var interruption: UInt8? = nil
  }

  let arguments: [String]
  let timeout: Double?
  let source: LabSource
  /// What is told about the progress of tasks.
  var display: ProgressDisplay

  /// Runs the lab to its end, whatever that is. Leaves no process and no file behind.
  mutating func run() throws -> Outcome {
    let output = try Descriptor.anonymousFile()
    let error = try Descriptor.anonymousFile()
    let null = try Descriptor.null()
    let (events, childEvents) = try Descriptor.connectedPair()
    defer { for descriptor in [output, error, null, events] { descriptor.close() } }
    let signals = try Signals.watch()
    defer { signals.close() }

    var collector = Collector(output: output, error: error)
    try collector.begin()

    var environment = ProcessInfo.processInfo.environment
    environment[Worker.environmentKey] = "3"
    environment[Backtrace.environmentKey] = Backtrace.environmentValue
    let child: ChildProcess
    do {
      defer { childEvents.close() }
      child = try ChildProcess.start(
        arguments: arguments, environment: environment,
        descriptors: [null, output, error, childEvents])
    }
    let cause: Cause
    do {
      cause = try watch(child, events: events, signals: signals, collector: &collector)
    } catch {
      _ = child.end()
      throw error
    }
    let ending = child.end()
    display.finish()

    let hasEnded = collector.hasEnded
    collector.finish { lastWords in
      switch cause {
      case .interrupted: return (.interrupted, "")
      case .timedOut: return (.timedOut(seconds: timeout ?? 0), lastWords)
      case .childEnded: return hasEnded ? nil : crash(ending, lastWords)
      case .brokenStream(let sentence):
        return (.trapped(message: sentence, location: nil), lastWords)
      }
    }
    var interruption: UInt8?
    if case .interrupted(let signal) = cause { interruption = signal }
    return Outcome(recording: collector.recording, interruption: interruption)
  }

  /// Why the watch ended.
  private enum Cause: Equatable {
    case childEnded
    case timedOut
    case interrupted(UInt8)
    case brokenStream(String)
  }

  /// Reads events and signals until there is nothing more to come.
  private mutating func watch(
    _ child: ChildProcess, events: Descriptor, signals: Descriptor, collector: inout Collector
  ) throws -> Cause {
    let clock = ContinuousClock()
    var deadline = timeout.map { clock.now + .seconds($0) }
    var arrived: [UInt8] = []
    while true {
      var wait = display.refreshInterval
      if let deadline { wait = min(wait, deadline - clock.now) }
      if wait < .zero { return .timedOut }
      let ready = try Descriptor.waitForInput([events, signals], atMost: wait)
      if ready[1], let numbers = try signals.read(64) {
        for number in numbers {
          if [Signals.interrupt, Signals.terminate, Signals.hangUp].contains(number) {
            return .interrupted(number)
          }
          if number == Signals.stop {
            // The time that both stand still is not the lab's.
            let stopped = clock.now
            child.signal(.stop)
            Signals.stopSelf()
            child.signal(.resume)
            deadline = deadline.map { $0 + (clock.now - stopped) }
          }
        }
      }
      if ready[0] {
        let bytes = try events.read(1 << 18) ?? []
        if bytes.isEmpty { return waitForEnd(of: child) }
        arrived += bytes
        let messages: [Message]
        do {
          messages = try Message.decode(from: &arrived)
        } catch {
          return .brokenStream("\(error)")
        }
        for message in messages {
          if case .progress(let update) = message.event {
            display.update(update)
          } else {
            collector.add(message)
          }
        }
        if collector.hasEnded { return .childEnded }
      } else if child.isOver {
        // Its end of the stream may live on in something that it started.
        return .childEnded
      }
      display.refresh()
      collector.keepRoom()
    }
  }

  /// Waits for a child that has closed its end of the stream. It is about to end; should it have
  /// closed it and go on, nothing can be learned from it any more.
  private func waitForEnd(of child: ChildProcess) -> Cause {
    let deadline = ContinuousClock.now + .seconds(5)
    while !child.isOver, ContinuousClock.now < deadline { Pause.sleep(.milliseconds(1)) }
    return .childEnded
  }

  /// What is known about a run that ended before its report did.
  private func crash(
    _ ending: ChildProcess.Ending, _ lastWords: String
  ) -> (end: Recording.End, output: String) {
    switch ending {
    case .exited(let code):
      let message = "The program ended itself with exit code \(code) before report() was done."
      return (.trapped(message: message, location: nil), lastWords)
    case .signalled(let signal):
      let backtrace = Backtrace(lastWords: lastWords, sources: source.files)
      var message =
        backtrace.message.map { $0.isEmpty ? "Fatal error" : "Fatal error: \($0)" }
        ?? "The program was ended by \(Signals.explanation(signal))."
      // The innermost place may be in a helper; the report needs the line that called it.
      let place = backtrace.locations.first { source.standing(of: $0) != .outside }
      if let innermost = backtrace.locations.first, innermost != place {
        message += "\nin \(innermost)"
      }
      return (.trapped(message: message, location: place), backtrace.precedingText)
    }
  }
}
