import Numbers

extension Report {
  /// What a reader should know first: whether the claims hold, and whether the run came to its end.
  package struct Summary: Hashable, Sendable {
    /// A claim or comparison, by what the reader sees of it.
    package struct Claim: Hashable, Sendable {
      /// It in words.
      package var sentence: String

      /// How it ended.
      package var outcome: Verdict.Outcome
    }

    /// Every claim and comparison, in order; claim number n is at n − 1.
    package var claims: [Claim] = []

    /// Errors that were expected and did not come.
    package var missingErrors: [String] = []

    /// How the run ended.
    package var end: Recording.End

    init(_ recording: Recording) {
      end = recording.end
      for item in recording.shown {
        switch item.output {
        case .verdict(let verdict):
          claims.append(Claim(sentence: verdict.sentence, outcome: verdict.outcome))
        case .comparison(let comparison):
          claims.append(Claim(sentence: comparison.sentence, outcome: comparison.outcome))
        case .failure(let failure) where failure.kind == .missing:
          missingErrors.append(failure.message)
        default: break
        }
      }
    }
  }

  /// What a run was given, and what surrounded it.
  package struct Provenance: Hashable, Sendable {
    /// The lab's parameters: exact.
    package var parameters: [Parameter]

    /// The data files read: exact.
    package var dataSources: [DataSource]

    /// Published numbers that were not computed here: exact.
    package var quotations: [Published]

    /// Toolchain, platform and timing: these differ from run to run.
    package var environment: RunEnvironment?

    /// Values kept on disk: whether they were computed differs from run to run.
    package var remembered: [RememberedValue]

    init(_ recording: Recording, environment: RunEnvironment?) {
      parameters = recording.parameters
      dataSources = recording.dataSources
      quotations = recording.published.filter { $0.quotedFrom != nil }
      remembered = recording.remembered
      self.environment = environment
    }
  }
}

extension Recording.End {
  /// The error that ended the run, and the line where; `nil` when it came to its end.
  var failure: (output: FailureOutput, location: SourceLocation?)? {
    switch self {
    case .completed: nil
    case .threw(let message, let location): (FailureOutput(.threw, message: message), location)
    case .trapped(let message, let location): (FailureOutput(.trapped, message: message), location)
    case .lostOutput(let sentence): (FailureOutput(.threw, message: sentence), nil)
    case .interrupted: (FailureOutput(.interrupted, message: "Interrupted."), nil)
    case .timedOut(let seconds):
      (
        FailureOutput(
          .timedOut, message: "Stopped after \(NumberFormat.automatic.string(seconds)) seconds."),
        nil
      )
    }
  }
}
