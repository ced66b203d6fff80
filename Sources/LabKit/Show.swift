internal import PNGCoding

/// Shows a table under the lines that show it.
///
/// - Parameters:
///   - table: The table.
///   - fileID: The file that shows it; leave it out.
///   - line: The line that shows it; leave it out.
public func show(_ table: Table, fileID: String = #fileID, line: Int = #line) {
  emit(.table(table), fileID, line) { "\(table)" }
}

/// Shows the description of a value under the lines that show it: a shape, a tensor, a string, a
/// number, anything.
///
/// - Parameters:
///   - value: The value; its `description` is shown.
///   - fileID: The file that shows it; leave it out.
///   - line: The line that shows it; leave it out.
@_disfavoredOverload
public func show<Value>(_ value: Value, fileID: String = #fileID, line: Int = #line) {
  let text = String(describing: value)
  emit(.value(text), fileID, line) { text }
}

/// Weaves Markdown that the lab made into its report.
///
/// - Parameters:
///   - markdown: The Markdown, as it will stand in the report.
///   - fileID: The file that shows it; leave it out.
///   - line: The line that shows it; leave it out.
public func show(markdown: String, fileID: String = #fileID, line: Int = #line) {
  emit(.markdown(markdown), fileID, line) { markdown }
}

/// Prints values under the lines that print them, as the standard `print` would.
///
/// This one is chosen over the standard library's wherever LabKit is imported, because it knows
/// its line. Outside of a lab's run it prints to standard output.
///
/// - Parameters:
///   - items: What is printed.
///   - separator: What stands between two items.
///   - terminator: What stands after the last.
///   - fileID: The file that prints; leave it out.
///   - line: The line that prints; leave it out.
public func print<each Item>(
  _ items: repeat each Item, separator: String = " ", terminator: String = "\n",
  fileID: String = #fileID, line: Int = #line
) {
  var pieces: [String] = []
  for item in repeat each items { pieces.append(String(describing: item)) }
  emitText(pieces, separator, terminator, fileID, line)
}

/// Prints what a debugger would show of values under the lines that print them.
///
/// - Parameters:
///   - items: What is printed.
///   - separator: What stands between two items.
///   - terminator: What stands after the last.
///   - fileID: The file that prints; leave it out.
///   - line: The line that prints; leave it out.
public func debugPrint<each Item>(
  _ items: repeat each Item, separator: String = " ", terminator: String = "\n",
  fileID: String = #fileID, line: Int = #line
) {
  var pieces: [String] = []
  for item in repeat each items { pieces.append(String(reflecting: item)) }
  emitText(pieces, separator, terminator, fileID, line)
}

private func emitText(
  _ pieces: [String], _ separator: String, _ terminator: String, _ fileID: String, _ line: Int
) {
  let text = pieces.joined(separator: separator) + terminator
  if let session = Session.current {
    session.show(.text(text, .standardOutput), fileID: fileID, line: line)
  } else {
    Swift.print(text, terminator: "")
  }
}

/// Sends an output to the run in progress, or prints it where there is none.
func emit(
  _ output: Output, _ fileID: String, _ line: Int, orPrint text: () -> String
) {
  if let session = Session.current {
    session.show(output, fileID: fileID, line: line)
  } else {
    Swift.print(text())
  }
}
