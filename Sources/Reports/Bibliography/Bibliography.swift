/// The works that a lab can cite: the entries of the files that its front matter names.
struct Bibliography: Hashable, Sendable {
  private var entries: [String: BibTeX.Entry] = [:]

  /// Whether the front matter names any file.
  private(set) var isNamed = false

  /// What is wrong with the files, and with their names.
  private(set) var diagnostics: [Diagnostic] = []

  init() {}

  /// Reads the files that the front matter names.
  ///
  /// - Parameters:
  ///   - names: Names of files, from the folder of the lab's main file on.
  ///   - main: That file.
  ///   - files: The files that the lab brought along.
  ///   - complain: Makes a complaint about the front matter.
  init(
    _ names: [String], main: SourceFile, files: [SourceFile],
    complain: (String) -> Diagnostic
  ) {
    isNamed = !names.isEmpty
    let folder = main.path.lastIndex(of: "/").map { main.path[...$0] } ?? ""
    for name in names {
      let path = Self.normal(folder + name)
      guard let file = files.first(where: { Self.normal($0.path) == path }) else {
        let known = files.map { "'\($0.path.dropFirst(folder.count))'" }.joined(separator: ", ")
        diagnostics.append(
          complain(
            "there is no '\(path)' for 'bibliography': the file belongs into the lab's folder"
              + (known.isEmpty ? ", and its name ends in .bib" : ", which has \(known)")))
        continue
      }
      let read = BibTeX(file.text)
      let lines = file.text.documentLines
      for mistake in read.mistakes {
        diagnostics.append(
          Diagnostic(
            path: file.path, line: mistake.line, column: mistake.column, message: mistake.message,
            sourceLine: lines.indices.contains(mistake.line - 1) ? lines[mistake.line - 1] : ""))
      }
      // The first file that has a key wins, as in BibTeX.
      for entry in read.entries where entries[entry.key] == nil { entries[entry.key] = entry }
    }
  }

  func has(_ key: String) -> Bool { entries[key] != nil }

  var keys: [String] { entries.keys.sorted() }

  /// The references to some of the works, sorted as a list shows them.
  func references(to keys: Set<String>) -> [Reference] {
    var result = keys.compactMap { entries[$0].map(Reference.init) }
    result.sort { first, second in
      if first.order == second.order { return first.key < second.key }
      return first.order.lexicographicallyPrecedes(second.order)
    }
    // Works that a reader could not tell apart get a letter each.
    let same = Dictionary(grouping: result.indices) { [result[$0].names, result[$0].year] }
    for indices in same.values where indices.count > 1 {
      for (number, index) in indices.enumerated() { result[index].year += Self.letters(number) }
    }
    return result
  }

  /// a, b, …, z, aa, ab, …
  private static func letters(_ number: Int) -> String {
    let letter = String(UnicodeScalar(UInt8(97 + number % 26)))
    return (number >= 26 ? letters(number / 26 - 1) : "") + letter
  }

  private static func normal(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}
