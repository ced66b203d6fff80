// The one place that asks which C library this is. What it brings is visible in every file of this
// module, and in those of the package that import the module.
//
// `@preconcurrency`: `stdout` is a global variable of C, which never changes once the program runs.
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
