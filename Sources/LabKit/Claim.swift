public import Numbers

/// Claims something about a measured value, and shows whether it holds.
///
/// ```swift
/// claim(
///   "The network reads digits better than chance", accuracy, .above(0.5),
///   as: .percent(decimals: 1), mutants: ["untrained": untrainedAccuracy])
/// ```
///
/// A mutant is the value of a deliberately wrong subject. The claim must reject it: one that a
/// mutant meets too proves nothing and counts as broken. A claim that fails or is broken stands out
/// in the report's summary, and the program exits with 3.
///
/// - Parameters:
///   - sentence: What is claimed, in words.
///   - value: What was measured.
///   - condition: What is required of it.
///   - format: How numbers are written.
///   - mutants: Values of deliberately wrong subjects, each with what is wrong with it.
///   - fileID: The file that claims; leave it out.
///   - line: The line that claims; leave it out.
/// - Returns: Whether the claim holds.
@discardableResult
public func claim<Value>(
  _ sentence: String, _ value: Value, _ condition: Condition<Value>,
  as format: NumberFormat = .automatic, mutants: KeyValuePairs<String, Value> = [:],
  fileID: String = #fileID, line: Int = #line
) -> Bool {
  let verdict = verdict(sentence, value, condition, as: format, mutants: mutants)
  emit(.verdict(verdict), fileID, line) {
    "\(verdict.outcome): \(sentence) (\(verdict.measured), required: \(verdict.requirement))"
  }
  return verdict.outcome == .holds
}

/// Claims that something is so.
///
/// - Parameters:
///   - sentence: What is claimed, in words.
///   - isSo: Whether it is.
///   - mutants: The same question about deliberately wrong subjects; its answer must be `false`.
///   - fileID: The file that claims; leave it out.
///   - line: The line that claims; leave it out.
/// - Returns: Whether the claim holds.
@discardableResult
public func claim(
  _ sentence: String, _ isSo: Bool, mutants: KeyValuePairs<String, Bool> = [:],
  fileID: String = #fileID, line: Int = #line
) -> Bool {
  claim(sentence, isSo, .isTrue, mutants: mutants, fileID: fileID, line: line)
}

/// Claims something about each of several runs, and shows how many of how many it holds for.
///
/// ```swift
/// claim(
///   "the network reads most digits", over: accuracies, .above(0.5), atLeast: 38,
///   as: .percent(decimals: 1), mutants: ["untrained": untrainedAccuracies])
/// ```
///
/// One run says what happened once; a claim over seeds says how often it happens.
///
/// - Parameters:
///   - sentence: What is claimed of each, in words.
///   - values: What was measured, one value for each run; none at all holds nothing.
///   - condition: What is required of each.
///   - required: How many must meet it; nil is all.
///   - format: How numbers are written.
///   - mutants: Values of deliberately wrong subjects, one for each run. Where as many of them meet
///     the condition as are required, the claim is broken.
///   - fileID: The file that claims; leave it out.
///   - line: The line that claims; leave it out.
/// - Returns: Whether the claim holds.
@discardableResult
public func claim<Value: Comparable>(
  _ sentence: String, over values: [Value], _ condition: Condition<Value>,
  atLeast required: Int? = nil, as format: NumberFormat = .automatic,
  mutants: KeyValuePairs<String, [Value]> = [:], fileID: String = #fileID, line: Int = #line
) -> Bool {
  /// Whether enough of some values meet the condition, and how many of how many do.
  func count(_ values: [Value]) -> (isEnough: Bool, words: String) {
    let met = values.count(where: condition.isMet)
    var words = "\(met) of \(values.count)"
    if let least = values.min(), let greatest = values.max() {
      words += " (\(measured(least, format)) to \(measured(greatest, format)))"
    }
    return (!values.isEmpty && met >= required ?? values.count, words)
  }
  let subject = count(values)
  let many = required.map { "at least \($0)" } ?? "each"
  let verdict = Verdict(
    sentence, measured: subject.words,
    requirement: condition.words { bound($0, format) } + " for \(many)",
    isMet: subject.isEnough,
    mutants: mutants.map { name, values in
      let mutant = count(values)
      return Verdict.Mutant(name, measured: mutant.words, passes: mutant.isEnough)
    })
  emit(.verdict(verdict), fileID, line) {
    "\(verdict.outcome): \(sentence) (\(verdict.measured), required: \(verdict.requirement))"
  }
  return verdict.outcome == .holds
}

/// What a claim comes to.
func verdict<Value>(
  _ sentence: String, _ value: Value, _ condition: Condition<Value>, as format: NumberFormat,
  mutants: KeyValuePairs<String, Value>
) -> Verdict {
  Verdict(
    sentence,
    measured: measured(value, format),
    requirement: condition.words { bound($0, format) },
    isMet: condition.isMet(value),
    mutants: mutants.map { name, value in
      // The uncertainty is that of the measured value.
      Verdict.Mutant(
        name, measured: measured(value, format.withoutUncertainty),
        passes: condition.isMet(value))
    })
}

/// How a measured value is written.
private func measured(_ value: Any, _ format: NumberFormat) -> String {
  if let number = value as? any BinaryFloatingPoint { return format.string(number.asDouble) }
  if let number = value as? any BinaryInteger { return format.string(number.asDouble) }
  if let estimate = value as? Estimate { return estimate.text(format) }
  return String(describing: value)
}

/// How a bound is written: bounds are round numbers, which a format would pad with zeros.
private func bound(_ value: Any, _ format: NumberFormat) -> String {
  let format = format.withoutUncertainty
  guard let number = value as? any BinaryFloatingPoint else { return measured(value, format) }
  // The digits of the type that was written: 0.1 as a Float is 0.1, not 0.10000000149. One that was
  // computed is not round.
  return DecimalDigits(shortest: number).digits.count <= 6
    ? NumberFormat.shortest(number, inPercent: format.isPercent)
    : format.string(number.asDouble)
}

extension BinaryFloatingPoint {
  fileprivate var asDouble: Double { Double(self) }
}

extension BinaryInteger {
  fileprivate var asDouble: Double { Double(self) }
}
