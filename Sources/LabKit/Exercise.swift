/// A solution that students are to find, and what stands in its place until they have.
///
/// ```swift
/// let slope = solution {
///   LinearFit(table, x: "length", y: "period").slope.value
/// } stub: {
///   0.0  // your fit
/// }
/// ```
///
/// The teacher's edition runs and shows the first part, the student's (`--edition student`, and the
/// sources that `labs edition` makes) the second; both compile, because the compiler sees both. The
/// three lines with braces stand alone and are set in alike. As the whole body of a function it needs
/// `return` in parts of several statements.
///
/// - Parameters:
///   - teacher: The solution.
///   - stub: What students begin with.
/// - Returns: What the part of this run's edition gives.
public func solution<Value>(
  _ teacher: () throws -> Value, stub: () throws -> Value
) rethrows -> Value {
  switch Session.current?.edition ?? .teacher {
  case .teacher: try teacher()
  case .student: try stub()
  }
}

/// Sets the task to write a check, and tests the check: it has to accept what is sound and to reject
/// every mutant.
///
/// ```swift
/// task(
///   "Write a check that tells the mean from its imitations",
///   check: { average in average([1, 2, 6]) == 3 },
///   accepts: { (numbers: [Double]) in numbers.reduce(0, +) / Double(numbers.count) },
///   rejects: ["the middle one": { $0[$0.count / 2] }, "the largest": { $0.max() ?? 0 }])
/// ```
///
/// It counts as a claim: it holds when the check accepts the one and rejects all others. A check that
/// throws about a subject has rejected it.
///
/// - Parameters:
///   - sentence: What the check is to do.
///   - check: The student's check: whether a subject is sound.
///   - sound: A subject that is.
///   - mutants: Subjects that are not, each with what is wrong with it.
///   - fileID: The file that sets the task; leave it out.
///   - line: The line that sets it; leave it out.
/// - Returns: Whether the check did it.
@discardableResult
public func task<Subject>(
  _ sentence: String, check: (Subject) throws -> Bool, accepts sound: Subject,
  rejects mutants: KeyValuePairs<String, Subject>, fileID: String = #fileID, line: Int = #line
) -> Bool {
  let verdict = verdict(sentence, check: check, accepts: sound, rejects: mutants)
  emit(.verdict(verdict), fileID, line) {
    "\(verdict.outcome): \(sentence) (\(verdict.measured), required: \(verdict.requirement))"
  }
  return verdict.outcome == .holds
}

/// What a task comes to.
func verdict<Subject>(
  _ sentence: String, check: (Subject) throws -> Bool, accepts sound: Subject,
  rejects mutants: KeyValuePairs<String, Subject>
) -> Verdict {
  func accepts(_ subject: Subject) -> Bool { (try? check(subject)) ?? false }
  let isAccepted = accepts(sound)
  let judged = mutants.map { name, mutant in
    let passes = accepts(mutant)
    return Verdict.Mutant(name, measured: passes ? "accepted" : "rejected", passes: passes)
  }
  let rejected = judged.count { !$0.passes }
  return Verdict(
    sentence,
    measured: "\(isAccepted ? "accepts" : "rejects") the sound one, rejects \(rejected) of "
      + "\(judged.count) mutants",
    requirement: "accept the one, reject all \(judged.count)", isMet: isAccepted, mutants: judged)
}
