/// One file of a lab, scanned.
struct ScannedFile {
  var file: SourceFile
  var lines: [ScannedLine]
  var tokens: [SourceToken]

  /// The functions of its types, in order.
  var functions: [SourceFunction] = []

  /// Where the bodies of its types begin and end: lines of the braces.
  var types: [SourceType] = []

  /// The first place where its brackets stop matching each other.
  var imbalance: (line: Int, column: Int, message: String)?

  /// Whether it has `@main`.
  var isMain = false

  init(_ file: SourceFile) {
    self.file = file
    let scanner = SourceScanner(file.text)
    lines = scanner.lines
    tokens = scanner.tokens
    imbalance = scanner.imbalance
    findTypes()
  }
}

/// A type, or an extension of one, at the top level of a file.
struct SourceType {
  var name: String
  var isMain: Bool
  /// The line of its keyword.
  var line: Int
  /// The lines of its braces.
  var openLine: Int
  var closeLine: Int
}

/// A function of a type.
struct SourceFunction: Hashable {
  var typeName: String
  var name: String
  /// The index of its file.
  var file = 0
  /// Where `func` stands.
  var line: Int
  var column: Int
  /// The lines of its braces.
  var openLine: Int
  var closeLine: Int
  /// Brackets open inside it.
  var depth: Int
}

extension ScannedFile {
  private static let typeWords: Set<String> = ["struct", "class", "enum", "actor", "extension"]

  private mutating func findTypes() {
    var sawMain = false
    var type: SourceType?
    var pendingType: SourceType?
    var pendingFunction: SourceFunction?
    for (index, token) in tokens.enumerated() {
      switch (token.kind, token.depth) {
      case (.word("@main"), 0):
        sawMain = true
        isMain = true
      case (.word(let word), 0) where Self.typeWords.contains(word):
        guard let name = wordAfter(index) else { continue }
        pendingType = SourceType(
          name: name, isMain: sawMain, line: token.line, openLine: 0, closeLine: lines.count)
        sawMain = false
      case (.openBrace, 0):
        if var opened = pendingType {
          opened.openLine = token.line
          type = opened
        }
        pendingType = nil
      case (.closeBrace, 0):
        if var closed = type {
          closed.closeLine = token.line
          types.append(closed)
        }
        type = nil
      case (.word("func"), 1):
        guard let type, let name = wordAfter(index) else { continue }
        pendingFunction = SourceFunction(
          typeName: type.name, name: name, line: token.line, column: token.column, openLine: 0,
          closeLine: lines.count, depth: 2)
      case (.word("var"), 1), (.word("let"), 1), (.word("init"), 1), (.word("subscript"), 1):
        pendingFunction = nil
      case (.openBrace, 1): pendingFunction?.openLine = token.line
      case (.closeBrace, 1):
        if var closed = pendingFunction, closed.openLine > 0 {
          closed.closeLine = token.line
          functions.append(closed)
        }
        pendingFunction = nil
      default: break
      }
    }
  }

  private func wordAfter(_ index: Int) -> String? {
    guard index + 1 < tokens.count, case .word(let name) = tokens[index + 1].kind else {
      return nil
    }
    return name
  }

  /// The lines between the braces of a function.
  func body(of function: SourceFunction) -> ArraySlice<ScannedLine> {
    lines[min(function.openLine, function.closeLine - 1)..<(function.closeLine - 1)]
  }

  /// The line with a number counted from 1.
  func line(_ number: Int) -> ScannedLine { lines[number - 1] }
}
