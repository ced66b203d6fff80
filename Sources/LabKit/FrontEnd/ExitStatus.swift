/// What the exit code says.
enum ExitStatus: Int32, CaseIterable {
  /// The report is written, or current, and everything in it holds.
  case success = 0
  /// The checked report is not what the lab says today.
  case stale = 1
  /// The command line, the source or a file is not usable.
  case unusable = 2
  /// The lab failed: an error, a trap, a time-out, a claim that does not hold.
  case failed = 3
  /// Somebody pressed Ctrl-C, or asked the program to end.
  case interrupted = 130

  /// The meaning in words, as `--help` and the guide have it.
  var meaning: String {
    switch self {
    case .success: "written or current, and every claim holds"
    case .stale: "--check: the report is not what the lab says today"
    case .unusable: "the command line, the source or a file cannot be used"
    case .failed: "the lab failed: an error, a crash, a time-out, a claim"
    case .interrupted: "interrupted, by Ctrl-C or a request to end"
    }
  }

  /// All of them, a line each.
  static var table: String {
    "Exit status:\n"
      + allCases.map { status in
        let number = "\(status.rawValue)"
        let indent = String(repeating: " ", count: 5 - number.count)
        return indent + number + "  " + status.meaning
      }.joined(separator: "\n")
  }
}
