internal import Synchronization
internal import SystemCalls

#if os(Linux) && canImport(Runtime)
  internal import Runtime
#endif

/// Tells which line of the lab is being run, from the call stack and the debug information of the
/// executable.
///
/// A helper shows something, or throws: its own line is in no cell of the report, but the line that
/// called it is. `#line` cannot tell that one. Without debug information, and on systems where the
/// runtime has no public backtraces, nothing is known and the last cell is taken.
final class CallStack: Sendable {
  private let sources: [SourceFile]

  /// How the lab's module stands in the mangled names of its functions: `5lab10`.
  private let moduleMark: String

  init(sources: [SourceFile]) {
    self.sources = sources
    let module = sources.first?.fileID.prefix { $0 != "/" } ?? ""
    moduleMark = "\(module.utf8.count)\(module)"
  }

  #if os(Linux) && canImport(Runtime)
    private struct State {
      /// The libraries of this process: found once, because that takes a hundred times as long as a
      /// look at the stack.
      var images: ImageMap?
      /// What is known of stacks that were seen before: a `print` in a loop has always the same.
      var known: [[Runtime.Backtrace.Address]: [SourceLocation]] = [:]
      /// The error that was thrown last, and the stack at that moment.
      var thrown: (error: Int, stack: Runtime.Backtrace)?
    }

    private let state = Mutex(State())

    /// The outermost line of the lab that is being run on this thread and that `isWanted`: that of
    /// `report()` or a chapter, and not one of a closure that stands in a cell and was called from
    /// another.
    ///
    /// To find the line of one address, the runtime walks the line tables of the whole executable,
    /// which takes tens of milliseconds; names are found at once. So only functions of the lab are
    /// asked for their lines, from without, and answers are kept: a `print` in a loop costs
    /// microseconds.
    func line(where isWanted: (SourceLocation) -> Bool) -> SourceLocation? {
      guard let stack = capture() else { return nil }
      let addresses = stack.frames.map(\.originalProgramCounter)
      if let known = state.withLock({ $0.known[addresses] }) { return known.first(where: isWanted) }
      var found: [SourceLocation] = []
      let frames = Array(stack.symbolicated(options: [])?.frames ?? [])
      for (index, frame) in frames.enumerated().reversed() {
        guard let name = frame.symbol?.rawName, name.contains(moduleMark), !Self.isStart(name)
        else {
          continue
        }
        // The last of the limit is spent on the note that more would follow.
        guard let single = capture(limit: 2, offset: index),
          single.frames.first(where: { _ in true })?.originalProgramCounter
            == frame.captured.originalProgramCounter
        else { continue }
        // What was inlined stands before what it was inlined into.
        found += locations(on: single).reversed()
        if found.contains(where: isWanted) { break }
      }
      state.withLock { $0.known[addresses] = found }
      return found.first(where: isWanted)
    }

    /// Whether a function only leads to `report()`: the program's start, and the way by the protocol.
    private static func isStart(_ name: String) -> Bool {
      name.hasSuffix("_main") || name.contains("$mainyyFZ") || name.hasSuffix("TW")
    }

    /// Where an error was thrown, innermost first; empty when that was not seen.
    func locations(of error: any Error) -> [SourceLocation] {
      // An error is a reference to a box; only its address is used. (`as` keeps it in the box.)
      let box = unsafe unsafeBitCast(error as any Error, to: Int.self)
      let stack = state.withLock { state in
        state.thrown.flatMap { $0.error == box ? $0.stack : nil }
      }
      return stack.map(locations) ?? []
    }

    /// Remembers from now on where errors are thrown: the runtime calls a hook at every `throw`.
    func watchThrows() {
      Self.watcher.withLock { $0 = self }
      RuntimeHook.setWillThrow { box in
        CallStack.watcher.withLock { $0 }?.note(thrown: box)
      }
    }

    private static let watcher = Mutex<CallStack?>(nil)
    private static let isNoting = Atomic(false)

    private func note(thrown box: Int) {
      // What is thrown while the stack is being read is no error of the lab's.
      guard
        Self.isNoting.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
      else { return }
      defer { Self.isNoting.store(false, ordering: .relaxed) }
      if let stack = capture() {
        state.withLock { $0.thrown = (box, stack) }
      }
    }

    private func capture(limit: Int = 128, offset: Int = 0) -> Runtime.Backtrace? {
      let images = state.withLock { state in
        if let images = state.images { return images }
        let images = ImageMap.capture()
        state.images = images
        return images
      }
      return try? Runtime.Backtrace.capture(
        limit: limit, offset: offset, top: 0, images: images)
    }

    private func locations(on stack: Runtime.Backtrace) -> [SourceLocation] {
      let key = stack.frames.map(\.originalProgramCounter)
      if let known = state.withLock({ $0.known[key] }) { return known }
      #if DEBUG
        // A lab's own code is not inlined then, and to read who inlined what takes 0.3 seconds.
        let options: Runtime.Backtrace.SymbolicationOptions = [
          .showSourceLocations, .useSymbolCache,
        ]
      #else
        let options: Runtime.Backtrace.SymbolicationOptions = [
          .showInlineFrames, .showSourceLocations, .useSymbolCache,
        ]
      #endif
      var found: [SourceLocation] = []
      for frame in stack.symbolicated(options: options)?.frames ?? [] {
        guard let place = frame.symbol?.sourceLocation else { continue }
        if let source = sources.first(where: { place.path.hasSuffix("/" + $0.path) }) {
          found.append(SourceLocation(fileID: source.fileID, line: place.line))
        }
      }
      state.withLock { $0.known[key] = found }
      return found
    }
  #else
    func line(where isWanted: (SourceLocation) -> Bool) -> SourceLocation? { nil }
    func locations(of error: any Error) -> [SourceLocation] { [] }
    func watchThrows() {}
  #endif
}
