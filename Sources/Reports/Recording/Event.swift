/// One message from the process that runs a lab to the process that weaves its report.
public enum Event: Codable, Hashable, Sendable {
  /// The lab showed something.
  case show(Shown)

  /// The lab gave a value a name.
  case publish(Published)

  /// A parameter of the lab, sent before it runs.
  case parameter(Parameter)

  /// The lab read a data file.
  case dataSource(DataSource)

  /// A task moved on.
  case progress(ProgressUpdate)

  /// The lab is over: completed, or with the error that it threw.
  case end(Recording.End)
}

/// Something that a lab showed, and where in its source.
public struct Shown: Codable, Hashable, Sendable {
  /// The line that showed it; `nil` when nothing tells (text printed by C code).
  public var location: SourceLocation?

  /// What was shown. An empty text shows nothing; with a location it tells which cell is running.
  public var output: Output

  /// Something shown by a line.
  public init(_ output: Output, at location: SourceLocation?) {
    self.output = output
    self.location = location
  }
}

/// How far a task has come.
public struct ProgressUpdate: Codable, Hashable, Sendable {
  /// Tells tasks apart that run at the same time.
  public var task: Int

  /// What is being done: `Training`.
  public var title: String

  /// Steps done.
  public var completed: Int

  /// Steps in all, when known.
  public var total: Int?

  /// What a step is called, in the singular: `batch`.
  public var unit: String

  /// The latest value worth seeing: `loss 0.312`.
  public var note: String?

  /// Whether the task is over.
  public var isFinished: Bool

  /// A task's state.
  public init(
    task: Int, title: String, completed: Int, total: Int?, unit: String = "step",
    note: String? = nil, isFinished: Bool = false
  ) {
    self.task = task
    self.title = title
    self.completed = completed
    self.total = total
    self.unit = unit
    self.note = note
    self.isFinished = isFinished
  }
}
