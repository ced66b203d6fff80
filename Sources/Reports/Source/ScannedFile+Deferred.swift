/// Code that does not run where it stands.
extension ScannedFile {
  private static let controlWords: Set<String> = [
    "if", "else", "for", "while", "repeat", "do", "switch", "guard", "catch", "defer", "case",
    "default",
  ]

  /// The lines from the brace that opens a closure or a nested function to the one that closes it.
  ///
  /// Braces of `if`, `for` and their like are told by the word that begins their line. To take one
  /// of them for a closure costs a look at the call stack and changes nothing.
  var deferredLines: Set<Int> {
    var result: Set<Int> = []
    /// The open braces: their lines, and whether they run later.
    var open: [(line: Int, isDeferred: Bool)] = []
    var lastBrace = 0
    for token in tokens {
      switch token.kind {
      case .word: continue
      case .openBrace:
        open.append((token.line, isDeferred(token, isFirst: token.line != lastBrace)))
        lastBrace = token.line
      case .closeBrace:
        guard let (line, isDeferred) = open.popLast() else { continue }
        // Types and the functions that are woven hold cells; they are no closures.
        if isDeferred, line <= token.line { result.formUnion(line...token.line) }
      }
    }
    return result
  }

  /// - Parameter isFirst: Whether no other brace opens before it on its line.
  private func isDeferred(_ brace: SourceToken, isFirst: Bool) -> Bool {
    let line = self.line(brace.line)
    // Depth 0 and 1 are types and their functions.
    guard brace.depth > 1 else { return false }
    var words = line.code.split { !($0.isLetter || $0.isNumber || $0 == "_") }[...]
    // It calls its closure at once, and shows something itself: a look at the call stack, which reads the
    // symbols of the whole program, would cost tens of megabytes.
    if isFirst, words.first == "expectError" { return false }
    // `} else {`, `outer: for`, `let x = if a {`
    while let word = words.first, !Self.controlWords.contains(String(word)) {
      words = words.dropFirst()
    }
    guard !words.isEmpty else { return true }
    // In parentheses it is an argument: `if all.contains(where: { … }) {`.
    var depth = line.depth
    if line.code.hasPrefix("}") { depth -= 1 }
    return brace.depth > depth
  }
}
