/// The hook that the Swift runtime offers to testing libraries and debuggers.
package enum RuntimeHook {
  private typealias Handler = @convention(c) (Int) -> Void
  private typealias Setter = @convention(c) (Handler?) -> Void

  /// Has a function called at every `throw`, with the address of the error's box. Does nothing
  /// where the runtime has no such hook.
  package static func setWillThrow(_ handler: @convention(c) (Int) -> Void) {
    guard let symbol = unsafe dlsym(nil, "_swift_setWillThrowHandler") else { return }
    // The runtime declares it as `void _swift_setWillThrowHandler(void (*)(SwiftError *))`.
    unsafe unsafeBitCast(symbol, to: Setter.self)(handler)
  }
}
