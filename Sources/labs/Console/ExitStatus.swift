import Foundation

/// What the exit status says; the same numbers as a lab's own.
enum ExitStatus: Int32, Error, Comparable {
  /// All is well.
  case success = 0
  /// A report is not what its lab says today.
  case stale = 1
  /// The command line, the package or a file is not usable.
  case unusable = 2
  /// A lab failed, or could not be built.
  case failed = 3
  /// Somebody pressed Ctrl-C.
  case interrupted = 130

  static func < (first: Self, second: Self) -> Bool { first.rawValue < second.rawValue }

  /// What a lab's exit status means; whatever a lab does not say itself is a failure.
  init(ofLab status: Int32) {
    self = Self(rawValue: status) ?? .failed
  }

  /// Ends the process.
  func end() -> Never { exit(rawValue) }
}

/// Something that the person at the terminal has to mend, in one sentence.
struct Complaint: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) { self.description = description }
}
