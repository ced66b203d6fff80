/// One source file of the lab, as it will be known to the woven report.
struct EmbeddedFile {
  /// What `#fileID` says in that file: `module/File.swift`.
  let fileID: String
  /// The path from the package folder, for messages.
  let path: String
  let text: String
}

/// A sentence for the build log.
struct EmbeddingError: Error, CustomStringConvertible {
  let description: String
}

/// The Swift file that carries the source text of a lab.
struct GeneratedSource {
  let text: String

  /// - Parameter foundations: The digest of what the lab's own code stands on.
  init(_ files: [EmbeddedFile], foundations: String = "") throws {
    let mains = files.compactMap { file in
      EntryPoint(in: file.text).map { (file: file, entry: $0) }
    }
    guard let main = mains.first else {
      throw EmbeddingError(
        description:
          "\(files.first?.path ?? ""): error: no file of this lab has a type marked @main")
    }
    guard mains.count == 1 else {
      throw EmbeddingError(
        description: "\(mains[1].file.path):\(mains[1].entry.line): error: a second @main type; "
          + "the first is in \(main.file.path)")
    }
    // The main file first: that is where the write-up begins.
    let ordered = [main.file] + files.filter { $0.fileID != main.file.fileID }
    let access = main.entry.isPublic ? "public " : ""
    text = """
      // Written by SourceEmbedder from the files of this target; do not edit.
      \(access)import LabKit

      extension \(main.entry.typeName) {
        \(access)static var sources: [SourceFile] {
          [
      \(ordered.map(Self.literal).joined(separator: ",\n"))
          ]
        }

        \(access)static var foundations: String { \(Self.quoted(foundations)) }
      }

      """
  }

  private static func literal(_ file: EmbeddedFile) -> String {
    // A raw literal with more number signs than the text has in a row holds any text as it is.
    let fence = String(repeating: "#", count: longestRun(of: "#", in: file.text) + 1)
    return """
            SourceFile(
              fileID: \(quoted(file.fileID)), path: \(quoted(file.path)),
              text: \(fence)\"\"\"
      \(file.text)
      \"\"\"\(fence))
      """
  }

  private static func quoted(_ text: String) -> String {
    let fence = String(repeating: "#", count: longestRun(of: "#", in: text) + 1)
    return "\(fence)\"\(text)\"\(fence)"
  }

  private static func longestRun(of wanted: Character, in text: String) -> Int {
    var longest = 0
    var run = 0
    for character in text {
      run = character == wanted ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}

/// Where a lab begins: the type that is marked `@main`.
struct EntryPoint {
  var typeName: String
  var line: Int
  var isPublic: Bool

  /// Finds `@main` at the start of a line (comments and literals begin otherwise), then the name
  /// after `struct`, `enum`, `class` or `actor`.
  init?(in text: String) {
    var isMarked = false
    var isPublic = false
    // What the compiler counts as lines: a form feed, which is a newline as a character, ends none.
    let lines = text.split(omittingEmptySubsequences: false) {
      $0 == "\n" || $0 == "\r\n" || $0 == "\r"
    }
    for (index, line) in lines.enumerated() {
      var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "\r" })
      if words.first == "@main" {
        isMarked = true
        words.removeFirst()
      }
      guard isMarked else { continue }
      if let word = words.first, word.hasPrefix("//") { continue }
      isPublic = isPublic || words.contains("public")
      if let keyword = words.firstIndex(where: {
        ["struct", "enum", "class", "actor"].contains($0)
      }),
        keyword + 1 < words.count
      {
        typeName = String(
          words[keyword + 1].prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "`" })
        self.line = index + 1
        self.isPublic = isPublic
        return
      }
    }
    return nil
  }
}
