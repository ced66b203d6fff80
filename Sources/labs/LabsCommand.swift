import ArgumentParser
import SystemCalls

/// `labs`: a course of labs, begun, checked, regenerated and compared with one command each.
@main
struct LabsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "labs",
    abstract: "Begins, lists, checks, regenerates and compares the labs of a package.",
    discussion: """
      Run it in the folder of a package that depends on LabKit:

        swift run labs new pendulum     begin a lab
        swift run labs list             which labs and reports there are
        swift run labs check            is every report what its lab says today?
        swift run labs update           make those anew that are not

      The exit status is 0 when all is well, 1 when a report is stale, 2 when something cannot be
      used, 3 when a lab fails, 130 after Ctrl-C.
      """,
    subcommands: [
      NewCommand.self, ListCommand.self, CheckCommand.self, UpdateCommand.self, DiffCommand.self,
      IndexCommand.self, EditionCommand.self, SiteCommand.self, PreviewCommand.self,
    ])

  /// Reads the command line, runs, and ends the process with the status that says what happened.
  static func main() async {
    StandardStreams.holdPlaces()
    await main(Array(CommandLine.arguments.dropFirst()))
  }

  private static func main(_ arguments: [String]) async {
    do {
      var command = try parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let complaint as Complaint {
      Terminal.say("labs: \(complaint)")
      ExitStatus.unusable.end()
    } catch let error as FileError {
      Terminal.say("labs: \(error)")
      ExitStatus.unusable.end()
    } catch let status as ExitStatus {
      status.end()
    } catch {
      let message = fullMessage(for: error)
      guard exitCode(for: error).isSuccess else {
        Terminal.say(message)
        ExitStatus.unusable.end()
      }
      print(message)
    }
    ExitStatus.success.end()
  }
}
