import Foundation
import Reports
import Synchronization

/// One report to be checked or made anew by its lab.
struct ReportJob: Sendable {
  /// What is to be done.
  enum Action: Sendable {
    /// Compare the report with what the lab says today.
    case check(isOffline: Bool, artifacts: String?)
    /// Write it.
    case update
    /// Write it to another place, and leave the one that is there.
    case copy(to: String)
  }

  var path: String
  var lab: String
  /// The arguments that the report was made with.
  var options: [String]
  var action: Action

  /// What a report's own lab is to do with it.
  init(_ report: ReportFile, _ action: Action) {
    path = report.path
    lab = report.origin.lab
    options = report.origin.options
    self.action = action
  }

  /// The first report of a lab.
  init(path: String, lab: String) {
    self.path = path
    self.lab = lab
    options = []
    action = .update
  }

  /// What became of it.
  struct Outcome: Sendable {
    var status: ExitStatus
    /// In a word or two, for the table.
    var word: String
    /// What the lab said about it, where that is worth reading.
    var words: String
    var seconds: Double
  }

  /// Runs the lab for the report.
  ///
  /// - Parameter folder: The folder of the built programs.
  func run(_ folder: URL) -> Outcome {
    var arguments = [folder.appending(path: lab).path]
    switch action {
    case .check(let isOffline, let artifacts):
      // The lab reads in the report what it was made with, and refuses what no report is made with.
      arguments += ["--check", path, "--quiet"]
      if isOffline { arguments.append("--offline") }
      if let artifacts { arguments += ["--artifacts", artifacts] }
    case .update, .copy:
      if let strange = options.first(where: Self.concernsTheRun) {
        let words = "\(path): says that it was made with '\(strange)', which no report is made with"
        return Outcome(status: .unusable, word: "unusable", words: words, seconds: 0)
      }
      var place = path
      if case .copy(let other) = action { place = other }
      arguments += options + ["--output", place, "--quiet"]
    }
    let before = Fingerprint(ofReport: path)
    let start = ContinuousClock.now
    do {
      // What stands on a workflow's page is said once, for all reports.
      let result = try Command(arguments, without: ["GITHUB_STEP_SUMMARY"]).run()
      let status = ExitStatus(ofLab: result.status)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      return Outcome(
        status: status, word: word(status, didChange: before != Fingerprint(ofReport: path)),
        words: status == .success ? "" : result.output + result.errors, seconds: seconds)
    } catch {
      return Outcome(status: .failed, word: "not started", words: "\(error)", seconds: 0)
    }
  }

  /// Whether an option makes no report, or says where one goes. Then a report of anybody's, which `labs
  /// update` makes anew, would say what else is written.
  private static func concernsTheRun(_ option: String) -> Bool {
    let names = [
      "-h", "--help", "--version", "--generate-completion-script", "--experimental-dump-help", "-o",
      "--output", "--check", "--artifacts", "--in-process",
    ]
    return names.contains(String(option.prefix { $0 != "=" }))
  }

  private func word(_ status: ExitStatus, didChange: Bool) -> String {
    switch (status, action) {
    case (.success, .check(isOffline: true, _)): "current (offline)"
    case (.success, .check): "current"
    case (.success, .copy), (.failed, .copy), (.interrupted, .copy): "copied"
    case (.success, .update): didChange ? "written" : "unchanged"
    case (.stale, _): "stale"
    case (.unusable, _): "unusable"
    case (.failed, .check), (.interrupted, .check): "lab fails"
    // A claim that does not hold is in the report; a run without an end leaves the old one.
    case (.failed, .update), (.interrupted, .update):
      didChange ? "written, lab fails" : "lab fails"
    }
  }
}

/// The bytes of a report and its figures, to see whether they changed.
private struct Fingerprint: Equatable {
  var files: [String: Data] = [:]

  init(ofReport path: String) {
    files[path] = FileManager.default.contents(atPath: path)
    let folder = (path.split(separator: ".").dropLast().joined(separator: ".")) + "_files"
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      files[name] = FileManager.default.contents(atPath: "\(folder)/\(name)")
    }
  }
}

/// Reports, several at a time.
struct ReportJobs {
  var jobs: [ReportJob]
  /// How many labs run at once.
  var width: Int

  /// Runs all; the outcomes stand in the order of the jobs.
  func run(_ folder: URL) -> [ReportJob.Outcome] {
    struct State {
      var next = 0
      var outcomes: [Int: ReportJob.Outcome] = [:]
      var running: [Int] = []
    }
    let state = Mutex(State())
    let start = ContinuousClock.now
    let display: @Sendable () -> Void = {
      let (done, names) = state.withLock { state in
        (state.outcomes.count, state.running.map { jobs[$0].path })
      }
      let seconds = Int((ContinuousClock.now - start) / .seconds(1))
      Terminal.show(
        "\(done) of \(jobs.count) reports · \(names.joined(separator: ", ")) · \(seconds) s")
    }
    DispatchQueue.concurrentPerform(iterations: max(1, min(width, jobs.count))) { _ in
      while true {
        let index = state.withLock { state -> Int? in
          guard state.next < jobs.count else { return nil }
          state.running.append(state.next)
          state.next += 1
          return state.next - 1
        }
        guard let index else { return }
        display()
        let outcome = jobs[index].run(folder)
        state.withLock { state in
          state.running.removeAll { $0 == index }
          state.outcomes[index] = outcome
        }
        if !Terminal.isWatched {
          Terminal.say("\(jobs[index].path): \(outcome.word)")
        }
        display()
      }
    }
    Terminal.clear()
    return state.withLock { state in jobs.indices.compactMap { state.outcomes[$0] } }
  }
}
