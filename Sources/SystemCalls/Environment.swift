/// The variables that this process was started with.
package enum Environment {
  /// The value of a variable, if it is set.
  package static func value(of name: String) -> String? {
    // `getenv` answers with a string of the environment's own or nil; it is copied at once.
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// Removes a variable.
  package static func remove(_ name: String) {
    unsafe unsetenv(name)
  }
}
