import ArgumentParser
import Foundation
import Reports

/// `labs list`: the labs of the package and their reports.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists labs and reports: title, claims, current or stale, duration of the last run.",
    discussion: """
      Nothing runs: a report is called current when its prose, code and options are the lab's. Only
      'labs check' tells whether its numbers are.
      """)

  @OptionGroup var options: ReportOptions

  func run() throws {
    let selection = try ReportSelection(options)
    let durations = Durations.known
    let compared = selection.reports.map(\.origin.lab)
    let named = compared + selection.passedOver.map(\.origin.lab)
    let folder =
      compared.isEmpty ? nil : try Build(configuration: options.configuration).programs(compared)
    var table = TextTable(
      rows: [["lab", "report", "title", "claims", "state", "seconds"]], right: [5])
    for report in selection.reports {
      let outcome = folder.map { folder in
        ReportJob(
          report, .check(isOffline: true, artifacts: nil)
        ).run(folder)
      }
      let seconds = durations[report.path].map {
        $0.formatted(.number.precision(.fractionLength(1)))
      }
      table.rows.append([
        report.origin.lab, report.path, report.title, report.claims,
        outcome?.status == .success ? "current" : outcome?.word ?? "", seconds ?? "",
      ])
    }
    for report in selection.passedOver {
      table.rows.append([report.origin.lab, report.path, "", "", "not compared", ""])
    }
    if options.paths.isEmpty {
      for lab in selection.package.labs where !named.contains(lab.name) {
        table.rows.append([lab.name, "no report", "", "", "", ""])
      }
    }
    print(table.text)
    for sentence in selection.orphans { Terminal.say("labs: \(sentence)") }
    if !selection.orphans.isEmpty { throw ExitStatus.unusable }
  }
}
