/// Everything that one run of a lab gave, in order.
package struct Recording: Codable, Hashable, Sendable {
  /// How a run ended.
  package enum End: Codable, Hashable, Sendable {
    /// `report()` returned.
    case completed

    /// `report()` threw.
    case threw(message: String, location: SourceLocation?)

    /// A Swift trap, or a crash: the message says which.
    case trapped(message: String, location: SourceLocation?)

    /// It came to its end, but not all that it printed could be kept: the sentence says why.
    case lostOutput(String)

    /// The user stopped it.
    case interrupted

    /// It took longer than it was allowed to.
    case timedOut(seconds: Double)
  }

  /// What the lab did that can be seen, or that tells where it is.
  package enum Step: Codable, Hashable, Sendable {
    /// It showed something.
    case show(Shown)

    /// It came to a line, and showed nothing there: a value was published, or C code printed.
    case reach(SourceLocation)
  }

  /// What was done, in order.
  package private(set) var steps: [Step] = []

  /// What was shown, in the order of showing.
  package var shown: [Shown] {
    steps.compactMap { if case .show(let item) = $0 { item } else { nil } }
  }

  /// The values that were given a name.
  package var published: [Published] = []

  /// The lab's parameters, in the order of their declaration.
  package var parameters: [Parameter] = []

  /// The data files read, in the order of first reading.
  package var dataSources: [DataSource] = []

  /// The values that are kept on disk, in the order of asking.
  package var remembered: [RememberedValue] = []

  /// How the run ended.
  package var end: End = .completed

  /// A run that has shown nothing yet.
  package init() {}

  /// Adds what an event says; progress leaves no trace.
  package mutating func record(_ event: Event) {
    switch event {
    case .show(let item): steps.append(.show(item))
    case .publish(let value):
      published.append(value)
      if let location = value.location { steps.append(.reach(location)) }
    case .reach(let location): steps.append(.reach(location))
    case .parameter(let parameter): parameters.append(parameter)
    case .dataSource(let source):
      if !dataSources.contains(source) { dataSources.append(source) }
    case .remembered(let value): remembered.append(value)
    case .progress: break
    case .end(let end): self.end = end
    }
  }

  /// Whether every claim and comparison holds, every expected error came, and the run completed.
  package var succeeded: Bool {
    guard case .completed = end else { return false }
    return shown.allSatisfy { item in
      switch item.output {
      case .verdict(let verdict): verdict.outcome == .holds
      case .comparison(let comparison): comparison.outcome == .holds
      case .failure(let failure): failure.kind == .expected
      case .text, .value, .markdown, .table, .figure: true
      }
    }
  }
}

/// What surrounds a run and differs from machine to machine; the check asks for its form only.
package struct RunEnvironment: Codable, Hashable, Sendable {
  /// The compiler: `Swift 6.3.1`.
  package var toolchain: String

  /// System and processor: `Linux, x86-64`.
  package var platform: String

  /// Date and duration in words; only with `--timings`.
  package var timing: String?

  /// Describes the surroundings.
  package init(toolchain: String, platform: String, timing: String? = nil) {
    self.toolchain = toolchain
    self.platform = platform
    self.timing = timing
  }
}
