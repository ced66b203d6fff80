/// What became of a claim.
package struct Verdict: Codable, Hashable, Sendable {
  /// A deliberately wrong subject that the same claim must reject.
  package struct Mutant: Codable, Hashable, Sendable {
    /// What is wrong with it: `untrained`.
    package var name: String

    /// Its value as a reader sees it.
    package var measured: String

    /// Whether it meets the requirement, which shows that the claim tests nothing.
    package var passes: Bool

    /// A mutant and what became of it.
    package init(_ name: String, measured: String, passes: Bool) {
      self.name = name
      self.measured = measured
      self.passes = passes
    }
  }

  /// How a claim can end.
  package enum Outcome: String, Codable, Hashable, Sendable {
    /// The value meets the requirement and every mutant fails it.
    case holds

    /// The value does not meet the requirement.
    case fails

    /// A mutant meets the requirement too, so the claim proves nothing.
    case broken
  }

  /// The claim in words.
  package var sentence: String

  /// The measured value as a reader sees it.
  package var measured: String

  /// What is required of it, in words that follow the value: `above 0.5`.
  package var requirement: String

  /// Whether the measured value meets the requirement.
  package var isMet: Bool

  /// The mutants, in the order given.
  package var mutants: [Mutant]

  /// A claim that was evaluated.
  package init(
    _ sentence: String, measured: String, requirement: String, isMet: Bool, mutants: [Mutant] = []
  ) {
    self.sentence = sentence
    self.measured = measured
    self.requirement = requirement
    self.isMet = isMet
    self.mutants = mutants
  }

  /// How the claim ended.
  package var outcome: Outcome {
    if !isMet { return .fails }
    return mutants.contains { $0.passes } ? .broken : .holds
  }
}
