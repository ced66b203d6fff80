internal import Foundation
internal import SystemCalls

/// What happens between the command line and the exit code.
enum Program<Body: Lab> {
  /// Runs the lab as its arguments say.
  ///
  /// - Returns: The exit code.
  static func run(_ arguments: [String]) -> Int32 {
    let arguments = LabCommand<Body>.withOptionsOfCheckedReport(arguments)
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
    if let threads = command.engine.threads { Compute.threads = threads }
    if let events { Worker.run(command.lab, events: events, isFresh: command.engine.isFresh) }
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

/// What the exit code says.
enum ExitStatus: Int32 {
  /// The report is written, or current, and everything in it holds.
  case success = 0
  /// The checked report is not what the lab says today.
  case stale = 1
  /// The command line, the source or a file is not usable.
  case unusable = 2
  /// The lab failed: an error, a trap, a time-out, a claim that does not hold.
  case failed = 3
  /// Somebody pressed Ctrl-C, or asked the program to end.
  case interrupted = 130
}

/// Standard error, for people.
enum Console {
  /// Says a sentence. Whether anybody can read it is not this program's business.
  static func say(_ message: String) {
    try? Descriptor.standardError.write((message + "\n").utf8)
  }
}
