/// What a process may do to its own standard streams and to its own life.
package enum StandardStreams {
  /// Makes every byte that is printed arrive at once: what stands in a buffer is lost on a trap.
  package static func unbuffer() {
    systemUnbufferOutput()
  }

  /// Takes the places of standard streams that are not open. A file that is opened would get one, and
  /// what is said on standard error would be written into it. Writing there still fails.
  package static func holdPlaces() {
    for stream in Int32(0)...2 where fcntl(stream, F_GETFD) < 0 {
      // The lowest free number is the one that is missing.
      _ = systemOpen("/dev/null", O_RDONLY, 0)
    }
  }

  /// Empties the buffers of the C library.
  package static func flush() {
    // A null stream means all of them.
    fflush(nil)
  }

  /// Whether something that was printed could not be written: the disk was full.
  package static var hasLostOutput: Bool { systemHasLostOutput() }

  /// Has a function called when this process ends itself by `exit`.
  package static func atExit(_ action: @convention(c) () -> Void) {
    atexit(action)
  }

  /// Ends this process at once, without a word to anybody.
  package static func endAtOnce(_ code: Int32) -> Never {
    _exit(code)
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

  /// The number of this process.
  package static var processID: Int32 { getpid() }
}
