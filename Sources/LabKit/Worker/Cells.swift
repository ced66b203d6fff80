internal import Synchronization

/// Which lines of a lab belong to the cells of its report.
final class Cells: Sendable {
  private let sources: [SourceFile]
  private let callStack: CallStack
  private let knowledge = Mutex(Knowledge())

  private struct Knowledge {
    /// Parsed at the first question. A source that cannot be parsed is never run.
    var source: LabSource?
    /// The answers given so far: a `print` in a loop asks the same again and again.
    var answers: [SourceLocation: LabSource.Standing] = [:]
    /// The lines in cells that calls came from.
    var lines: [UInt64: SourceLocation?] = [:]
  }

  init(sources: [SourceFile]) {
    self.sources = sources
    callStack = CallStack(sources: sources)
  }

  /// The line itself when it runs where it stands in a cell, else the line in a cell that led to
  /// it, else the line itself.
  ///
  /// A closure or a function inside a cell may be called from another one.
  func place(_ location: SourceLocation) -> SourceLocation {
    if standing(of: location) == .direct { return location }
    return callStack.line(where: isInCell) ?? location
  }

  /// The line in a cell that is being run on this thread.
  ///
  /// - Parameter calls: A number for the calls that led here: they are looked at once.
  func current(calls: UInt64) -> SourceLocation? {
    if let known = knowledge.withLock({ $0.lines[calls] }) { return known }
    let line = callStack.line(where: isInCell)
    knowledge.withLock { knowledge in
      if knowledge.lines.count >= Self.mostCalls { knowledge.lines = [:] }
      knowledge.lines[calls] = .some(line)
    }
    return line
  }

  /// Calls that are remembered; recursion may have any number of them.
  private static let mostCalls = 10_000

  /// The line in a cell that threw an error or led to the one that did, and that one when it is
  /// another.
  func place(of error: any Error) -> (cell: SourceLocation?, innermost: SourceLocation?) {
    let locations = callStack.locations(of: error)
    let cell = locations.first(where: isInCell)
    return (cell, locations.first == cell ? nil : locations.first)
  }

  /// The code that what stands on a line may depend on; all of it where the source cannot be parsed.
  func code(behind location: SourceLocation) -> String {
    _ = isInCell(location)
    return knowledge.withLock { $0.source?.codeBehind(location) }
      ?? sources.map(\.text).joined(separator: "\n")
  }

  /// The figures of a line's cell in words, where the cell says them.
  func figureAlternativeText(at location: SourceLocation) -> String? {
    isInCell(location)
      ? knowledge.withLock { $0.source?.figureAlternativeText(at: location) } : nil
  }

  /// Remembers from now on where errors are thrown.
  func watchThrows() {
    callStack.watchThrows()
  }

  private func isInCell(_ location: SourceLocation) -> Bool { standing(of: location) != .outside }

  private func standing(of location: SourceLocation) -> LabSource.Standing {
    knowledge.withLock { knowledge in
      if let answer = knowledge.answers[location] { return answer }
      if knowledge.source == nil { knowledge.source = try? LabSource(files: sources) }
      let answer = knowledge.source?.standing(of: location) ?? .outside
      knowledge.answers[location] = answer
      return answer
    }
  }
}
