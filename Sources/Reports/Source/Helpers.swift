/// What the cells of a lab use and no cell shows: its helpers and parameters.
enum Helpers {
  /// Their names, in the order of use.
  static func names(
    _ files: [ScannedFile], blocks: [SourceBlock], woven: Set<SourceFunction>, lab: String
  ) -> [String] {
    var shown: [Int: Set<Int>] = [:]
    for case .cell(let cell) in blocks {
      shown[cell.file, default: []].formUnion(cell.code.map(\.line))
    }
    var declared: Set<String> = []
    for (index, file) in files.enumerated() {
      let isShown = { (line: Int) in shown[index]?.contains(line) ?? false }
      let chapters = Set(woven.filter { $0.file == index }.map(\.openLine))
      for function in file.named
      where !function.isNested && !isShown(function.lines.lowerBound)
        && !chapters.contains(function.lines.lowerBound)
      {
        declared.insert(function.name)
      }
      for type in file.types where type.name != lab && !isShown(type.openLine) {
        declared.insert(type.name)
      }
      let own = file.types.filter { $0.name == lab }.map { $0.openLine...$0.closeLine }
      for (token, next) in zip(file.tokens, file.tokens.dropFirst()) {
        guard token.depth == 1, token.kind == .word("var") || token.kind == .word("let"),
          case .word(let name) = next.kind, own.contains(where: { $0.contains(token.line) }),
          !isShown(token.line)
        else { continue }
        declared.insert(name)
      }
    }
    if declared.isEmpty { return [] }
    var words: [[Int: [String]]] = []
    for (index, file) in files.enumerated() {
      var ofFile: [Int: [String]] = [:]
      for token in file.tokens {
        guard case .word(let word) = token.kind, shown[index]?.contains(token.line) ?? false,
          declared.contains(word)
        else { continue }
        ofFile[token.line, default: []].append(word)
      }
      words.append(ofFile)
    }
    var used: [String] = []
    for case .cell(let cell) in blocks {
      for word in cell.code.flatMap({ words[cell.file][$0.line] ?? [] })
      where declared.remove(word) != nil {
        used.append(word)
      }
    }
    return used
  }
}
