internal import Foundation
internal import SystemCalls

extension FrontEnd {
  /// Compares a report on disk with what the lab says today. Writes nothing beside it.
  ///
  /// First what needs no run; only when that is current does the lab run.
  func check(_ source: LabSource, path: String) throws -> ExitStatus {
    let delivery = try Delivery(options: options, program: Body.programName)
    let check = ReportCheck(
      path: delivery.document, figuresPath: delivery.figuresPath,
      format: options.resolvedFormat == .notebook
        ? .notebook : options.resolvedFormat == .html ? .page : .markdown,
      fixingCommand: fixingCommand(path))
    let atRest = try check.checkSource(source, options: reportOptions())
    atRest.notes.forEach { Console.say("note: \($0)") }
    if check.format == .page, let html = try Disk().text(of: path, byteLimit: ReportCheck.byteLimit)
    {
      let page = try ReportPage(reading: html, path: path)
      if SHA256.digest(of: Array(page.body.utf8)) != page.digest {
        try Delivery.toStandardOutput(
          "\(path): what the page shows was changed after it was written; to make it anew, run: "
            + "\(check.fixingCommand)\n")
        return .stale
      }
    }
    if atRest.isCurrent, let text = try Disk().text(of: path, byteLimit: ReportCheck.byteLimit) {
      let read = check.format == .page ? try ReportPage(reading: text, path: path).source : text
      let changed = try changedData(read)
      if !changed.isEmpty {
        try Delivery.toStandardOutput(
          "\(path): other data than it cites: \(changed.joined(separator: ", ")); to make it anew, "
            + "run: \(check.fixingCommand)\n")
        return .stale
      }
    }
    if !atRest.isCurrent || options.offline { return try tell(atRest, path) }

    let outcome = try execute(source)
    outcome.recording.troubles.forEach(Console.say)
    guard outcome.isComplete else {
      Console.say("\(path): not compared, because the lab did not come to its end")
      return outcome.status
    }
    guard let report = woven(source, outcome) else { return .unusable }
    let status = try tell(check.checkRun(report, artifacts: options.artifacts), path)
    // A lab that fails is worse than a report that is old.
    return outcome.status == .success ? status : outcome.status
  }

  /// Says what was found: to the person, and on GitHub's page of the workflow.
  private func tell(_ result: CheckResult, _ path: String) throws -> ExitStatus {
    var words = result.isCurrent ? "\(path) is current" : "\(result)"
    if options.diff, !result.isCurrent, !result.diff.isEmpty { words += "\n\n" + result.diff }
    while words.last?.isNewline ?? false { words.removeLast() }
    try Delivery.toStandardOutput(TerminalText.visible(words) + "\n")
    let environment = ProcessInfo.processInfo.environment
    if environment["GITHUB_ACTIONS"] == "true", let summary = environment["GITHUB_STEP_SUMMARY"],
      !result.gitHubSummary.isEmpty, let file = FileHandle(forWritingAtPath: summary)
    {
      try file.seekToEnd()
      try file.write(contentsOf: Data(TerminalText.visible(result.gitHubSummary).utf8))
      try file.close()
    }
    return result.isCurrent ? .success : .stale
  }

  /// The command that writes what the check expects: these arguments without those of the check.
  func fixingCommand(_ path: String) -> String {
    let kept = EngineOptions.withoutThoseOfTheRun(arguments)
    return (["swift run", Body.programName] + kept + ["--output", path])
      .map { word in
        word.contains { " \t'\"$\\*?&|;<>()".contains($0) } && word != "swift run"
          ? "'" + word.replacing("'", with: "'\\''") + "'" : word
      }
      .joined(separator: " ")
  }
}
