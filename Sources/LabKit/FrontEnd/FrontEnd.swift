internal import Foundation
import Numbers
internal import SystemCalls

/// The process that a person starts: it has the lab run, weaves, and writes or checks the report.
struct FrontEnd<Body: Lab> {
  let lab: Body
  let options: EngineOptions
  /// The arguments as given, without the program's name.
  let arguments: [String]

  func run() throws -> ExitStatus {
    Signals.ignoreLostReader()
    let source: LabSource
    do {
      source = try LabSource(
        files: Body.sources, parameters: LabParameter.all(of: lab).map(\.name),
        edition: options.edition)
    } catch {
      Console.say("\(error)")
      return .unusable
    }
    if let path = options.check { return try check(source, path: path) }
    return try write(source)
  }

  /// Runs, weaves and writes.
  private func write(_ source: LabSource) throws -> ExitStatus {
    let delivery = try Delivery(options: options, program: Body.programName)
    // What is missing is said before the lab runs for nothing.
    let form = options.resolvedFormat
    let handIn = form.isHandedIn ? try HandIn(form) : nil
    try options.vectorFigures.map(Delivery.checkFolder)
    let outcome = try execute(source)
    guard let report = woven(source, outcome) else { return .unusable }
    if let handIn {
      try delivery.deliver(report, by: handIn, isComplete: outcome.isComplete)
    } else {
      try delivery.deliver(report, isComplete: outcome.isComplete)
    }
    outcome.recording.troubles.forEach(Console.say)
    // Like the report itself, figures of a run that failed replace nothing.
    if let folder = options.vectorFigures, outcome.isComplete || options.keepPartial {
      try report.writeVectors(to: folder)
    }
    if !outcome.isComplete && !delivery.isStream && !options.keepPartial {
      Console.say("\(options.output) was not written; --keep-partial writes what there is")
    }
    return outcome.status
  }

  /// The report of a run; `nil` where the source cannot be woven, which is said.
  func woven(_ source: LabSource, _ outcome: RunOutcome) -> Report? {
    do {
      return try Report(
        source: source, recording: outcome.recording,
        options: reportOptions(duration: outcome.duration))
    } catch {
      Console.say("\(error)")
      return nil
    }
  }

  /// What became of the run.
  struct RunOutcome {
    var recording: Recording
    var status: ExitStatus
    var isComplete: Bool
    var duration: Duration
  }

  func execute(_ source: LabSource) throws -> RunOutcome {
    let start = ContinuousClock.now
    var outcome = Supervisor.Outcome(recording: Recording())
    if options.inProcess {
      outcome.recording = try InProcessRun(
        display: progressDisplay(), timeout: options.timeout, isFresh: options.isFresh,
        edition: options.edition, keepsVectors: options.vectorFigures != nil
      ).run(lab)
    } else {
      var supervisor = Supervisor(
        arguments: [CommandLine.arguments.first ?? Body.programName] + arguments,
        timeout: options.timeout, source: source, display: progressDisplay())
      outcome = try supervisor.run()
    }
    let recording = outcome.recording
    if case .lostOutput(let sentence) = recording.end { throw FileError(reason: sentence) }
    var isComplete = false
    if case .completed = recording.end { isComplete = true }
    // Claims that a stub does not meet are what the exercise is about.
    let isOpenExercise = options.edition == .student && isComplete
    let status: ExitStatus =
      outcome.interruption != nil
      ? .interrupted : recording.succeeded || isOpenExercise ? .success : .failed
    return RunOutcome(
      recording: recording, status: status, isComplete: isComplete,
      duration: ContinuousClock.now - start)
  }

  private func progressDisplay() -> ProgressDisplay {
    ProgressDisplay(
      ProgressDisplay.medium(
        isQuiet: options.quiet, isTerminal: Descriptor.standardError.isTerminal,
        environment: ProcessInfo.processInfo.environment))
  }

  /// The file that a report goes to; `nil` for standard output.
  private var file: String? { options.output == "-" ? nil : options.output }

  /// - Parameter duration: How long the run took, when there was one.
  func reportOptions(duration: Duration? = nil) -> Report.Options {
    var chosen = Report.Options()
    chosen.tableOfContents = options.toc
    var environment = RunEnvironment.current
    if options.timings, let duration {
      let date = Date.now.formatted(.iso8601)
      let seconds = duration / .seconds(1)
      let format: NumberFormat = seconds < 100 ? .significant(digits: 3) : .integer
      environment.timing = "Run on \(date) in \(format.string(seconds)) s."
    }
    chosen.environment = environment
    if options.resolvedFormat == .markdown, let path = options.check ?? file,
      (try? Disk().status(path))??.kind != .device,
      let old = try? Disk().text(of: path, byteLimit: ReportCheck.byteLimit)
    {
      chosen.navigation = ReportNavigation.links(in: old)
    }
    chosen.origin = ReportOrigin(
      lab: Body.programName, options: LabCommand<Body>.shapingArguments(arguments),
      isMeasurement: Body.isMeasurement)
    return chosen
  }
}

extension RunEnvironment {
  /// The compiler and the machine that this program was built with and for.
  static var current: RunEnvironment {
    #if compiler(>=6.4)
      let toolchain = "Swift 6.4 or later"
    #elseif compiler(>=6.3)
      let toolchain = "Swift 6.3"
    #else
      let toolchain = "Swift 6.2"
    #endif
    return RunEnvironment(toolchain: toolchain, platform: platformName)
  }
}
