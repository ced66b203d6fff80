/// One complaint about a lab's source, printed as compilers print theirs.
public struct Diagnostic: Codable, Hashable, Sendable {
  /// The path of the file, as the reader can open it.
  public var path: String

  /// The line, counted from 1.
  public var line: Int

  /// The column, counted from 1 in UTF-8 bytes, as swiftc counts it.
  public var column: Int

  /// What is wrong and what would be right, in one sentence.
  public var message: String

  /// The offending line itself; empty when there is none.
  public var sourceLine: String

  /// A complaint about one place.
  public init(path: String, line: Int, column: Int, message: String, sourceLine: String = "") {
    self.path = path
    self.line = line
    self.column = column
    self.message = message
    self.sourceLine = sourceLine
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `path:line:column: error: message`, then the line with a caret under the column.
  public var description: String {
    let head = "\(path):\(line):\(column): error: \(message)"
    guard !sourceLine.isEmpty else { return head }
    let before = String(decoding: sourceLine.utf8.prefix(column - 1), as: UTF8.self)
    let indent = String(before.map { $0 == "\t" ? "\t" : " " })
    return "\(head)\n  \(sourceLine)\n  \(indent)^"
  }
}

/// All complaints about a lab's source, in the order of its files and lines.
///
/// Weaving does not stop at the first mistake: everything wrong is said in one go.
public struct SourceDiagnostics: Error, Hashable, Sendable {
  /// The complaints; never empty when thrown.
  public var diagnostics: [Diagnostic]

  /// Gathers complaints.
  public init(_ diagnostics: [Diagnostic]) {
    self.diagnostics = diagnostics
  }
}

extension SourceDiagnostics: CustomStringConvertible {
  /// Every complaint, each starting a line.
  public var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
