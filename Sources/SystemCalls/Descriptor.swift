/// An open file descriptor.
///
/// A plain value: who opened it closes it. Every descriptor that is opened here closes on `exec`
/// and lies above those a child expects (0 to 2), so that none leaks into a program that the lab
/// starts.
package struct Descriptor: Equatable, Sendable {
  package let raw: Int32

  package static let standardInput = Descriptor(raw: 0)
  package static let standardOutput = Descriptor(raw: 1)
  package static let standardError = Descriptor(raw: 2)

  package init(raw: Int32) { self.raw = raw }

  /// The lowest number that a descriptor opened here may get.
  private static let lowest: Int32 = 10

  /// Moves a fresh descriptor out of the low numbers and makes it close on `exec`.
  private init(adopting fresh: Int32, _ action: String) throws(SystemError) {
    let moved = fcntl(fresh, F_DUPFD_CLOEXEC, Self.lowest)
    // "Invalid argument": this process may not have a descriptor of so high a number.
    let error = SystemError(action: action, code: errno == EINVAL ? EMFILE : errno)
    _ = systemClose(fresh)
    if moved < 0 { throw error }
    raw = moved
  }

  /// Another descriptor for the same open file.
  package func duplicated() throws(SystemError) -> Descriptor {
    let copy = fcntl(raw, F_DUPFD_CLOEXEC, Self.lowest)
    if copy < 0 { throw .last("duplicating a file descriptor") }
    return Descriptor(raw: copy)
  }

  /// Makes `self` stand for what `other` stands for.
  package func become(_ other: Descriptor) throws(SystemError) {
    while dup2(other.raw, raw) < 0 {
      if errno != EINTR { throw .last("redirecting a standard stream") }
    }
  }

  package func close() { _ = systemClose(raw) }

  /// Two connected ends that carry bytes both ways; the one's end of file is the other's death.
  package static func connectedPair() throws(SystemError) -> (Descriptor, Descriptor) {
    var ends: [Int32] = [0, 0]
    // `socketpair` writes two numbers into the array.
    if unsafe socketpair(AF_UNIX, streamSocket, 0, &ends) != 0 {
      throw .last("connecting the report to the lab's run")
    }
    let first = try Descriptor(adopting: ends[0], "connecting the report to the lab's run")
    let second = try Descriptor(adopting: ends[1], "connecting the report to the lab's run")
    return (first, second)
  }

  /// A pipe whose both ends never block: for waking a `poll` from a signal handler.
  package static func wakePipe() throws(SystemError) -> (read: Descriptor, write: Descriptor) {
    var ends: [Int32] = [0, 0]
    // `pipe` writes two numbers into the array.
    if unsafe pipe(&ends) != 0 { throw .last("opening a pipe") }
    let read = try Descriptor(adopting: ends[0], "opening a pipe")
    let write = try Descriptor(adopting: ends[1], "opening a pipe")
    _ = fcntl(read.raw, F_SETFL, O_NONBLOCK)
    _ = fcntl(write.raw, F_SETFL, O_NONBLOCK)
    return (read, write)
  }

  /// A file without a name that only appends: what is written to it is never lost, never blocks,
  /// and is gone with its last descriptor.
  package static func anonymousFile() throws(SystemError) -> Descriptor {
    let action = "opening a temporary file in \(temporaryFolder)"
    var template = (temporaryFolder + "/labkit-XXXXXX").utf8CString.map { $0 }
    // `mkstemp` replaces the six X in place; the path is read back only to unlink it.
    let fresh = unsafe template.withUnsafeMutableBufferPointer { buffer -> Int32 in
      guard let base = buffer.baseAddress else { return -1 }
      let fresh = unsafe mkstemp(base)
      if fresh >= 0 { _ = unsafe unlink(base) }
      return fresh
    }
    if fresh < 0 { throw .last(action) }
    let file = try Descriptor(adopting: fresh, action)
    _ = fcntl(file.raw, F_SETFL, O_APPEND)
    return file
  }

  /// `TMPDIR`, or `/tmp`.
  package static var temporaryFolder: String {
    guard let folder = Environment.value(of: "TMPDIR"), !folder.isEmpty else { return "/tmp" }
    return folder
  }

  /// `/dev/null` for reading and writing.
  package static func null() throws(SystemError) -> Descriptor {
    let fresh = unsafe open("/dev/null", O_RDWR)
    if fresh < 0 { throw .last("opening /dev/null") }
    return try Descriptor(adopting: fresh, "opening /dev/null")
  }

  /// Whether a person sees what is written here.
  package var isTerminal: Bool { isatty(raw) == 1 }

  /// The columns of the terminal; nil when this is none.
  package var terminalWidth: Int? {
    var size = winsize()
    // `ioctl` fills the struct that it is given.
    guard unsafe ioctl(raw, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// The bytes in the file so far; nil when it is not open.
  package var size: Int? {
    var status = stat()
    // `fstat` fills the struct that it is given.
    return unsafe fstat(raw, &status) == 0 ? Int(status.st_size) : nil
  }
}
