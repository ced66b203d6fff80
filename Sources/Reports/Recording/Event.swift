/// One message from the process that runs a lab to the process that weaves its report.
package enum Event: Codable, Hashable, Sendable {
  /// The lab showed something.
  case show(Shown)

  /// The lab gave a value a name.
  case publish(Published)

  /// Code that a line led to prints, or has printed, what comes without a line of its own.
  case reach(SourceLocation)

  /// A parameter of the lab, sent before it runs.
  case parameter(Parameter)

  /// The lab read a data file.
  case dataSource(DataSource)

  /// The lab asked for a value that is kept on disk.
  case remembered(RememberedValue)

  /// A task moved on.
  case progress(ProgressUpdate)

  /// The lab is over: completed, or with the error that it threw.
  case end(Recording.End)
}

/// Something that a lab showed, and where in its source.
package struct Shown: Codable, Hashable, Sendable {
  /// The line that showed it; `nil` when nothing tells (text printed by C code).
  package var location: SourceLocation?

  /// What was shown.
  package var output: Output

  /// Something shown by a line.
  package init(_ output: Output, at location: SourceLocation?) {
    self.output = output
    self.location = location
  }
}

/// How far a task has come.
package struct ProgressUpdate: Codable, Hashable, Sendable {
  /// Tells tasks apart that run at the same time.
  package var task: Int

  /// What is being done: `Training`.
  package var title: String

  /// Steps done.
  package var completed: Int

  /// Steps in all, when known.
  package var total: Int?

  /// What a step is called, in the singular: `batch`.
  package var unit: String

  /// The latest value worth seeing: `loss 0.312`.
  package var note: String?

  /// Whether the task is over.
  package var isFinished: Bool

  /// A task's state.
  package init(
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
