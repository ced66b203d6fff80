internal import Requirements
internal import Synchronization
internal import SystemCalls

/// The run in progress, as seen from the lab: where what it shows goes.
///
/// `show`, `print` and their like are global functions, as a reader expects them, so the run that
/// they belong to is found here. One process runs one lab, once.
final class Session: Sendable {
  private static let running = Mutex<Session?>(nil)

  /// The run in progress; nil outside of one, where showing means printing.
  static var current: Session? { running.withLock { $0 } }

  /// Makes a session the current one.
  static func begin(_ session: Session?) { running.withLock { $0 = session } }

  private let deliver: @Sendable (Message) -> Void
  private let cells: Cells
  /// Whether remembered values are computed anew.
  let isFresh: Bool
  /// The digest of the code that the lab's own stands on.
  private let foundations: String
  /// Whom the report is for.
  let edition: Edition
  /// Whether figures are wanted as shapes, too.
  let keepsVectors: Bool
  /// Whether pictures are sent as pixels, of which the other side makes files while the lab goes on.
  let sendsPixels: Bool
  private let order = Mutex(State())
  /// The process that runs the lab: a copy of it, made by C's `fork`, has nothing to tell.
  private let process = StandardStreams.processID

  private struct State {
    var taskCount = 0
    /// The remembered value that is being computed.
    var remembering: String?
    var printed = PrintedSizes()
    /// The line that C code printed for last, and how long the streams were after it.
    var printing: (location: SourceLocation, sizes: PrintedSizes)?
  }

  /// A session of a lab with these sources, that hands its messages to `deliver`, one at a time.
  init(
    sources: [SourceFile], foundations: String = "", isFresh: Bool = false,
    edition: Edition = .teacher, keepsVectors: Bool = false, sendsPixels: Bool = false,
    _ deliver: @escaping @Sendable (Message) -> Void
  ) {
    self.deliver = deliver
    self.foundations = foundations
    self.isFresh = isFresh
    self.edition = edition
    self.keepsVectors = keepsVectors
    self.sendsPixels = sendsPixels
    cells = Cells(sources: sources)
  }

  /// Sends an event. Threads take turns.
  func send(_ event: Event) {
    guard StandardStreams.processID == process else { return }
    order.withLock { state in
      // Next time the value comes from disk, and this would be missing from the report.
      require(
        state.remembering == nil || !event.leavesTrace,
        "while the value '\(state.remembering ?? "")' is computed nothing may be printed, shown or "
          + "published: that would be missing from the report when the value is remembered; show it "
          + "afterwards")
      closePrinting(&state)
      deliver(event, &state)
    }
  }

  private func deliver(_ event: Event, _ state: inout State) {
    measure(&state)
    deliver(Message(event: event, printed: state.printed))
  }

  private func measure(_ state: inout State) {
    // A stream that the lab has closed keeps the length that it had.
    state.printed = PrintedSizes(
      output: Descriptor.standardOutput.size ?? state.printed.output,
      error: Descriptor.standardError.size ?? state.printed.error)
  }

  /// Shows something under the cell of a line.
  func show(_ output: Output, fileID: String, line: Int) {
    let location = cells.place(SourceLocation(fileID: fileID, line: line))
    send(.show(Shown(output, at: location)))
  }

  /// The files of a figure as shapes, where they are wanted: with the words of the cell of a line, or else
  /// with its own.
  ///
  /// A report puts a cell's words in their place itself; these files are written once.
  func shapes(
    _ words: String, fileID: String, line: Int, _ make: (String) -> [FigureFile]
  ) -> [FigureFile] {
    guard keepsVectors else { return [] }
    let location = cells.place(SourceLocation(fileID: fileID, line: line))
    return make(cells.figureAlternativeText(at: location) ?? words)
  }

  /// Tells which cell is being run when C code prints or starts a program: before it does, and once
  /// more before anything else is told, so that nothing else is taken for its text.
  func notePrinting(_ moment: PrintWatch.Moment) {
    guard StandardStreams.processID == process else { return }
    switch moment {
    case .begins(let calls):
      guard let location = cells.current(calls: calls) else { return }
      // Who prints while a message is under way is the sender itself.
      order.withLockIfAvailable { state in
        if state.printing?.location == location { return }
        closePrinting(&state)
        deliver(.reach(location), &state)
        state.printing = (location, state.printed)
      }
    case .isOver:
      order.withLockIfAvailable { state in
        guard let location = state.printing?.location else { return }
        measure(&state)
        state.printing = (location, state.printed)
      }
    }
  }

  /// Tells where what C code printed ends, if that was not told yet.
  private func closePrinting(_ state: inout State) {
    guard let (location, sizes) = state.printing else { return }
    state.printing = nil
    deliver(Message(event: .reach(location), printed: sizes))
  }

  /// Runs the experiment, and says how that ended.
  func run(_ body: () throws -> Void) -> Recording.End {
    cells.watchThrows()
    do {
      try body()
      return .completed
    } catch {
      let (location, innermost) = cells.place(of: error)
      let origin = innermost.map { "\nin \($0)" } ?? ""
      return .threw(message: "\(error)" + origin, location: location)
    }
  }

  /// A number for a new task of the progress display.
  func newTask() -> Int {
    order.withLock { state in
      state.taskCount += 1
      return state.taskCount
    }
  }

  /// The code that what stands on a line may depend on.
  func code(behind location: SourceLocation) -> String {
    cells.code(behind: location) + "\n" + foundations
  }

  /// Computes a value that will be remembered: until then nothing may be shown.
  func remembering<Value>(_ name: String, _ compute: () throws -> Value) rethrows -> Value {
    let outer = order.withLock { state in
      defer { state.remembering = name }
      return state.remembering
    }
    defer { order.withLock { $0.remembering = outer } }
    return try compute()
  }
}

extension Event {
  /// Whether a report looks different with it.
  fileprivate var leavesTrace: Bool {
    switch self {
    case .show, .publish, .dataSource: true
    case .reach, .parameter, .remembered, .progress, .end: false
    }
  }
}
