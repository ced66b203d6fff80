/// Makes a crash the end of the process, whoever looks at it on the way.
///
/// The Swift runtime handles the signals of a crash to print a backtrace, then returns: an
/// instruction at fault is run again and ends the process. But after a signal that was raised (by C
/// code, by `kill`) there is no such instruction, and the program would go on.
package enum CrashSignals {
  /// What handled the signals before, by number. Filled once, before the handlers are in place.
  nonisolated(unsafe) private static var former: UnsafeMutablePointer<sigaction>? = nil

  private static var numbers: [Int32] {
    [SIGSEGV, SIGABRT, SIGFPE, SIGILL, SIGBUS, SIGTRAP, SIGQUIT]
  }

  /// From now on, what has handled one of these signals is followed by the end of the process.
  package static func makeFinal() {
    let highest = Int(numbers.max() ?? 0)
    let table = UnsafeMutablePointer<sigaction>.allocate(capacity: highest + 1)
    unsafe table.initialize(repeating: sigaction(), count: highest + 1)
    unsafe former = table
    for number in numbers {
      // The table lives as long as the process, and each call fills or reads one entry.
      guard unsafe sigaction(number, nil, table + Int(number)) == 0,
        unsafe hasHandler(table[Int(number)])
      else { continue }
      var action = unsafe table[Int(number)]
      unsafe setHandler(&action) { number, information, context in
        if let former = unsafe CrashSignals.former {
          unsafe callHandler(former[Int(number)], number, information, context)
        }
        // The signal is blocked while it is handled: it comes once more when this returns.
        signal(number, SIG_DFL)
        raise(number)
      }
      unsafe sigaction(number, &action, nil)
    }
    Signals.unblock(numbers)
  }
}
