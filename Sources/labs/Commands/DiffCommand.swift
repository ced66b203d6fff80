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
    if let artifacts {
      let pictures = difference.figures.filter { !$0.picture.isEmpty }
      for figure in pictures {
        let file = URL(filePath: artifacts).appending(path: Self.name(figure))
        do {
          try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
          try Data(figure.picture).write(to: file)
        } catch {
          throw Complaint("\(file.relativePath) cannot be written: \(error.localizedDescription)")
        }
      }
    }
    let text = difference.markdown(title: new) { figure in
      figure.picture.isEmpty ? nil : artifacts.map { "\($0)/\(Self.name(figure))" }
    }
    print(text, terminator: "")
    throw difference.isEmpty ? ExitStatus.success : ExitStatus.stale
  }

  private static func name(_ figure: ReportDifference.Figure) -> String {
    figure.name.replacing(".png", with: "") + ".diff.png"
  }
}
