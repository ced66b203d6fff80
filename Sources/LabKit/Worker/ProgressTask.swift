import Numbers
internal import Synchronization

/// What all copies of one `Progress` share: how far it is, and when that was last told.
final class ProgressTask: Sendable {
  private let session: Session?
  private let state: Mutex<State>

  private struct State {
    var update: ProgressUpdate
    var note: (name: String, value: Double)?
    var lastSent: ContinuousClock.Instant?
  }

  /// No display is drawn more often.
  private static let shortestInterval = Duration.milliseconds(50)

  init(_ title: String, total: Int?, unit: String) {
    session = Session.current
    let update = ProgressUpdate(
      task: session?.newTask() ?? 0, title: title, completed: 0, total: total, unit: unit)
    state = Mutex(State(update: update))
    state.withLock { send(&$0) }
  }

  deinit { finish() }

  func note(_ name: String, _ value: Double) {
    state.withLock { $0.note = (name, value) }
  }

  func advance(by steps: Int) {
    state.withLock { state in
      state.update.completed += steps
      if let last = state.lastSent, last.duration(to: .now) < Self.shortestInterval { return }
      send(&state)
    }
  }

  func finish() {
    state.withLock { state in
      guard !state.update.isFinished else { return }
      state.update.isFinished = true
      send(&state)
    }
  }

  private func send(_ state: inout State) {
    guard let session else { return }
    state.lastSent = .now
    // Written only when it is sent, not at every step.
    state.update.note = state.note.map { name, value in
      "\(name) \(NumberFormat.significant(digits: 3).string(value))"
    }
    session.send(.progress(state.update))
  }
}
