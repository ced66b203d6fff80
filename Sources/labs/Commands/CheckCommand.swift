import ArgumentParser
import Foundation
import Reports

/// `labs check`: is every report what its lab says today?
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compares reports with what their labs say today.",
    discussion: """
      Each lab runs with the options that its report was made with. Reports of measurements, whose
      numbers are a machine's own, are compared without a run.

        swift run labs check                    all reports under docs/
        swift run labs check docs/lab10.md      one
        swift run labs check --since main       those whose labs changed since main
        swift run labs check --offline          prose, code and options only; nothing runs

      0: all are current; 1: some are stale; 2: something cannot be used; 3: a lab fails.
      """)

  @OptionGroup var options: ReportOptions

  @Flag(help: "Compare only what needs no run: prose, code, options, files.")
  var offline = false

  @Option(
    help: ArgumentHelp(
      "Where to put a stale report as it would be today, with pictures of the differences: a folder for each.",
      valueName: "folder"))
  var artifacts: String?

  func run() throws {
    let selection = try ReportSelection(options)
    let jobs = selection.reports.map { report in
      // A report's name with its ending: lab10.md and lab10.ipynb have figures of the same names.
      let folder = artifacts.map { CheckSummary.folder($0, report.path) }
      return ReportJob(
        report, .check(isOffline: offline || report.origin.isMeasurement, artifacts: folder))
    }
    let status = try selection.carryOut(jobs, verb: "check") { results, programs in
      var summary = CheckSummary(results)
      if let artifacts { try summary.keep(below: artifacts, programs: programs) }
      try summary.tellGitHub()
    }
    if status == .stale {
      print("\nTo bring them up to date, run:\n\n    swift run labs update --stale")
    }
    throw status
  }
}
