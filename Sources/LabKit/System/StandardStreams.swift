// `stdout` is a global variable of the C library, which never changes once the program runs:
// `@preconcurrency` lets it be read.
#if canImport(Glibc)
  @unsafe @preconcurrency internal import Glibc
#elseif canImport(Musl)
  @unsafe @preconcurrency internal import Musl
#elseif canImport(Darwin)
  @unsafe @preconcurrency internal import Darwin
#endif

/// What a process may do to its own standard streams and to its own life.
enum StandardStreams {
  /// Makes every byte that is printed arrive at once: what stands in a buffer is lost on a trap.
  static func unbuffer() {
    // A null buffer with _IONBF asks the C library to keep none.
    unsafe setvbuf(stdout, nil, _IONBF, 0)
  }

  /// Empties the buffers of the C library.
  static func flush() {
    // A null stream means all of them.
    fflush(nil)
  }

  /// Ends this process without running what others registered for its end.
  static func endProcess(_ code: Int32) -> Never {
    flush()
    _exit(code)
  }

  /// Ends this process and, when it leads its group, all that it started.
  static func endGroup() -> Never {
    if getpgrp() == getpid() { kill(0, SIGKILL) }
    _exit(1)
  }

  /// Removes a variable from the environment.
  static func removeVariable(_ name: String) {
    unsafe unsetenv(name)
  }
}
