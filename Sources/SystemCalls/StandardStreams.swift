/// What a process may do to its own standard streams and to its own life.
package enum StandardStreams {
  /// Makes every byte that is printed arrive at once: what stands in a buffer is lost on a trap.
  package static func unbuffer() {
    systemUnbufferOutput()
  }

  /// Empties the buffers of the C library.
  package static func flush() {
    // A null stream means all of them.
    fflush(nil)
  }

  /// Ends this process without running what others registered for its end.
  package static func endProcess(_ code: Int32) -> Never {
    flush()
    _exit(code)
  }

  /// Ends this process and, when it leads its group, all that it started.
  package static func endGroup() -> Never {
    if getpgrp() == getpid() { kill(0, SIGKILL) }
    _exit(1)
  }

  /// Removes a variable from the environment.
  package static func removeVariable(_ name: String) {
    unsafe unsetenv(name)
  }
}
