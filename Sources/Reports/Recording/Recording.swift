/// Everything that one run of a lab gave, in order.
public struct Recording: Codable, Hashable, Sendable {
  /// How a run ended.
  public enum End: Codable, Hashable, Sendable {
    /// `report()` returned.
    case completed

    /// `report()` threw.
    case threw(message: String, location: SourceLocation?)

    /// A Swift trap, or a crash: the message says which.
    case trapped(message: String, location: SourceLocation?)

    /// The user stopped it.
    case interrupted

    /// It took longer than it was allowed to.
    case timedOut(seconds: Double)
  }

  /// What was shown, in the order of showing.
  public var shown: [Shown] = []

  /// The values that were given a name.
  public var published: [Published] = []

  /// The lab's parameters, in the order of their declaration.
  public var parameters: [Parameter] = []

  /// The data files read, in the order of first reading.
  public var dataSources: [DataSource] = []

  /// How the run ended.
  public var end: End = .completed

  /// A run that has shown nothing yet.
  public init() {}

  /// Adds what an event says; progress leaves no trace.
  public mutating func record(_ event: Event) {
    switch event {
    case .show(let item): shown.append(item)
    case .publish(let value):
      published.append(value)
      // Publishing shows nothing, but tells which cell is running.
      shown.append(Shown(.text("", .standardOutput), at: value.location))
    case .parameter(let parameter): parameters.append(parameter)
    case .dataSource(let source):
      if !dataSources.contains(source) { dataSources.append(source) }
    case .progress: break
    case .end(let end): self.end = end
    }
  }

  /// Whether every claim and comparison holds, every expected error came, and the run completed.
  public var succeeded: Bool {
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
public struct RunEnvironment: Codable, Hashable, Sendable {
  /// The compiler: `Swift 6.3.1`.
  public var toolchain: String

  /// System and processor: `Linux, x86-64`.
  public var platform: String

  /// Date and duration in words; only with `--timings`.
  public var timing: String?

  /// Describes the surroundings.
  public init(toolchain: String, platform: String, timing: String? = nil) {
    self.toolchain = toolchain
    self.platform = platform
    self.timing = timing
  }
}
