internal import SystemCalls

/// Gathers what a run sends and prints into a recording, in order.
struct Collector {
  private(set) var recording = Recording()
  private let output: Descriptor
  private let error: Descriptor
  /// How much of the two captured streams is already in the recording.
  private var taken = PrintedSizes()
  /// Whether the run has said itself how it ended.
  private(set) var hasEnded = false

  /// A collector for a run whose standard output and standard error go to these files.
  init(output: Descriptor, error: Descriptor) {
    self.output = output
    self.error = error
  }

  /// Adds a message, after what had been printed when it was sent.
  mutating func add(_ message: Message) {
    take(upTo: message.printed)
    if case .end = message.event { hasEnded = true }
    recording.record(message.event)
  }

  /// Ends the recording: what was printed last, then how the run ended.
  ///
  /// - Parameter end: How it ended, from what stands last on its standard error (which is then
  ///   taken as read when the run crashed: the runtime's message and backtrace are no output).
  mutating func finish(_ end: (_ lastWords: String) -> (end: Recording.End, output: String)?) {
    let sizes = PrintedSizes(output: output.size, error: error.size)
    let lastWords = text(error, from: taken.error, to: sizes.error)
    if let (end, rest) = end(lastWords) {
      take(upTo: PrintedSizes(output: sizes.output, error: taken.error))
      append(rest, .standardError)
      recording.end = end
    } else {
      take(upTo: sizes)
    }
  }

  private mutating func take(upTo sizes: PrintedSizes) {
    append(text(output, from: taken.output, to: sizes.output), .standardOutput)
    append(text(error, from: taken.error, to: sizes.error), .standardError)
    taken.output = max(taken.output, sizes.output)
    taken.error = max(taken.error, sizes.error)
  }

  private mutating func append(_ text: String, _ stream: TextStream) {
    if !text.isEmpty { recording.record(.show(Shown(.text(text, stream), at: nil))) }
  }

  private func text(_ file: Descriptor, from start: Int, to end: Int) -> String {
    guard end > start else { return "" }
    return String(decoding: (try? file.contents(from: start, to: end)) ?? [], as: UTF8.self)
  }
}
