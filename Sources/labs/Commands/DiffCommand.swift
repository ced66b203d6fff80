import ArgumentParser
import Foundation

/// `labs diff`: what moved between two states of a report.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Says which numbers, claims and figures moved between two reports, in Markdown.",
    discussion: """
        swift run labs diff HEAD:docs/lab10.md docs/lab10.md
        swift run labs diff old.md new.md --artifacts differences

      0: nothing moved; 1: something did.
      """)

  @Argument(help: "The report as it was: a file, or commit:file.")
  var old: String

  @Argument(help: "The report as it is: a file, or commit:file.")
  var new: String

  @Option(
    help: ArgumentHelp("Where to put pictures of figures' differences.", valueName: "folder"))
  var artifacts: String?

  func run() throws {
    let difference = ReportDifference(try ReportText(old), try ReportText(new))
    if let artifacts { try difference.writePictures(to: artifacts) }
    let text = difference.markdown(title: new) { figure in
      figure.picture.isEmpty ? nil : artifacts.map { "\($0)/\(figure.pictureName)" }
    }
    print(text, terminator: "")
    throw difference.isEmpty ? ExitStatus.success : ExitStatus.stale
  }
}
