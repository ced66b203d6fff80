/// A process that this one started: this executable once more, or another program.
///
/// The child leads a process group of its own, so that whatever it starts ends with it, and a
/// Ctrl-C in the terminal reaches the parent alone, which decides.
package struct ChildProcess: Sendable {
  /// The process, which is also the process group.
  package let id: pid_t

  /// How a process ended.
  package enum Ending: Equatable, Sendable {
    case exited(Int32)
    case signalled(Int32)
  }

  /// Starts this executable, or the one at `program`, with `arguments` (the first is its name),
  /// `environment`, and `descriptors` as its 0, 1, 2 and so on.
  ///
  /// This executable is the file that this process runs, even when it was replaced since.
  package static func start(
    program: String? = nil, arguments: [String], environment: [String: String],
    descriptors: [Descriptor]
  ) throws(SystemError) -> ChildProcess {
    guard let path = program ?? systemExecutablePath() else {
      throw SystemError(action: "finding the lab's executable", code: ENOENT)
    }
    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var id: pid_t = 0
    let code: Int32 = unsafe withCStrings(arguments) { argv in
      unsafe withCStrings(variables) { envp in
        var actions = unsafe emptySpawnActions()
        var attributes = emptySpawnAttributes()
        // Both are initialised, used for the one call and destroyed here.
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
          unsafe posix_spawn_file_actions_destroy(&actions)
          unsafe posix_spawnattr_destroy(&attributes)
        }
        for (number, descriptor) in descriptors.enumerated() {
          unsafe posix_spawn_file_actions_adddup2(&actions, descriptor.raw, Int32(number))
        }
        // Signals that are ignored or blocked here (SIGPIPE) start afresh there.
        var all = sigset_t()
        var none = sigset_t()
        unsafe sigfillset(&all)
        unsafe sigemptyset(&none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &all)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        return unsafe posix_spawn(&id, path, &actions, &attributes, argv, envp)
      }
    }
    if code != 0 {
      throw SystemError(action: "starting " + (program ?? "the lab's run"), code: code)
    }
    return ChildProcess(id: id)
  }

  /// Ends the child and all that it started. Does nothing to what has ended.
  package func kill() {
    signal(SIGKILL)
  }

  /// What a running child can be told.
  package enum Request {
    case stop
    case resume
  }

  /// Tells the child and all that it started to stand still or to go on.
  package func signal(_ request: Request) {
    signal(request == .stop ? SIGSTOP : SIGCONT)
  }

  /// Sends a signal to the child's whole group.
  private func signal(_ number: Int32) {
    _ = systemKill(-id, number)
  }

  /// Ends what is left of the child and all that it started, and says how the child itself ended.
  /// Leaves no zombie.
  ///
  /// The group is ended before the child is reaped: until then its number is nobody else's.
  package func end() -> Ending {
    kill()
    var status: Int32 = 0
    // `waitpid` fills the number that it is given.
    while unsafe waitpid(id, &status, 0) < 0 {
      // No such child: a parent that ignores SIGCHLD has left the reaping to the system.
      if errno != EINTR { return .exited(0) }
    }
    return Self.ending(status)
  }

  /// Whether the child has ended. It is not reaped by this.
  package var isOver: Bool {
    var information = unsafe siginfo_t()
    // `waitid` fills the struct that it is given; without news it leaves the zeros.
    let code = unsafe waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT)
    return unsafe code != 0 || information.si_signo == SIGCHLD
  }

  /// The macros WIFEXITED and WTERMSIG of `wait.h`, which Swift does not import.
  private static func ending(_ status: Int32) -> Ending {
    let signal = status & 0x7f
    return signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
  }
}

/// Calls `body` with the strings as a null-terminated array of C strings, as `exec` wants them.
private func withCStrings<Result>(
  _ strings: [String],
  _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  // `strdup` copies, so the pointers outlive the strings; they are freed after the call.
  var copies: [UnsafeMutablePointer<CChar>?] = unsafe strings.map { unsafe strdup($0) }
  unsafe copies.append(nil)
  defer { unsafe copies.forEach { unsafe free($0) } }
  return unsafe copies.withUnsafeMutableBufferPointer { buffer in
    guard let base = buffer.baseAddress else { fatalError("an array without storage") }
    return unsafe body(base)
  }
}
