internal import Foundation
internal import SystemCalls

/// The process that runs the lab: it executes `report()` and sends what that shows to the process
/// that started it.
enum Worker {
  /// The variable that tells a process that it is the worker; its value is the number of the
  /// descriptor that events go to.
  static let environmentKey = "LABKIT_EVENTS"

  /// Where the events go, when this process was started as a worker.
  ///
  /// The variable is removed at once: a lab that starts another lab starts a front end.
  static func events() -> Descriptor? {
    guard let value = ProcessInfo.processInfo.environment[environmentKey],
      let number = Int32(value)
    else { return nil }
    Environment.remove(environmentKey)
    Environment.remove(Backtrace.environmentKey)
    let inherited = Descriptor(raw: number)
    guard let events = try? inherited.duplicated() else { return nil }
    inherited.close()
    return events
  }

  /// Runs the lab to its end, then ends the process.
  static func run(
    _ lab: some Lab, events: Descriptor, isFresh: Bool, edition: Edition, keepsVectors: Bool
  ) -> Never {
    StandardStreams.unbuffer()
    Signals.ignoreLostReader()
    endWithFrontEnd(events)
    let session = Session(
      sources: type(of: lab).sources, foundations: type(of: lab).foundations, isFresh: isFresh,
      edition: edition, keepsVectors: keepsVectors, sendsPixels: !type(of: lab).isMeasurement
    ) { message in
      do {
        try events.write(message.encoded())
      } catch is SystemError {
        // Nobody listens any more, so there is nothing left to do here.
        StandardStreams.endProcess(1)
      } catch {
        fatalError("what the lab shows cannot be sent to its report: \(error)")
      }
    }
    Session.begin(session)
    PrintWatch.begin { session.notePrinting($0) }
    let end = perform(lab, in: session)
    // After its last event the front end waits for nothing.
    StandardStreams.flush()
    session.send(.end(withLostOutput(end)))
    StandardStreams.endProcess(0)
  }

  /// Runs the lab, and says how that ended.
  static func perform(_ lab: some Lab, in session: Session) -> Recording.End {
    for parameter in LabParameter.all(of: lab) {
      session.send(.parameter(Parameter(parameter.name, text: parameter.value)))
    }
    return session.run { try lab.report() }
  }

  /// How the run ended, and that something it printed is lost if that is so.
  static func withLostOutput(_ end: Recording.End) -> Recording.End {
    guard StandardStreams.hasLostOutput else { return end }
    if case .threw(let message, let location) = end {
      return .threw(message: message + "\n" + lostOutput(), location: location)
    }
    return .lostOutput(lostOutput())
  }

  /// Why what was printed could not all be kept, as far as the system still says.
  private static func lostOutput() -> String {
    do {
      let file = try Descriptor.anonymousFile()
      defer { file.close() }
      try file.write(repeatElement(0, count: 1 << 16))
    } catch {
      return PrintedRoom.sentence(error)
    }
    return PrintedRoom.sentence(nil)
  }

  /// Ends this process, and whatever it started, as soon as the front end is gone: nothing is ever
  /// sent this way, so the end of the stream is the only thing that can be read.
  private static func endWithFrontEnd(_ events: Descriptor) {
    let watch = Thread {
      _ = try? events.read(1)
      StandardStreams.endGroup()
    }
    watch.stackSize = 1 << 18
    watch.start()
  }
}
