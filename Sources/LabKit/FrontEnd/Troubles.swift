import Numbers

extension Recording {
  /// What went wrong in a run, a sentence each with its place, as compilers print it: for the
  /// person at the terminal, who may have sent the report to a file, or who keeps the old one.
  var troubles: [String] {
    let forgotten = remembered.compactMap(\.trouble).map { "note: \($0)" }
    let held =
      forgotten
      + shown.compactMap { item in
        trouble(in: item.output).map { Self.line($0, at: item.location) }
      }
    switch end {
    case .completed: return held
    case .threw(let message, let place), .trapped(let message, let place):
      let heard = place == nil ? lastHeard : ""
      return held + [Self.line("the run did not come to its end: \(message)\(heard)", at: place)]
    case .lostOutput(let sentence): return held + [Self.line(sentence, at: nil)]
    case .interrupted: return held + ["interrupted"]
    case .timedOut(let seconds):
      let limit = NumberFormat.automatic.string(seconds)
      return held + ["the run did not come to its end within \(limit) s\(lastHeard)"]
    }
  }

  /// Where a run was seen last, and what it said last on standard error, for one whose end nobody saw:
  /// after a line that showed something, and in that line's cell or a later one.
  private var lastHeard: String {
    var (place, words) = (SourceLocation?.none, Substring?.none)
    for step in steps {
      switch step {
      case .reach(let location): place = location
      case .show(let item):
        place = item.location ?? place
        guard case .text(let text, .standardError) = item.output else { continue }
        words =
          text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) } ?? words
      }
    }
    return (place.map { "\nlast seen at \($0)" } ?? "")
      + (words.map { "\nlast words: \($0)" } ?? "")
  }

  private func trouble(in output: Output) -> String? {
    switch output {
    case .verdict(let verdict): Self.words(verdict.outcome, "claim", verdict.sentence)
    case .comparison(let result): Self.words(result.outcome, "comparison", result.sentence)
    case .failure(let failure) where failure.kind == .missing: failure.message
    case .failure, .text, .value, .markdown, .table, .figure: nil
    }
  }

  private static func words(
    _ outcome: Verdict.Outcome, _ kind: String, _ sentence: String
  ) -> String? {
    switch outcome {
    case .holds: nil
    case .fails: "the \(kind) does not hold: \(sentence)"
    case .broken: "the \(kind) proves nothing, a mutant passes it too: \(sentence)"
    }
  }

  private static func line(_ sentence: String, at place: SourceLocation?) -> String {
    place.map { "\($0): error: \(sentence)" } ?? "error: \(sentence)"
  }
}
