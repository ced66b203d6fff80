internal import SystemCalls

/// Gathers what a run sends and prints into a recording, in order.
struct Collector {
  private(set) var recording = Recording()
  private let output: Descriptor
  private let error: Descriptor
  private let capturesErrors: Bool
  /// Room for what will be printed, on either stream.
  private var rooms: [PrintedRoom]
  /// How much of the two captured streams is already in the recording.
  private var taken = PrintedSizes()
  /// Whether the run has said itself how it ended.
  private(set) var hasEnded = false
  /// Whether the runtime has reported a crash on standard error.
  private var hasCrashed = false
  /// Whether a captured stream is shorter than it was: the run has cut it off.
  private var isCutOff = false

  /// The most bytes that are taken from a stream at once; what is longer loses its middle. A report
  /// shows no more than some lines of either end.
  static let longestStretch = 1 << 24

  /// A collector for a run whose standard output and standard error go to these files.
  ///
  /// - Parameter capturesErrors: Whether its standard error really goes there.
  init(output: Descriptor, error: Descriptor, capturesErrors: Bool = true) {
    self.output = output
    self.error = error
    self.capturesErrors = capturesErrors
    rooms = (capturesErrors ? [output, error] : [output]).map { PrintedRoom(for: $0) }
  }

  /// Keeps room for what will be printed.
  ///
  /// - Throws: When there is none.
  mutating func begin() throws(SystemError) {
    for index in rooms.indices { try rooms[index].begin() }
  }

  /// Keeps the room ahead of what is printed; to be called now and then during the run.
  mutating func keepRoom() {
    for index in rooms.indices { rooms[index].grow() }
  }

  /// Adds a message, after what had been printed when it was sent.
  mutating func add(_ message: Message) {
    take(upTo: message.printed)
    keepRoom()
    if case .end = message.event { hasEnded = true }
    if case .show(let shown) = message.event, case .figure(let figure) = shown.output {
      for image in figure.images { image.pixels?.beginEncoding() }
    }
    recording.record(message.event)
  }

  /// Ends the recording: what was printed last, then how the run ended.
  ///
  /// - Parameter end: How it ended, from what stands last on its standard error (which is then
  ///   taken as read when the run crashed: the runtime's message and backtrace are no output).
  mutating func finish(_ end: (_ lastWords: String) -> (end: Recording.End, output: String)?) {
    keepRoom()
    let sizes = PrintedSizes(output: output.size ?? 0, error: error.size ?? 0)
    if sizes.output < taken.output || sizes.error < taken.error { isCutOff = true }
    let lastWords = text(error, from: taken.error, to: sizes.error)
    if let (end, rest) = end(lastWords) {
      take(upTo: PrintedSizes(output: sizes.output, error: taken.error))
      append(rest, .standardError)
      recording.end = end
    } else {
      take(upTo: sizes)
    }
    guard case .completed = recording.end else { return }
    if hasCrashed {
      recording.end = .trapped(
        message: "The run went on after a crash; what it shows cannot be trusted.", location: nil)
    } else if isCutOff {
      recording.end = .trapped(
        message: "The run cut off what it had printed: a part of its output is lost.",
        location: nil)
    } else if let loss = rooms.lazy.compactMap(\.loss).first {
      recording.end = .lostOutput(loss)
    }
  }

  private mutating func take(upTo claimed: PrintedSizes) {
    // What a message claims need not be so.
    let sizes = PrintedSizes(
      output: min(claimed.output, output.size ?? 0), error: min(claimed.error, error.size ?? 0))
    if sizes.output < taken.output || sizes.error < taken.error { isCutOff = true }
    if sizes.output < claimed.output || capturesErrors && sizes.error < claimed.error {
      isCutOff = true
    }
    append(text(output, from: taken.output, to: sizes.output), .standardOutput)
    let errors = text(error, from: taken.error, to: sizes.error)
    if Backtrace.isReported(in: errors) { hasCrashed = true }
    append(errors, .standardError)
    taken.output = max(taken.output, sizes.output)
    taken.error = max(taken.error, sizes.error)
  }

  private mutating func append(_ text: String, _ stream: TextStream) {
    if !text.isEmpty { recording.record(.show(Shown(.text(text, stream), at: nil))) }
  }

  private func text(_ file: Descriptor, from start: Int, to end: Int) -> String {
    guard end > start else { return "" }
    func read(_ range: Range<Int>) -> String {
      String(
        decoding: (try? file.contents(from: range.lowerBound, to: range.upperBound)) ?? [],
        as: UTF8.self)
    }
    guard end - start > Self.longestStretch else { return read(start..<end) }
    let half = Self.longestStretch / 2
    return read(start..<start + half) + "\n… \(end - start - 2 * half) bytes not shown …\n"
      + read(end - half..<end)
  }
}
