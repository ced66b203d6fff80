/// The signals that matter to a front end, turned into bytes on a pipe that `poll` can watch.
package enum Signals {
  /// Where the handler writes. Set once, before the handlers are in place; a handler may do
  /// nothing more than read it and call `write`.
  nonisolated(unsafe) private static var wakeDescriptor: Int32 = -1

  /// Watches Ctrl-C, the requests to end, the stop key and the end of a child; ignores the loss
  /// of a reader, which then shows as an error of `write`.
  ///
  /// A signal that was ignored when the program was started (`nohup`) stays ignored.
  ///
  /// - Returns: What each arrived signal's number can be read from.
  package static func watch() throws(SystemError) -> Descriptor {
    let wake = try Descriptor.wakePipe()
    unsafe wakeDescriptor = wake.write.raw
    for number in [SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCHLD] {
      let former = signal(number) { number in
        var byte = UInt8(truncatingIfNeeded: number)
        let code = errno
        // One byte from the stack to a pipe that does not block: safe inside a handler.
        _ = unsafe write(Signals.wakeDescriptor, &byte, 1)
        errno = code
      }
      if number != SIGCHLD, wasIgnored(former) { signal(number, SIG_IGN) }
    }
    ignoreLostReader()
    unblock([SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCHLD])
    return wake.read
  }

  /// Lets signals through that whoever started this program had blocked for itself: a mask is
  /// inherited, and would make Ctrl-C a dead key.
  static func unblock(_ numbers: [Int32]) {
    var set = sigset_t()
    // The set lives on the stack for these calls.
    unsafe sigemptyset(&set)
    for number in numbers { unsafe sigaddset(&set, number) }
    unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
  }

  /// Lets the signals end this program again, as while it waits for a slow reader.
  package static func unwatch() {
    for number in [SIGINT, SIGTERM, SIGHUP, SIGTSTP] { signal(number, SIG_DFL) }
  }

  /// Makes writing to a closed pipe, and writing more than the process may (`ulimit -f`), errors
  /// instead of the end of the program.
  package static func ignoreLostReader() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// Stops this process as the terminal's stop key would; returns when it is continued.
  package static func stopSelf() {
    kill(getpid(), SIGSTOP)
  }

  /// The name of a signal as people know it, and what it means for a lab that it ended.
  package static func explanation(_ number: Int32) -> String {
    switch number {
    case SIGSEGV: "signal 11 (segmentation fault): memory that is not the program's was touched"
    case SIGBUS: "signal \(number) (bus error): memory that is not there was touched"
    case SIGABRT: "signal 6 (abort)"
    case SIGFPE: "signal 8 (arithmetic exception): a division by zero in C code"
    case SIGILL: "signal 4 (illegal instruction): a Swift trap"
    case SIGTRAP: "signal 5 (trap): a Swift trap"
    case SIGKILL: "signal 9 (killed): somebody ended it, or the memory ran out"
    case SIGTERM: "signal 15 (terminated)"
    case SIGQUIT: "signal 3 (quit)"
    case SIGXFSZ: "signal \(number) (file size): it wrote more than `ulimit -f` allows"
    case SIGXCPU: "signal \(number) (processor time): it ran longer than `ulimit -t` allows"
    default: "signal \(number)"
    }
  }

  package static let interrupt = UInt8(SIGINT)
  package static let terminate = UInt8(SIGTERM)
  package static let hangUp = UInt8(SIGHUP)
  package static let stop = UInt8(SIGTSTP)
  package static let child = UInt8(SIGCHLD)

  private typealias Handler = @convention(c) (Int32) -> Void

  private static func wasIgnored(_ handler: Handler?) -> Bool {
    // SIG_IGN is the number 1 in place of a function, and nothing is ever called through it.
    let ignored: Handler? = SIG_IGN
    return unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(ignored, to: Int.self)
  }
}
