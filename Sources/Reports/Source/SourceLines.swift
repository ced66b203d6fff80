/// The lines of source files, taken apart when the first of a file is asked for, and once.
final class SourceLines {
  private let files: [SourceFile]
  private var lines: [Int: [String]] = [:]

  init(_ files: [SourceFile]) { self.files = files }

  func path(_ file: Int) -> String { files[file].path }

  /// A line, counted from 1; empty where there is none.
  func line(_ number: Int, of file: Int) -> String {
    let lines = lines[file] ?? files[file].text.documentLines
    self.lines[file] = lines
    return lines.indices.contains(number - 1) ? lines[number - 1] : ""
  }
}
