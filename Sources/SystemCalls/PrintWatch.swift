internal import CStreams
internal import Synchronization

/// Tells when C code prints, on the thread that prints.
///
/// What C's `printf` and Swift's own `print` write goes through the C library's streams. On Linux those
/// can be replaced by streams that call a function for every write, so that whoever asks for the call
/// stack there finds the code that prints. Programs that the lab starts write past them, as does
/// C's `write`.
package enum PrintWatch {
  private static let hook = Mutex<(@Sendable () -> Void)?>(nil)

  /// Has a function called before and after everything that is printed on standard output and
  /// standard error by way of the C library's streams. Does nothing where those cannot be replaced.
  package static func begin(_ body: @escaping @Sendable () -> Void) {
    hook.withLock { $0 = body }
    _ = labkit_watch_streams {
      let body = PrintWatch.hook.withLock { $0 }
      body?()
    }
  }
}
