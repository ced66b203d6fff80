import Numbers

/// A comparison of actual with expected numbers that has been seen to fail.
///
/// ```swift
/// show(
///   Comparison(
///     "dL/dx against TensorFlow", actual: gradient, expected: reference,
///     tolerance: .absolute(1e-5), mutants: ["trimmed before convolving": trimmed]))
/// ```
///
/// It holds when every element is within the tolerance, and when every mutant (a deliberately wrong
/// result) is not. Without a mutant, or with one that passes, it is broken: it proves nothing.
///
/// The table that it becomes has the largest absolute error max |aᵢ − eᵢ|, the largest relative
/// error max |aᵢ − eᵢ| / |eᵢ| over eᵢ ≠ 0, and the largest distance in units in the last place
/// (representable numbers from one to the other), for the subject and for every mutant.
public struct Comparison: Sendable {
  /// What became of it.
  package let result: ComparisonResult

  /// Compares tensors.
  ///
  /// - Parameters:
  ///   - sentence: What is compared, in words: `dL/dx against TensorFlow`.
  ///   - actual: What was computed, of any shape.
  ///   - expected: What it should be. Another shape counts as infinitely far.
  ///   - tolerance: How far each element may be off.
  ///   - mutants: Deliberately wrong results, each with what is wrong with it; at least one.
  public init(
    _ sentence: String, actual: Tensor, expected: Tensor, tolerance: Tolerance,
    mutants: KeyValuePairs<String, Tensor>
  ) {
    self.init(
      sentence, parts: ["all": (actual: actual, expected: expected)], tolerance: tolerance,
      mutants: mutants.map { ($0.key, [$0.value]) })
  }

  /// Compares several tensors at once, each of which gets a line: the items of a batch, or output
  /// and gradients.
  ///
  /// - Parameters:
  ///   - sentence: What is compared, in words.
  ///   - parts: Names, with what was computed and what it should be.
  ///   - tolerance: How far each element may be off.
  ///   - mutants: Deliberately wrong results, one tensor for each part, each with what is wrong
  ///     with them; at least one. A mutant is rejected when any of its tensors is.
  public init(
    _ sentence: String, parts: KeyValuePairs<String, (actual: Tensor, expected: Tensor)>,
    tolerance: Tolerance, mutants: KeyValuePairs<String, [Tensor]>
  ) {
    self.init(
      sentence, parts: parts, tolerance: tolerance, mutants: mutants.map { ($0.key, $0.value) })
  }

  private init(
    _ sentence: String, parts: KeyValuePairs<String, (actual: Tensor, expected: Tensor)>,
    tolerance: Tolerance, mutants: [(String, [Tensor])]
  ) {
    let references = parts.map { Numbers($0.value.expected) }
    result = ComparisonResult(
      sentence, requirement: Self.words(tolerance),
      parts: parts.map { name, part in
        let measure = Numbers(part.actual).measure(against: Numbers(part.expected), tolerance)
        return ComparisonResult.Part(
          name, count: part.actual.shape.count, distance: measure.distance,
          isWithinTolerance: measure.isWithin)
      },
      mutants: mutants.map { name, tensors in
        Self.mutant(name, tensors.map { Numbers($0) }, references, tolerance)
      })
  }

  /// Compares plain numbers in single precision, whose last place is a `Float`'s.
  ///
  /// The parameters are those of the comparison of tensors. Plain literals are doubles.
  @_disfavoredOverload
  public init(
    _ sentence: String, actual: [Float], expected: [Float], tolerance: Tolerance,
    mutants: KeyValuePairs<String, [Float]>
  ) {
    func tensor(_ numbers: [Float]) -> Tensor { Tensor([numbers.count], numbers) }
    self.init(
      sentence, parts: ["all": (actual: tensor(actual), expected: tensor(expected))],
      tolerance: tolerance, mutants: mutants.map { ($0.key, [tensor($0.value)]) })
  }

  /// Compares plain numbers in double precision; their counts must agree as shapes must.
  ///
  /// Numbers that were `Float`s once are best compared as such: in `Double`s, many more places lie
  /// between two of them. The parameters are those of the comparison of tensors.
  public init(
    _ sentence: String, actual: [Double], expected: [Double], tolerance: Tolerance,
    mutants: KeyValuePairs<String, [Double]>
  ) {
    let reference = Numbers(expected)
    let measure = Numbers(actual).measure(against: reference, tolerance)
    result = ComparisonResult(
      sentence, requirement: Self.words(tolerance),
      parts: [
        ComparisonResult.Part(
          "all", count: actual.count, distance: measure.distance,
          isWithinTolerance: measure.isWithin)
      ],
      mutants: mutants.map { name, values in
        Self.mutant(name, [Numbers(values)], [reference], tolerance)
      })
  }

  /// Whether the subject passes and every mutant, of which there is at least one, does not.
  public var holds: Bool { result.outcome == .holds }

  private static func words(_ tolerance: Tolerance) -> String {
    switch tolerance {
    case .absolute(let limit): "every absolute error at most \(NumberFormat.shortest(limit))"
    case .relative(let limit): "every relative error at most \(NumberFormat.shortest(limit))"
    }
  }

  /// A mutant's worst distances over all parts; it passes only when all its parts do.
  private static func mutant(
    _ name: String, _ subjects: [Numbers], _ references: [Numbers], _ tolerance: Tolerance
  ) -> ComparisonResult.Mutant {
    guard subjects.count == references.count else {
      return ComparisonResult.Mutant(name, distance: .infinite, passes: false)
    }
    var worst = ComparisonResult.Distance(absolute: 0, relative: 0, unitsInLastPlace: 0)
    var passes = true
    for (subject, reference) in zip(subjects, references) {
      let measure = subject.measure(against: reference, tolerance)
      worst.absolute = max(worst.absolute, measure.distance.absolute)
      worst.relative = max(worst.relative, measure.distance.relative)
      worst.unitsInLastPlace = max(worst.unitsInLastPlace, measure.distance.unitsInLastPlace)
      passes = passes && measure.isWithin
    }
    return ComparisonResult.Mutant(name, distance: worst, passes: passes)
  }
}

/// Shows a comparison as a table under the lines that show it.
///
/// - Parameters:
///   - comparison: The comparison.
///   - fileID: The file that shows it; leave it out.
///   - line: The line that shows it; leave it out.
/// - Returns: Whether it holds.
@discardableResult
public func show(
  _ comparison: Comparison, fileID: String = #fileID, line: Int = #line
) -> Bool {
  emit(.comparison(comparison.result), fileID, line) {
    "\(comparison.result.outcome): \(comparison.result.sentence)"
  }
  return comparison.holds
}
