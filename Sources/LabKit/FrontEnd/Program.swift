internal import Foundation
internal import SystemCalls

/// What happens between the command line and the exit code.
enum Program<Body: Lab> {
  /// Runs the lab as its arguments say.
  ///
  /// - Returns: The exit code.
  static func run(_ arguments: [String]) -> Int32 {
    var arguments = arguments
    do {
      arguments = try LabCommand<Body>.withOptionsOfCheckedReport(arguments)
    } catch {
      Console.say("\(error)")
      return ExitStatus.unusable.rawValue
    }
    let events = Worker.events()
    let command: LabCommand<Body>
    do {
      let parsed = try LabCommand<Body>.parseAsRoot(arguments)
      guard let lab = parsed as? LabCommand<Body> else {
        // `help` and the like: the parser's own commands do their work themselves.
        var other = parsed
        try other.run()
        return ExitStatus.success.rawValue
      }
      command = lab
    } catch {
      return report(parsing: error)
    }
    // Before the lab runs, and while it is waited for: a crash ends this process, whichever it is.
    CrashSignals.makeFinal()
    if let threads = command.engine.threads { Compute.threadCount = threads }
    if let events {
      Worker.run(
        command.lab, events: events, isFresh: command.engine.isFresh,
        edition: command.engine.edition, keepsVectors: command.engine.vectorFigures != nil)
    }
    do {
      try Compute.checkEnvironment()
      let status = try FrontEnd(lab: command.lab, options: command.engine, arguments: arguments)
        .run()
      return status.rawValue
    } catch {
      Console.say("\(error)")
      return ExitStatus.unusable.rawValue
    }
  }

  /// Prints what the parser has to say: help on standard output, complaints on standard error.
  private static func report(parsing error: any Error) -> Int32 {
    let message = LabCommand<Body>.fullMessage(for: error)
    if LabCommand<Body>.exitCode(for: error).isSuccess {
      do {
        try Descriptor.standardOutput.write((message + "\n").utf8)
      } catch {
        return ExitStatus.unusable.rawValue
      }
      return ExitStatus.success.rawValue
    }
    Console.say(message)
    return ExitStatus.unusable.rawValue
  }
}
