import ArgumentParser
import Foundation
import Reports

/// What `check` and `update` are asked for in the same way.
struct ReportOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Reports, or folders of them. Without any: all under docs/.", valueName: "paths"))
  var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only reports whose lab, or what it is built from, changed since a commit.",
      valueName: "commit"))
  var since: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("How many labs run at once. Without it: the cores.", valueName: "count"))
  var jobs: Int?

  @Option(
    name: [.customShort("c"), .long],
    help: ArgumentHelp("debug or release, as swift build has it.", valueName: "configuration"))
  var configuration = "debug"

  func validate() throws {
    if let jobs, jobs < 1 {
      throw ValidationError("--jobs wants a number of at least 1, not \(jobs).")
    }
    if !["debug", "release"].contains(configuration) {
      throw ValidationError("--configuration is debug or release, not '\(configuration)'.")
    }
  }
}

/// The reports that a command is about, each with its lab.
struct ReportSelection {
  var package: CoursePackage
  var reports: [ReportFile]
  /// Reports whose lab this package does not have, in a sentence each.
  var orphans: [String]
  /// Reports that nothing can be compared with: PDF and DOCX.
  let passedOver: [ReportFile]
  private let options: ReportOptions

  /// Finds the reports. From here on the package's folder is the current one.
  ///
  /// - Parameter isCompared: Whether they are to be compared with what their labs say.
  init(_ options: ReportOptions, isCompared: Bool = true) throws {
    self.options = options
    package = try CoursePackage.atHand()
    let root = package.root.standardizedFileURL
    let paths = options.paths.map { path in
      let full = URL(filePath: path).standardizedFileURL.path
      return full.hasPrefix(root.path + "/") ? String(full.dropFirst(root.path.count + 1)) : full
    }
    guard FileManager.default.changeCurrentDirectoryPath(root.path) else {
      throw Complaint("\(root.path) cannot be entered")
    }
    Interruption.watch()
    let found = try ReportFile.find(paths, isCompared: isCompared)
    passedOver = try ReportFile.passedOver(paths)
    let changes = try options.since.map { try Changes(since: $0) }
    var kept: [ReportFile] = []
    orphans = []
    for report in found {
      if package.lab(report.origin.lab) == nil {
        orphans.append(
          "\(report.path) was made by '\(report.origin.lab)', and this package has no such lab")
      } else if changes?.concern(report, package) ?? true {
        kept.append(report)
      }
    }
    reports = kept
  }

  /// Builds the labs, runs the jobs, tells what became of them.
  ///
  /// - Parameter afterwards: What is done with the outcomes, and the folder of the built programs, before
  ///   the table is printed.
  func carryOut(
    _ jobs: [ReportJob], verb: String,
    afterwards: ([(job: ReportJob, outcome: ReportJob.Outcome)], URL) throws -> Void = { _, _ in }
  ) throws -> ExitStatus {
    for sentence in orphans { Terminal.say("labs: \(sentence)") }
    if !passedOver.isEmpty {
      Terminal.say(
        "labs: passed over, for a PDF or DOCX cannot be compared ('labs update FILE' makes one anew): "
          + passedOver.map { "\($0.path) (\($0.command))" }.joined(separator: ", "))
    }
    let worst: ExitStatus = orphans.isEmpty ? .success : .unusable
    guard !jobs.isEmpty else {
      Terminal.say(
        reports.isEmpty && orphans.isEmpty && options.since == nil
          ? "no reports under \(options.paths.isEmpty ? "docs/" : options.paths.joined(separator: ", "))"
          : "nothing to \(verb)")
      return worst
    }
    let folder = try Build(configuration: options.configuration).programs(jobs.map(\.lab))
    let cores = ProcessInfo.processInfo.activeProcessorCount
    let outcomes = ReportJobs(jobs: jobs, width: options.jobs ?? cores).run(folder)
    var durations = Durations.known
    var table = TextTable(rows: [["report", "lab", "seconds", "result"]], right: [2])
    for (job, outcome) in zip(jobs, outcomes) {
      let words = outcome.words.trimmingCharacters(in: .newlines)
      if !words.isEmpty { print(words + "\n") }
      durations.note(job.path, outcome.seconds)
      table.rows.append(
        [
          job.path, job.lab, outcome.seconds.formatted(.number.precision(.fractionLength(1))),
          outcome.word,
        ])
    }
    durations.save()
    try afterwards(Array(zip(jobs, outcomes)), folder)
    print(table.text)
    return max(worst, outcomes.map(\.status).max() ?? .success)
  }
}
