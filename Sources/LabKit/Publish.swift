public import Numbers

/// Gives a number a name, under which prose (`\(accuracy)`), tables and the check know it.
///
/// - Parameters:
///   - name: The name; the same as the variable's reads best.
///   - value: The number.
///   - format: How it is written.
///   - tolerance: How far the number of a committed report may be off. Nil means not at all, which
///     is right for whatever LabKit computes: its results are the same bits everywhere.
///   - isVolatile: Whether it differs from run to run (a duration): the check asks for its form.
///   - source: Where the number comes from when it is quoted, not computed.
///   - fileID: The file that publishes it; leave it out.
///   - line: The line that publishes it; leave it out.
/// - Returns: What was published: a table's cell can be made from it.
@discardableResult
public func publish(
  _ name: String, _ value: some BinaryFloatingPoint, as format: NumberFormat = .automatic,
  tolerance: Tolerance? = nil, volatile isVolatile: Bool = false, quotedFrom source: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Published {
  publish(
    Published(
      name, value: Double(value), format: format, tolerance: tolerance, isVolatile: isVolatile,
      quotedFrom: source, at: SourceLocation(fileID: fileID, line: line)))
}

/// Gives a whole number a name, under which prose, tables and the check know it.
///
/// The parameters are those of ``publish(_:_:as:tolerance:volatile:quotedFrom:fileID:line:)``.
@discardableResult
public func publish(
  _ name: String, _ value: some BinaryInteger, as format: NumberFormat = .integer,
  tolerance: Tolerance? = nil, volatile isVolatile: Bool = false, quotedFrom source: String? = nil,
  fileID: String = #fileID, line: Int = #line
) -> Published {
  publish(
    Published(
      name, value: Double(value), format: format, tolerance: tolerance, isVolatile: isVolatile,
      quotedFrom: source, at: SourceLocation(fileID: fileID, line: line)))
}

/// Gives a value that is not a number a name, under which prose and tables know it.
///
/// - Parameters:
///   - name: The name.
///   - value: The value; its `description` is what readers see.
///   - isVolatile: Whether it differs from run to run.
///   - source: Where it comes from when it is quoted, not computed.
///   - fileID: The file that publishes it; leave it out.
///   - line: The line that publishes it; leave it out.
/// - Returns: What was published.
@discardableResult
@_disfavoredOverload
public func publish(
  _ name: String, _ value: some CustomStringConvertible, volatile isVolatile: Bool = false,
  quotedFrom source: String? = nil, fileID: String = #fileID, line: Int = #line
) -> Published {
  publish(
    Published(
      name, text: value.description, isVolatile: isVolatile, quotedFrom: source,
      at: SourceLocation(fileID: fileID, line: line)))
}

private func publish(_ published: Published) -> Published {
  Session.current?.send(.publish(published))
  return published
}
