/// Which lines of cells may start other programs.
///
/// What another program prints comes without a line, and nothing tells when. It belongs to the cell
/// that started it: the first of those that were run since the last word from the lab which calls
/// anything that can start one.
struct ProgramCalls: Sendable {
  /// For each file the numbers of the lines, sorted.
  private var lines: [String: [Int]] = [:]

  /// What starts programs, in Foundation and in C, and what writes past the C library's streams.
  private static let words: Set<String> = [
    "Process", "Subprocess", "waitUntilExit", "system", "popen", "posix_spawn", "posix_spawnp",
    "fork", "execv", "execve", "execvp", "write", "FileHandle",
  ]

  /// - Parameter deferred: The lines inside closures and nested functions.
  init(_ files: [ScannedFile], deferred: [String: Set<Int>]) {
    let named = files.map(\.named)
    let loud = Self.loudNames(files, named)
    for (file, functions) in zip(files, named) {
      let nested = functions.filter(\.isNested).map(\.lines)
      let later = deferred[file.file.fileID] ?? []
      var previous = ""
      for token in file.tokens {
        guard case .word(let word) = token.kind else { continue }
        // A declaration calls nothing.
        if loud.contains(word), previous != "func", lines[file.file.fileID]?.last != token.line,
          !later.contains(token.line) || !nested.contains(where: { $0.contains(token.line) })
        {
          lines[file.file.fileID, default: []].append(token.line)
        }
        previous = word
      }
    }
  }

  /// The words, and the names of functions and closures in which one of them stands, or the name of
  /// another such function.
  private static func loudNames(
    _ files: [ScannedFile], _ named: [[ScannedFile.Named]]
  ) -> Set<String> {
    var loud = words
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for (file, functions) in zip(files, named) {
        for function in functions where !loud.contains(function.name) {
          let isLoud = file.tokens[function.tokens].contains { token in
            if case .word(let word) = token.kind { loud.contains(word) } else { false }
          }
          if isLoud, function.name != "report" {
            loud.insert(function.name)
            isGrowing = true
          }
        }
      }
    }
    return loud
  }

  /// The first line of a stretch that may start a program.
  func first(in range: ClosedRange<Int>, of fileID: String) -> Int? {
    lines[fileID]?.first { range.contains($0) }
  }
}

extension ScannedFile {
  /// A function or closure with a name.
  struct Named {
    var name: String
    var lines: ClosedRange<Int>
    /// Its tokens, braces included.
    var tokens: Range<Int>
    /// Whether it stands inside another function.
    var isNested: Bool
  }

  /// `func name … { … }` and `let name = { … }`, wherever they stand.
  var named: [Named] {
    var result: [Named] = []
    /// The open braces: the index of their token, and the name of what they belong to.
    var open: [(index: Int, name: String?)] = []
    var pending: (name: String, line: Int, depth: Int, isFunction: Bool)?
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .word("func"), .word("let"), .word("var"):
        guard index + 1 < tokens.count, case .word(let name) = tokens[index + 1].kind else {
          continue
        }
        pending = (name, token.line, token.depth, token.kind == .word("func"))
      case .word: continue
      case .openBrace:
        var name: String?
        if let found = pending, found.depth == token.depth,
          found.isFunction || (found.line == token.line && index >= 1)
        {
          name = found.name
        }
        pending = nil
        open.append((index, name))
      case .closeBrace:
        guard let (start, name) = open.popLast(), let name else { continue }
        result.append(
          Named(
            name: name, lines: tokens[start].line...max(tokens[start].line, token.line),
            tokens: start..<(index + 1), isNested: tokens[start].depth > 1))
      }
    }
    return result
  }
}
