internal import Foundation
internal import SystemCalls

/// Draws the progress of tasks on standard error: on a terminal one line for each, redrawn in
/// place; elsewhere a plain line now and then; nothing when quiet.
struct ProgressDisplay {
  /// Where and how progress is drawn.
  enum Medium: Equatable {
    case none
    case log
    case terminal(isColored: Bool, isUnicode: Bool)
  }

  /// How often the display wants to be refreshed; between events the remaining time changes.
  let refreshInterval = Duration.milliseconds(250)

  /// How often a running task is mentioned in a log.
  private static let logInterval = Duration.seconds(5)

  private struct Task {
    var update: ProgressUpdate
    let start: ContinuousClock.Instant
    /// When it was last drawn or logged.
    var mentioned: ContinuousClock.Instant
    /// When the last step was done, where a finished task stops its clock.
    var moved: ContinuousClock.Instant
  }

  private let medium: Medium
  private let stream: Descriptor
  private var tasks: [Task] = []
  /// How many lines on the terminal are being redrawn, the cursor standing below them.
  private var liveLineCount = 0
  private var lastDrawn: ContinuousClock.Instant?
  private var hasNews = false

  /// A display on a stream.
  init(_ medium: Medium, on stream: Descriptor = .standardError) {
    self.medium = medium
    self.stream = stream
  }

  /// The medium that a stream and the environment ask for.
  static func medium(
    isQuiet: Bool, isTerminal: Bool, environment: [String: String]
  ) -> Medium {
    if isQuiet { return .none }
    guard isTerminal, environment["TERM"] != "dumb" else { return .log }
    let noColor = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    let encoding = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty }
    // Terminals speak UTF-8 today unless the locale says otherwise.
    let isUnicode = encoding.map { $0.uppercased().contains("UTF") } ?? true
    return .terminal(isColored: !noColor, isUnicode: isUnicode)
  }

  /// Notes how far a task is.
  mutating func update(_ update: ProgressUpdate, at now: ContinuousClock.Instant = .now) {
    if medium == .none { return }
    hasNews = true
    var update = update
    update.title = Self.line(update.title)
    update.unit = Self.line(update.unit)
    update.note = update.note.map(Self.line)
    if let index = tasks.firstIndex(where: { $0.update.task == update.task }) {
      if tasks[index].update.completed != update.completed { tasks[index].moved = now }
      tasks[index].update = update
    } else {
      tasks.append(Task(update: update, start: now, mentioned: now, moved: now))
    }
    if update.isFinished { retire(update.task, at: now) }
  }

  /// Words of the lab on one line, without orders to the terminal.
  private static func line(_ text: String) -> String {
    TerminalText.visible(String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }))
  }

  /// Draws what has changed, if it is time to.
  mutating func refresh(at now: ContinuousClock.Instant = .now) {
    switch medium {
    case .none: break
    case .log:
      for index in tasks.indices where now - tasks[index].mentioned >= Self.logInterval {
        tasks[index].mentioned = now
        write(line(tasks[index], at: now).plain + "\n")
      }
    case .terminal:
      if tasks.isEmpty { return }
      let age = lastDrawn.map { now - $0 } ?? .seconds(1)
      guard age >= refreshInterval || (hasNews && age >= .milliseconds(40)) else { return }
      redraw(at: now)
    }
  }

  /// Leaves every task as it stands.
  mutating func finish(at now: ContinuousClock.Instant = .now) {
    if case .terminal = medium, !tasks.isEmpty { redraw(at: now) }
    tasks = []
    liveLineCount = 0
  }

  /// Draws a finished task for the last time, above those that run on.
  private mutating func retire(_ id: Int, at now: ContinuousClock.Instant) {
    guard let index = tasks.firstIndex(where: { $0.update.task == id }) else { return }
    let last = line(tasks[index], at: tasks[index].moved)
    tasks.remove(at: index)
    switch medium {
    case .none: break
    case .log: write(last.plain + "\n")
    case .terminal:
      write(toTop() + last.drawn(style()) + "\u{1B}[K\n")
      liveLineCount = max(0, liveLineCount - 1)
      redraw(at: now, fromTop: true)
    }
  }

  /// Draws all running tasks over their former lines.
  private mutating func redraw(at now: ContinuousClock.Instant, fromTop: Bool = false) {
    let style = style()
    let lines = tasks.map { line($0, at: now).drawn(style) + "\u{1B}[K\n" }.joined()
    write((fromTop ? "" : toTop()) + lines + "\u{1B}[J")
    liveLineCount = tasks.count
    lastDrawn = now
    hasNews = false
  }

  /// Moves the cursor to the first live line.
  private func toTop() -> String {
    liveLineCount == 0 ? "" : "\r\u{1B}[\(liveLineCount)A"
  }

  private func line(_ task: Task, at now: ContinuousClock.Instant) -> ProgressLine {
    ProgressLine(update: task.update, elapsed: now - task.start)
  }

  private func style() -> ProgressLine.Style {
    guard case .terminal(let isColored, let isUnicode) = medium else {
      return ProgressLine.Style(width: 80, isColored: false, isUnicode: false)
    }
    return ProgressLine.Style(
      width: stream.terminalWidth ?? 80, isColored: isColored, isUnicode: isUnicode)
  }

  /// A terminal that went away is no reason to stop the lab.
  private func write(_ text: String) {
    try? stream.write(text.utf8)
  }
}
