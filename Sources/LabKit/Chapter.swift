internal import Reports
internal import Requirements

/// A heading that the run makes, and below it what a closure shows: prose that is said again and again,
/// as in a loop, has no place of its own in the source.
///
/// ```swift
/// for seed in 1...3 {
///   try chapter("Seed \(seed)") {
///     show(train(seed: seed))
///   }
/// }
/// ```
///
/// The heading appears among the outputs of the cell; it is not in the table of contents, which is
/// known before the run.
///
/// - Parameters:
///   - title: The text of the heading. Plain text: nothing in it is Markdown.
///   - level: Its level, from 2 to 6.
///   - fileID: The file that shows it; leave it out.
///   - line: The line that shows it; leave it out.
///   - body: What shows what stands below it.
/// - Returns: What the closure returns.
/// - Throws: What the closure throws.
@discardableResult
public func chapter<Result>(
  _ title: String, level: Int = 3, fileID: String = #fileID, line: Int = #line,
  _ body: () throws -> Result
) rethrows -> Result {
  require((2...6).contains(level), "a chapter has a level from 2 to 6, not \(level)")
  let marks = String(repeating: "#", count: level)
  emit(.markdown("\(marks) \(MarkdownText.escaped(title))"), fileID, line) { title }
  return try body()
}
