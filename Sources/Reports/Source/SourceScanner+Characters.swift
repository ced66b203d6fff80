/// What a character of source is: code, string, comment or regex.
extension SourceScanner {
  mutating func scanBlockComment() {
    if sees("*/") {
      commentDepth -= 1
      position += 2
    } else if sees("/*") {
      commentDepth += 1
      position += 2
    } else {
      position += 1
    }
  }

  mutating func scanString(_ literal: Literal) {
    lineCode.append(bytes[position])
    lastByte = bytes[position]
    if literal.isRegex {
      scanRegex(literal)
      return
    }
    if sees("\\"), pounds(at: 1) >= literal.pounds {
      let escaped = byte(1 + literal.pounds)
      if escaped == UInt8(ascii: "(") {
        literals[literals.count - 1].interpolation = depth
        position += 1 + literal.pounds
        open(UInt8(ascii: "("))
        position += 1
      } else {
        // A line end after the backslash is the business of the main loop, as is the text's end.
        let isEnd = escaped == nil || escaped == UInt8(ascii: "\n")
        position += (isEnd ? 1 : 2) + literal.pounds
      }
      return
    }
    let quotes = literal.isMultiline ? 3 : 1
    if (0..<quotes).allSatisfy({ byte($0) == UInt8(ascii: "\"") }),
      pounds(at: quotes) >= literal.pounds
    {
      literals.removeLast()
      position += quotes + literal.pounds
    } else {
      position += 1
    }
  }

  /// A line of `#/…/#` over several lines.
  private mutating func scanRegex(_ literal: Literal) {
    if sees("/"), pounds(at: 1) >= literal.pounds {
      literals.removeLast()
      position += 1 + literal.pounds
    } else if sees("\\"), let next = byte(1), next != UInt8(ascii: "\n") {
      position += 2
    } else {
      position += 1
    }
  }

  func pounds(at offset: Int) -> Int {
    var count = 0
    while byte(offset + count) == UInt8(ascii: "#") { count += 1 }
    return count
  }

  mutating func scanCode(_ current: UInt8) {
    switch current {
    case UInt8(ascii: "/") where sees("//"):
      lineComment = position
      while let next = byte(), next != UInt8(ascii: "\n") {
        _ = next
        position += 1
      }
      return
    case UInt8(ascii: "/") where sees("/*"):
      commentDepth = 1
      position += 2
      return
    case UInt8(ascii: "/"):
      if let end = bareRegexEnd() {
        lineCode.append(current)
        lastByte = current
        lastWord = []
        position = end
        return
      }
    case UInt8(ascii: "\""):
      openString(pounds: 0)
      return
    case UInt8(ascii: "#"):
      let count = pounds(at: 0)
      if byte(count) == UInt8(ascii: "\"") {
        lineCode += bytes[position..<position + count]
        position += count
        openString(pounds: count)
        return
      }
      if byte(count) == UInt8(ascii: "/") {
        skipExtendedRegex(pounds: count)
        return
      }
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
      if current == UInt8(ascii: "{") { addToken(.openBrace) }
      open(current)
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      close(current)
      if current == UInt8(ascii: "}") { addToken(.closeBrace) }
      if let last = literals.last, last.interpolation == depth {
        literals[literals.count - 1].interpolation = nil
      }
    default:
      if Self.isWord(current) || current == UInt8(ascii: "@") {
        scanWord()
        return
      }
    }
    if !current.isSpace {
      lastByte = current
      lastWord = []
    }
    lineCode.append(current)
    position += 1
  }

  mutating func openString(pounds: Int) {
    let isMultiline = sees("\"\"\"")
    lineCode += bytes[position..<position + (isMultiline ? 3 : 1)]
    literals.append(Literal(pounds: pounds, isMultiline: isMultiline))
    position += isMultiline ? 3 : 1
  }

  /// Words that an expression can follow.
  private static let beforeExpression: Set<String> = [
    "return", "try", "await", "in", "case", "where", "if", "guard", "while", "throw", "yield",
    "switch",
    "else", "do",
  ]

  /// Where a bare regex `/…/` that begins here ends, if it is one and no division: an expression
  /// can begin here, no space follows, and the line holds its end.
  func bareRegexEnd() -> Int? {
    // At the beginning of a line, as an operator with no space after it would be a prefix.
    let isFirst = lineCode.allSatisfy(\.isSpace)
    let isAfterWord =
      !lastWord.isEmpty && Self.beforeExpression.contains(String(decoding: lastWord, as: UTF8.self))
    guard isFirst || isAfterWord || lastByte.map({ "=(,:[{!&|?;".utf8.contains($0) }) ?? true,
      let next = byte(1), next != UInt8(ascii: " "), next != UInt8(ascii: "=")
    else { return nil }
    var index = position + 1
    var isInClass = false
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      switch bytes[index] {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "["): isInClass = true
      case UInt8(ascii: "]"): isInClass = false
      case UInt8(ascii: "/") where !isInClass: return index + 1
      default: break
      }
      index += 1
    }
    return nil
  }

  /// `#/…/#` may hold quotes and brackets that are not code.
  mutating func skipExtendedRegex(pounds count: Int) {
    lineCode += bytes[position...(position + count)]
    lastByte = UInt8(ascii: "/")
    lastWord = []
    position += count + 1
    // With nothing after it on its line, it goes on over the next ones.
    let rest = bytes[position...].prefix { $0 != UInt8(ascii: "\n") }
    if rest.allSatisfy(\.isSpace) {
      literals.append(Literal(pounds: count, isMultiline: true, isRegex: true))
      return
    }
    while let next = byte() {
      if next == UInt8(ascii: "\n") { return }
      if next == UInt8(ascii: "/"), pounds(at: 1) >= count {
        position += 1 + count
        return
      }
      position += 1
    }
  }

  mutating func scanWord() {
    let start = position
    position += 1
    while let next = byte(), Self.isWord(next) {
      _ = next
      position += 1
    }
    let word = bytes[start..<position]
    lineCode += word
    lastWord = Array(word)
    lastByte = word.last
    tokens.append(
      SourceToken(
        kind: .word(String(decoding: word, as: UTF8.self)), line: lines.count + 1,
        column: start - lineStart + 1, depth: depth))
  }

  mutating func addToken(_ kind: SourceToken.Kind) {
    tokens.append(
      SourceToken(
        kind: kind, line: lines.count + 1, column: position - lineStart + 1, depth: depth))
  }

  static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "`"), 0x80...:
      true
    default: false
    }
  }
}
