/// Traps with a sentence when a condition that the caller owes does not hold.
///
/// For a programmer's mistake (shapes that do not fit, an index out of range): the sentence says
/// what was expected and what came. What the world can get wrong (a file, a command line) throws
/// an error instead.
///
/// `precondition` would be silent here: under `-O` it traps without printing its message, and the
/// numeric and raster modules are optimised in every configuration.
///
/// - Parameters:
///   - condition: What must hold.
///   - message: One sentence with the expected and the actual value; only evaluated on failure.
@inlinable
@inline(__always)
public func require(
  _ condition: @autoclosure () -> Bool,
  _ message: @autoclosure () -> String,
  file: StaticString = #fileID,
  line: UInt = #line
) {
  if !condition() { requirementFailed(message(), file: file, line: line) }
}

/// The cold half of ``require(_:_:file:line:)``: prints the sentence on standard error and traps.
///
/// To be called directly where a `guard` found the broken condition and holds the sentence.
@inline(never)
public func requirementFailed(
  _ message: String, file: StaticString = #fileID, line: UInt = #line
) -> Never {
  // `fatalError` prints in every build configuration.
  fatalError(Place.prefix + message, file: file, line: line)
}
