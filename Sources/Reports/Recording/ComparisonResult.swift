/// What became of a comparison of actual with expected numbers.
package struct ComparisonResult: Codable, Hashable, Sendable {
  /// How far one array is from the expected one.
  package struct Distance: Codable, Hashable, Sendable {
    /// max |aᵢ − eᵢ|.
    package var absolute: Double

    /// max |aᵢ − eᵢ| / |eᵢ| over eᵢ ≠ 0.
    package var relative: Double

    /// The most representable numbers that lie between an element and the expected one.
    package var unitsInLastPlace: Double

    /// The three measures of one array.
    package init(absolute: Double, relative: Double, unitsInLastPlace: Double) {
      self.absolute = absolute
      self.relative = relative
      self.unitsInLastPlace = unitsInLastPlace
    }
  }

  /// A deliberately wrong array that the same comparison must reject.
  package struct Mutant: Codable, Hashable, Sendable {
    /// What is wrong with it: `trimmed before convolving`.
    package var name: String

    /// How far it is off; infinite when its shape already differs.
    package var distance: Distance

    /// Whether it is within the tolerance, which shows that the comparison tests nothing.
    package var passes: Bool

    /// A mutant and what became of it.
    package init(_ name: String, distance: Distance, passes: Bool) {
      self.name = name
      self.distance = distance
      self.passes = passes
    }
  }

  /// One line of the table: one tensor, or one item of a batch.
  package struct Part: Codable, Hashable, Sendable {
    /// What is compared: `dL/dx, item 0`.
    package var name: String

    /// How many elements.
    package var count: Int

    /// How far the actual elements are off.
    package var distance: Distance

    /// Whether that is within the tolerance.
    package var isWithinTolerance: Bool

    /// A part and what became of it.
    package init(_ name: String, count: Int, distance: Distance, isWithinTolerance: Bool) {
      self.name = name
      self.count = count
      self.distance = distance
      self.isWithinTolerance = isWithinTolerance
    }
  }

  /// What is compared, in words: `dL/dx against TensorFlow`.
  package var sentence: String

  /// The tolerance in words: `largest absolute error at most 1e-5`.
  package var requirement: String

  /// The comparison's own lines; at least one.
  package var parts: [Part]

  /// The mutants, at least one: a comparison that was never seen to fail proves nothing.
  package var mutants: [Mutant]

  /// A comparison that was evaluated.
  package init(_ sentence: String, requirement: String, parts: [Part], mutants: [Mutant]) {
    self.sentence = sentence
    self.requirement = requirement
    self.parts = parts
    self.mutants = mutants
  }

  /// How the comparison ended; without a mutant it is broken.
  package var outcome: Verdict.Outcome {
    if !parts.allSatisfy(\.isWithinTolerance) { return .fails }
    return mutants.isEmpty || mutants.contains { $0.passes } ? .broken : .holds
  }
}
