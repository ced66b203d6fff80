internal import SystemCalls

/// Which arguments shape a report, and which only say where it goes and how its run is watched.
extension EngineOptions {
  /// Options with a value that leave the report's text as it is.
  static let valuesOfTheRun: Set<String> = [
    "--output", "-o", "--check", "--artifacts", "--timeout", "--threads",
    "--vector-figures",
  ]

  /// Flags that leave the report's text as it is.
  static let flagsOfTheRun: Set<String> = [
    "--diff", "--offline", "--quiet", "-q", "--in-process", "--keep-partial", "--fresh",
    "--no-fresh",
  ]

  /// The arguments without those that only concern this run: output, check, watching.
  static func withoutThoseOfTheRun(_ arguments: [String]) -> [String] {
    var kept: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" { return kept + [argument] + rest }
      let name = argument.prefix { $0 != "=" }
      if valuesOfTheRun.contains(String(name)) {
        if name == argument { _ = rest.popFirst() }
      } else if !flagsOfTheRun.contains(argument) {
        kept.append(argument)
      }
    }
    return kept
  }

  /// Whether all that is said about the run is which report it checks.
  fileprivate func checks(_ path: String) -> Bool {
    check == path && output == "-" && artifacts == nil && timeout == nil && threads == nil
      && fresh == nil && !(diff || offline || quiet || inProcess || keepPartial)
  }

  /// The report that `--check` names.
  static func checkedReport(_ arguments: [String]) -> String? {
    if let index = arguments.firstIndex(of: "--check") {
      return arguments[(index + 1)...].first
    }
    return arguments.first { $0.hasPrefix("--check=") }.map { String($0.dropFirst(8)) }
  }
}

extension LabCommand {
  /// The arguments that shape the report and differ from the defaults.
  ///
  /// Each option is left out in turn: where the command line then means the same, it said nothing.
  static func shapingArguments(_ arguments: [String]) -> [String] {
    var groups: [[String]] = []
    for argument in EngineOptions.withoutThoseOfTheRun(arguments) {
      if argument.hasPrefix("-") || groups.isEmpty {
        groups.append([argument])
      } else {
        groups[groups.count - 1].append(argument)
      }
    }
    let meaning = meaning(groups)
    for index in groups.indices.reversed() {
      var fewer = groups
      fewer.remove(at: index)
      if let meaning, self.meaning(fewer) == meaning { groups = fewer }
    }
    return groups.flatMap(\.self)
  }

  /// The value of every parameter and option, or `nil` where the parser refuses.
  private static func meaning(_ groups: [[String]]) -> [LabParameter]? {
    guard let command = try? parseAsRoot(groups.flatMap(\.self)) as? Self else { return nil }
    return LabParameter.all(of: command)
  }

  /// Where a report is checked and nothing is said about what shapes it: the arguments together with
  /// those that the report says it was made with.
  ///
  /// - Throws: A sentence where the report names others than such as shape a report. It would choose how
  ///   it is checked: with `--offline` not at all, with `--help` to the exit status 0.
  static func withOptionsOfCheckedReport(
    _ arguments: [String]
  ) throws(FileError) -> [String] {
    guard let path = EngineOptions.checkedReport(arguments),
      EngineOptions.withoutThoseOfTheRun(arguments).isEmpty,
      let text = try? Disk().text(of: path, byteLimit: ReportCheck.byteLimit),
      let origin = ReportOrigin(in: text), origin.lab == Body.programName
    else { return arguments }
    if !origin.options.isEmpty, !shapesReportsOnly(origin.options, checking: path) {
      let options = origin.options.joined(separator: " ")
      throw FileError(
        path: path, reason: "says that it was made with '\(options)', which no report is made with")
    }
    return origin.options + arguments
  }

  /// Whether arguments say nothing about how a report is checked. Those that the parser refuses, it
  /// will refuse again, with a word about the option.
  private static func shapesReportsOnly(_ options: [String], checking path: String) -> Bool {
    do {
      let command = try parseAsRoot(options + ["--check", path]) as? Self
      return command?.engine.checks(path) ?? false
    } catch {
      return !exitCode(for: error).isSuccess
    }
  }
}
