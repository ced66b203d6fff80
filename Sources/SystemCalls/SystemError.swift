/// A system call that failed: what was tried, and what the system says.
///
/// Where the call was about a file that a person named, it becomes a ``FileError``.
package struct SystemError: Error, Equatable, CustomStringConvertible {
  /// What was tried: `connecting the report to the lab's run`.
  package let action: String

  /// The number that the system gave: `ENOSPC`.
  package let code: Int32

  /// A failure of a kind.
  package init(action: String, code: Int32) {
    self.action = action
    self.code = code
  }

  /// The error of the call that has just failed.
  package static func last(_ action: String) -> SystemError {
    SystemError(action: action, code: errno)
  }

  package var description: String { "\(action): \(reason)" }

  /// What the system says, in words: `no space left on device`.
  package var reason: String {
    switch code {
    case EACCES: "permission denied"
    case EPERM: "the system does not permit it"
    case ENOENT: "no such file or folder"
    case ENOTDIR: "a file stands where a folder should be"
    case EEXIST: "something of that name is there already"
    case EISDIR: "it is a folder"
    case ENOSPC: "no space left on device"
    case EDQUOT: "the disk quota is used up"
    case EFBIG: "it would be larger than this process may write (see ulimit -f)"
    case EROFS: "the file system is read-only"
    case ENAMETOOLONG: "the name is too long"
    case ELOOP: "its symbolic links lead in a circle"
    case EMFILE: "this process has too many open files"
    case ENFILE: "the system has too many open files"
    case EIO: "the device failed"
    case EBADF: "it is not open"
    case EXDEV: "it is on another device"
    // `strerror` answers with a C string of the library's own, never nil.
    default: unsafe String(cString: strerror(code))
    }
  }

  /// Whether nothing stands under the path.
  package var isAbsence: Bool { code == ENOENT || code == ENOTDIR }

  /// Whether a file system gives a file one name only.
  package var meansNoLinks: Bool {
    [EPERM, ENOTSUP, EOPNOTSUPP, ENOSYS, EMLINK, EXDEV].contains(code)
  }

  /// Whether somebody stopped reading what was being written.
  package var isLostReader: Bool { code == EPIPE }
}
