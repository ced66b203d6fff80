#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A system call that failed, as one sentence: what was tried and what the system says.
struct SystemError: Error, CustomStringConvertible {
  let action: String
  let code: Int32

  /// The error of the call that has just failed.
  static func last(_ action: String) -> SystemError {
    SystemError(action: action, code: errno)
  }

  var description: String { "\(action): \(reason)" }

  /// What the system says: `No space left on device`.
  var reason: String {
    // `strerror` answers with a C string of the library's own, never nil.
    unsafe String(cString: strerror(code))
  }

  /// Whether somebody stopped reading what was being written.
  var isLostReader: Bool { code == EPIPE }
}
