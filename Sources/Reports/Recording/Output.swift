/// One thing that a lab shows while it runs; it appears under the cell that showed it.
package enum Output: Codable, Hashable, Sendable {
  /// Text that was printed, exactly as printed, line ends included. Neighbouring pieces of one
  /// stream are joined.
  case text(String, TextStream)

  /// The description of a value, as `show(value)` displays it.
  case value(String)

  /// Markdown made by the lab, woven in as it stands.
  case markdown(String)

  /// A table.
  case table(Table)

  /// A picture.
  case figure(FigureOutput)

  /// What became of a claim.
  case verdict(Verdict)

  /// What became of a comparison of actual with expected numbers.
  case comparison(ComparisonResult)

  /// An error: one that the lab expected and shows, or the one that ended the run.
  case failure(FailureOutput)
}

/// The stream that text was printed on.
package enum TextStream: String, Codable, Hashable, Sendable {
  /// What `print` writes to.
  case standardOutput

  /// Shown marked, so that a warning is not read as a result.
  case standardError
}

/// An error as a report shows it.
package struct FailureOutput: Codable, Hashable, Sendable {
  /// What happened: an expected error, a thrown one, a trap, …
  package enum Kind: String, Codable, Hashable, Sendable {
    /// `expectError { … }` ran code that throws, and it threw.
    case expected

    /// `expectError { … }` ran code that should throw, and it did not: a failure of the lab.
    case missing

    /// The run ended with a thrown error.
    case threw

    /// The run ended with a Swift trap or a crash.
    case trapped

    /// The run was stopped by the user.
    case interrupted

    /// The run took longer than it was allowed to.
    case timedOut
  }

  /// What happened.
  package var kind: Kind

  /// The error's own words.
  package var message: String

  /// Describes an error.
  package init(_ kind: Kind, message: String) {
    self.kind = kind
    self.message = message
  }
}
