import ArgumentParser
import Foundation
import Reports

/// `labs update`: makes reports anew.
struct UpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Makes reports anew, each with the options that it was made with.",
    discussion: """
      A report that would be the same stays as it is. Reports of measurements are left alone unless
      they are named or --measurements is given; a PDF or DOCX, which nothing can be compared with,
      unless it is named.

        swift run labs update                   all reports under docs/
        swift run labs update --stale           only those whose prose or code changed
        swift run labs update docs/lab10.md     one
        swift run labs update --new             also docs/NAME.md for labs without a report
      """)

  @OptionGroup var options: ReportOptions

  @Flag(help: "Ask each lab without a run first, and run only those whose report is stale.")
  var stale = false

  @Flag(help: "Also reports whose numbers are a machine's own.")
  var measurements = false

  @Flag(help: "Also make docs/NAME.md for each lab that has no report yet.")
  var new = false

  func run() throws {
    let selection = try ReportSelection(options, isCompared: false)
    var reports = selection.reports.filter { report in
      !report.origin.isMeasurement || measurements || options.paths.contains(report.path)
    }
    if stale, !reports.isEmpty {
      let build = Build(configuration: options.configuration)
      let folder = try build.programs(reports.map(\.origin.lab))
      let asked = reports.map { report in
        ReportJob(
          report, .check(isOffline: true, artifacts: nil)
        ).run(folder)
      }
      // A PDF or DOCX that is named cannot be asked about, and is made.
      reports = zip(reports, asked).filter { $0.1.status != .success }.map(\.0)
    }
    var jobs = reports.map { report in
      ReportJob(report, .update)
    }
    if new {
      let known = Set(selection.reports.map(\.origin.lab))
      for lab in selection.package.labs where !known.contains(lab.name) {
        jobs.append(
          ReportJob(path: "docs/\(lab.name).md", lab: lab.name))
      }
    }
    throw try selection.carryOut(jobs, verb: "update")
  }
}
