// The one place that asks which C library this is. What it brings is visible in every file of this
// module, and in those of the package that import the module.
//
// `@preconcurrency`: `stdout` is a global variable of C, which changes once, before a lab runs
// (`PrintWatch`).
#if canImport(Glibc)
  @unsafe @preconcurrency @_exported public import Glibc
#elseif canImport(Musl)
  @unsafe @preconcurrency @_exported public import Musl
#elseif canImport(Darwin)
  @unsafe @preconcurrency @_exported public import Darwin
#endif

/// Whether a byte that C code or Swift printed could not be written.
func systemHasLostOutput() -> Bool {
  unsafe ferror(stdout) != 0 || ferror(stderr) != 0
}

/// Has the C library pass on every byte that is printed at once.
func systemUnbufferOutput() {
  // A null buffer with _IONBF asks it to keep none.
  unsafe setvbuf(stdout, nil, _IONBF, 0)
}

/// Keeps room for a file beyond its end: 0, or -1 and `errno`.
func systemKeepRoom(_ file: Int32, _ byteCount: off_t) -> Int32 {
  #if canImport(Darwin)
    var request = fstore_t(
      fst_flags: UInt32(F_ALLOCATEALL), fst_posmode: F_PEOFPOSMODE, fst_offset: 0,
      fst_length: byteCount, fst_bytesalloc: 0)
    // `fcntl` reads the struct, and fills one field of it.
    return unsafe fcntl(file, F_PREALLOCATE, &request)
  #else
    // `posix_fallocate` would change the length. The header shows `fallocate`, which need not, to
    // programs with `_GNU_SOURCE` only: `int fallocate(int, int, off_t, off_t)`.
    typealias Call = @convention(c) (Int32, Int32, off_t, off_t) -> Int32
    guard let symbol = unsafe dlsym(nil, "fallocate") else {
      errno = ENOSYS
      return -1
    }
    let keepSize: Int32 = 1
    return unsafe unsafeBitCast(symbol, to: Call.self)(file, keepSize, 0, byteCount)
  #endif
}

/// The limit for the length of a file, if there is one.
func systemLongestFile() -> Int? {
  var limit = rlimit()
  #if canImport(Glibc)
    let kind = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
  #else
    let kind = RLIMIT_FSIZE
  #endif
  // `getrlimit` fills the struct that it is given. Without a limit it says the largest number.
  guard unsafe getrlimit(kind, &limit) == 0 else { return nil }
  return Int(exactly: limit.rlim_cur)
}

/// The system and the processor that this program was built for: `Linux, x86-64`.
package let platformName: String = {
  #if os(Linux)
    let system = "Linux"
  #elseif os(macOS)
    let system = "macOS"
  #else
    let system = "another system"
  #endif
  #if arch(x86_64)
    let processor = "x86-64"
  #elseif arch(arm64)
    let processor = "arm64"
  #else
    let processor = "another processor"
  #endif
  return "\(system), \(processor)"
}()
