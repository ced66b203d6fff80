internal import Synchronization

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
  private let order = Mutex(State())

  private struct State {
    var taskCount = 0
  }

  /// A session that hands its messages to `deliver`, one at a time.
  init(_ deliver: @escaping @Sendable (Message) -> Void) {
    self.deliver = deliver
  }

  /// Sends an event. Threads take turns.
  func send(_ event: Event) {
    order.withLock { _ in
      let printed = PrintedSizes(
        output: Descriptor.standardOutput.size, error: Descriptor.standardError.size)
      deliver(Message(event: event, printed: printed))
    }
  }

  /// Shows something under the cell of a line.
  func show(_ output: Output, fileID: String, line: Int) {
    send(.show(Shown(output, at: SourceLocation(fileID: fileID, line: line))))
  }

  /// A number for a new task of the progress display.
  func newTask() -> Int {
    order.withLock { state in
      state.taskCount += 1
      return state.taskCount
    }
  }
}
