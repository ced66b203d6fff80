/// A line of Swift as weaving needs it: where it stands, how deep, and whether it is a marker.
struct ScannedLine {
  /// A comment that means something to a report.
  enum Marker: Equatable {
    /// `//: prose`, with the text after the marker and one space.
    case prose(String)

    /// `//| key: value`, with the text after the marker.
    case option(String)

    /// `//-`
    case cellBreak
  }

  /// The line as it stands, without its line end.
  var text: String

  /// Counted from 1.
  var number: Int

  /// How many brackets of any kind are open at its start.
  var depth: Int

  /// How many brackets of any kind are open at its end.
  var endDepth: Int

  /// Whether it begins inside a multi-line string or a block comment: its start is no code.
  var startsInsideLiteral: Bool

  /// The marker that it consists of.
  var marker: Marker?

  /// Its code without comments, trimmed at both ends.
  var code: String

  /// Whether it ends in `//hide`.
  var isHidden: Bool

  /// Where its first character that is not a space stands, counted from 1 in bytes.
  var column: Int

  /// Whether nothing stands on it.
  var isBlank: Bool { !startsInsideLiteral && text.allSatisfy(\.isWhitespace) }
}

/// A word or a brace of Swift code, enough to find types and functions.
struct SourceToken: Equatable {
  enum Kind: Equatable {
    /// An identifier, a keyword, or an attribute with its `@`.
    case word(String)
    case openBrace
    case closeBrace
  }

  var kind: Kind

  /// The line, counted from 1.
  var line: Int

  /// The column, counted from 1 in bytes.
  var column: Int

  /// Brackets of any kind open before it.
  var depth: Int
}

/// Splits Swift source into lines that know what surrounds them.
///
/// A full parser would cost a dependency many times the size of the package. Weaving needs to know
/// only which characters are code, string or comment, and how brackets nest; that much of Swift's
/// grammar is small and stable.
struct SourceScanner {
  private(set) var lines: [ScannedLine] = []
  private(set) var tokens: [SourceToken] = []

  private let bytes: [UInt8]
  private var position = 0
  private var lineStart = 0
  private var depth = 0

  // State of the line being read.
  private var lineDepth = 0
  private var lineStartsInsideLiteral = false
  private var lineComment: Int?
  private var lineCode: [UInt8] = []

  /// Open string literals, innermost last. An interpolation suspends its string until `depth`
  /// falls back to what it was.
  private var literals: [Literal] = []

  private struct Literal {
    var pounds: Int
    var isMultiline: Bool
    /// The depth to which an interpolation returns; `nil` while in the string itself.
    var interpolation: Int?
  }

  private var commentDepth = 0

  init(_ text: String) {
    bytes = Array(text.utf8)
    scan()
  }

  private func byte(_ offset: Int = 0) -> UInt8? {
    let index = position + offset
    return index < bytes.count ? bytes[index] : nil
  }

  private func sees(_ text: String) -> Bool {
    bytes[position...].starts(with: text.utf8)
  }

  private mutating func scan() {
    while let current = byte() {
      if current == UInt8(ascii: "\n") {
        endLine()
        position += 1
        beginLine()
      } else if commentDepth > 0 {
        scanBlockComment()
      } else if let literal = literals.last, literal.interpolation == nil {
        scanString(literal)
      } else {
        scanCode(current)
      }
    }
    if position > lineStart { endLine() }
  }
}

// MARK: - Lines

extension SourceScanner {
  private mutating func beginLine() {
    lineStart = position
    lineDepth = depth
    lineComment = nil
    lineCode = []
    // A one-line string does not outlive its line, even when its end is missing.
    while let last = literals.last, !last.isMultiline, last.interpolation == nil {
      literals.removeLast()
    }
    lineStartsInsideLiteral =
      commentDepth > 0 || (literals.last.map { $0.interpolation == nil } ?? false)
  }

  private mutating func endLine() {
    var end = position
    if end > lineStart, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    let text = String(decoding: bytes[lineStart..<end], as: UTF8.self)
    let indent = bytes[lineStart..<end].prefix { $0 == 32 || $0 == 9 }.count
    var marker: ScannedLine.Marker?
    var isHidden = false
    if let lineComment {
      let comment = bytes[lineComment..<end]
      if lineComment == lineStart + indent, !lineStartsInsideLiteral {
        marker = Self.marker(comment)
      } else {
        isHidden = String(decoding: comment, as: UTF8.self).trimmed == "//hide"
      }
    }
    lines.append(
      ScannedLine(
        text: text, number: lines.count + 1, depth: lineDepth, endDepth: depth,
        startsInsideLiteral: lineStartsInsideLiteral, marker: marker,
        code: String(decoding: lineCode, as: UTF8.self).trimmed, isHidden: isHidden,
        column: indent + 1))
  }

  private static func marker(_ comment: ArraySlice<UInt8>) -> ScannedLine.Marker? {
    let text = String(decoding: comment, as: UTF8.self)
    if text.hasPrefix("//:") {
      let rest = text.dropFirst(3)
      return .prose(String(rest.first == " " ? rest.dropFirst() : rest))
    }
    if text.hasPrefix("//|") { return .option(String(text.dropFirst(3))) }
    if text.hasPrefix("//-"), text.trimmed.dropFirst(2).allSatisfy({ $0 == "-" }) {
      return .cellBreak
    }
    return nil
  }
}

// MARK: - What a character is

extension SourceScanner {
  private mutating func scanBlockComment() {
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

  private mutating func scanString(_ literal: Literal) {
    lineCode.append(bytes[position])
    if sees("\\"), pounds(at: 1) >= literal.pounds {
      let escaped = byte(1 + literal.pounds)
      if escaped == UInt8(ascii: "(") {
        literals[literals.count - 1].interpolation = depth
        depth += 1
        position += 2 + literal.pounds
      } else {
        // A line end after the backslash is the business of the main loop.
        position += escaped == UInt8(ascii: "\n") ? 1 + literal.pounds : 2 + literal.pounds
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

  private func pounds(at offset: Int) -> Int {
    var count = 0
    while byte(offset + count) == UInt8(ascii: "#") { count += 1 }
    return count
  }

  private mutating func scanCode(_ current: UInt8) {
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
      depth += 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      depth -= 1
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
    lineCode.append(current)
    position += 1
  }

  private mutating func openString(pounds: Int) {
    let isMultiline = sees("\"\"\"")
    lineCode += bytes[position..<position + (isMultiline ? 3 : 1)]
    literals.append(Literal(pounds: pounds, isMultiline: isMultiline))
    position += isMultiline ? 3 : 1
  }

  /// `#/…/#` may hold quotes and brackets that are not code. The bare form `/…/` cannot be told
  /// from division without types; quotes in it are rare enough.
  private mutating func skipExtendedRegex(pounds count: Int) {
    position += count + 1
    while let next = byte() {
      if next == UInt8(ascii: "\n") { return }
      if next == UInt8(ascii: "/"), pounds(at: 1) >= count {
        position += 1 + count
        return
      }
      position += 1
    }
  }

  private mutating func scanWord() {
    let start = position
    position += 1
    while let next = byte(), Self.isWord(next) {
      _ = next
      position += 1
    }
    let word = bytes[start..<position]
    lineCode += word
    tokens.append(
      SourceToken(
        kind: .word(String(decoding: word, as: UTF8.self)), line: lines.count + 1,
        column: start - lineStart + 1, depth: depth))
  }

  private mutating func addToken(_ kind: SourceToken.Kind) {
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

extension StringProtocol {
  /// Without white space at both ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
