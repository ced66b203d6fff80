// System calls whose names are also those of our own methods, under names that are not: inside a
// type with a method `read`, Swift would take every `read` for that one. Each is called from one
// place, which retries what a signal interrupted and turns a failure into a `SystemError`.

func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(file, buffer, count)
}

func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(file, buffer, count)
}

func systemClose(_ file: Int32) -> Int32 { close(file) }

func systemKill(_ process: pid_t, _ number: Int32) -> Int32 { kill(process, number) }

func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
  unsafe open(path, flags | O_CLOEXEC, mode)
}

func systemLink(_ old: String, _ new: String) -> Int32 { unsafe link(old, new) }

func systemRename(_ old: String, _ new: String) -> Int32 { unsafe rename(old, new) }

/// `SOCK_STREAM`, which is an enumeration in one C library and a number in the others.
var streamSocket: Int32 {
  #if canImport(Glibc)
    Int32(SOCK_STREAM.rawValue)
  #else
    SOCK_STREAM
  #endif
}

/// The path of the file that this process runs; nil when the system does not say.
func systemExecutablePath() -> String? {
  #if canImport(Darwin)
    var size: UInt32 = 0
    _ = unsafe _NSGetExecutablePath(nil, &size)
    var path = [CChar](repeating: 0, count: Int(size) + 1)
    return unsafe _NSGetExecutablePath(&path, &size) == 0 ? String(cString: path) : nil
  #else
    // The file itself, even when it was replaced or removed since.
    "/proc/self/exe"
  #endif
}

#if canImport(Darwin)
  typealias SpawnActions = posix_spawn_file_actions_t?
  typealias SpawnAttributes = posix_spawnattr_t?
  func emptySpawnActions() -> SpawnActions { nil }
  func emptySpawnAttributes() -> SpawnAttributes { nil }
#else
  typealias SpawnActions = posix_spawn_file_actions_t
  typealias SpawnAttributes = posix_spawnattr_t
  func emptySpawnActions() -> SpawnActions { unsafe posix_spawn_file_actions_t() }
  func emptySpawnAttributes() -> SpawnAttributes { posix_spawnattr_t() }
#endif

/// What handles a signal when it also wants to know why it came.
typealias SignalHandler =
  @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void

// The field with the handler has another name in every C library.
#if canImport(Glibc)
  func setHandler(_ action: inout sigaction, _ handler: @escaping SignalHandler) {
    unsafe action.__sigaction_handler.sa_sigaction = handler
  }
  private func handler(_ action: sigaction) -> SignalHandler? {
    unsafe action.__sigaction_handler.sa_sigaction
  }
#elseif canImport(Musl)
  func setHandler(_ action: inout sigaction, _ handler: @escaping SignalHandler) {
    unsafe action.__sa_handler.sa_sigaction = handler
  }
  private func handler(_ action: sigaction) -> SignalHandler? {
    unsafe action.__sa_handler.sa_sigaction
  }
#else
  func setHandler(_ action: inout sigaction, _ handler: @escaping SignalHandler) {
    unsafe action.__sigaction_u.__sa_sigaction = handler
  }
  private func handler(_ action: sigaction) -> SignalHandler? {
    unsafe action.__sigaction_u.__sa_sigaction
  }
#endif

/// Whether a function handles the signal, one that is told why it came. The default and "ignore" are
/// the numbers 0 and 1 in place of a function.
func hasHandler(_ action: sigaction) -> Bool {
  guard action.sa_flags & Int32(SA_SIGINFO) != 0, let handler = unsafe handler(action) else {
    return false
  }
  return unsafe unsafeBitCast(handler, to: Int.self) > 1
}

func callHandler(
  _ action: sigaction, _ number: Int32, _ information: UnsafeMutablePointer<siginfo_t>?,
  _ context: UnsafeMutableRawPointer?
) {
  unsafe handler(action)?(number, information, context)
}

/// Repeats a call that answers -1 for a failure while signals interrupt it.
@discardableResult
func retrying<Number: SignedInteger>(
  _ action: @autoclosure () -> String, _ call: () -> Number
) throws(SystemError) -> Number {
  while true {
    let result = call()
    if result >= 0 { return result }
    if errno != EINTR { throw .last(action()) }
  }
}
