/// Runs code that should throw, and shows the error that it throws.
///
/// ```swift
/// expectError { try designer.plan(from: 20, to: 400) }
/// ```
///
/// When nothing is thrown, that is shown as a failure, and the program exits with 3.
///
/// - Parameters:
///   - body: The code.
///   - fileID: The file that expects; leave it out.
///   - line: The line that expects; leave it out.
/// - Returns: The error; nil when none was thrown.
@discardableResult
public func expectError<Result>(
  fileID: String = #fileID, line: Int = #line, _ body: () throws -> Result
) -> (any Error)? {
  var caught: (any Error)?
  var failure = FailureOutput(.missing, message: "An error was expected, but none was thrown.")
  do {
    _ = try body()
  } catch {
    caught = error
    failure = FailureOutput(.expected, message: "\(error)")
  }
  emit(.failure(failure), fileID, line) { failure.message }
  return caught
}
