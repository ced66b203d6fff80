/// A line of a lab's source, as `#fileID` and `#line` name it.
public struct SourceLocation: Codable, Hashable, Sendable {
  /// Module and file name, as `#fileID` gives it: `lab10/Lab10.swift`.
  public var fileID: String

  /// The line, counted from 1.
  public var line: Int

  /// Names a line of a file.
  public init(fileID: String, line: Int) {
    self.fileID = fileID
    self.line = line
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `lab10/Lab10.swift:34`.
  public var description: String { "\(fileID):\(line)" }
}

/// One source file of a lab, as it was compiled.
public struct SourceFile: Codable, Hashable, Sendable {
  /// Module and file name, as `#fileID` gives it: `lab10/Lab10.swift`.
  public var fileID: String

  /// The path that messages show, as a compiler prints it: `Labs/Lab10/Lab10.swift`.
  public var path: String

  /// The text of the file, UTF-8, with `\n` between lines.
  public var text: String

  /// A file with its text.
  public init(fileID: String, path: String, text: String) {
    self.fileID = fileID
    self.path = path
    self.text = text
  }
}
