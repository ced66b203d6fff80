/// Waiting.
package enum Pause {
  /// Waits; a signal may end it early.
  package static func sleep(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    // The struct lives on the stack for the call.
    unsafe nanosleep(&time, nil)
  }
}
