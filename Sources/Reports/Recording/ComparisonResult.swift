/// What became of a comparison of actual with expected numbers.
public struct ComparisonResult: Codable, Hashable, Sendable {
  /// How far one array is from the expected one.
  public struct Distance: Codable, Hashable, Sendable {
    /// max |aᵢ − eᵢ|.
    public var absolute: Double

    /// max |aᵢ − eᵢ| / |eᵢ| over eᵢ ≠ 0.
    public var relative: Double

    /// The most representable numbers that lie between an element and the expected one.
    public var unitsInLastPlace: Double

    /// The three measures of one array.
    public init(absolute: Double, relative: Double, unitsInLastPlace: Double) {
      self.absolute = absolute
      self.relative = relative
      self.unitsInLastPlace = unitsInLastPlace
    }
  }

  /// A deliberately wrong array that the same comparison must reject.
  public struct Mutant: Codable, Hashable, Sendable {
    /// What is wrong with it: `trimmed before convolving`.
    public var name: String

    /// How far it is off; infinite when its shape already differs.
    public var distance: Distance

    /// Whether it is within the tolerance, which shows that the comparison tests nothing.
    public var passes: Bool

    /// A mutant and what became of it.
    public init(_ name: String, distance: Distance, passes: Bool) {
      self.name = name
      self.distance = distance
      self.passes = passes
    }
  }

  /// One line of the table: one tensor, or one item of a batch.
  public struct Part: Codable, Hashable, Sendable {
    /// What is compared: `dL/dx, item 0`.
    public var name: String

    /// How many elements.
    public var count: Int

    /// How far the actual elements are off.
    public var distance: Distance

    /// Whether that is within the tolerance.
    public var isWithinTolerance: Bool

    /// A part and what became of it.
    public init(_ name: String, count: Int, distance: Distance, isWithinTolerance: Bool) {
      self.name = name
      self.count = count
      self.distance = distance
      self.isWithinTolerance = isWithinTolerance
    }
  }

  /// What is compared, in words: `dL/dx against TensorFlow`.
  public var sentence: String

  /// The tolerance in words: `largest absolute error at most 1e-5`.
  public var requirement: String

  /// The comparison's own lines; at least one.
  public var parts: [Part]

  /// The mutants, at least one: a comparison that was never seen to fail proves nothing.
  public var mutants: [Mutant]

  /// A comparison that was evaluated.
  public init(_ sentence: String, requirement: String, parts: [Part], mutants: [Mutant]) {
    self.sentence = sentence
    self.requirement = requirement
    self.parts = parts
    self.mutants = mutants
  }

  /// How the comparison ended; without a mutant it is broken.
  public var outcome: Verdict.Outcome {
    if !parts.allSatisfy(\.isWithinTolerance) { return .fails }
    return mutants.isEmpty || mutants.contains { $0.passes } ? .broken : .holds
  }
}
