internal import CStreams
internal import Synchronization

/// Tells when C code prints or another program is started, on the thread that does it.
///
/// What C's `printf` and Swift's own `print` write goes through the C library's streams. On Linux those
/// can be replaced by streams that call a function for every write, so that whoever asks for the call
/// stack there finds the code that prints. C's `write`, and the programs that a lab starts, write past
/// them; so the start of a program is told too.
enum PrintWatch {
  /// What is told.
  enum Moment: Sendable {
    /// Something will be printed; a number for the calls that led here, the same for the same calls.
    case begins(calls: UInt64)

    /// It was printed.
    case isOver
  }

  /// A box: a function that is kept in a `Mutex` itself is wrapped once more at every look at it.
  private final class Hook: Sendable {
    let body: @Sendable (Moment) -> Void
    init(_ body: @escaping @Sendable (Moment) -> Void) { self.body = body }
  }

  private static let hook = Mutex<Hook?>(nil)

  /// Has a function called before and after everything that is printed on standard output and
  /// standard error by way of the C library's streams. Does nothing where those cannot be replaced.
  static func begin(_ body: @escaping @Sendable (Moment) -> Void) {
    let new = Hook(body)
    hook.withLock { $0 = new }
    _ = labkit_watch_streams { calls, isOver in
      let hook = PrintWatch.hook.withLock { $0 }
      hook?.body(isOver == 0 ? .begins(calls: calls) : .isOver)
    }
  }
}
