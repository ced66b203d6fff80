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

  /// How many `#if` it stands under.
  var conditions: Int

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
  var lines: [ScannedLine] = []
  var tokens: [SourceToken] = []

  let bytes: [UInt8]
  var position = 0
  var lineStart = 0
  var depth = 0

  // State of the line being read.
  var lineDepth = 0
  var lineStartsInsideLiteral = false
  var lineComment: Int?
  var lineCode: [UInt8] = []

  /// Open string literals, innermost last. An interpolation suspends its string until `depth`
  /// falls back to what it was.
  var literals: [Literal] = []

  struct Literal {
    var pounds: Int
    var isMultiline: Bool
    /// The depth to which an interpolation returns; `nil` while in the string itself.
    var interpolation: Int?
    /// Whether it is `#/…/#`, which ends in a slash and interpolates nothing.
    var isRegex = false
  }

  /// A bracket that is open, and where.
  struct Bracket {
    var byte: UInt8
    var line: Int
    var column: Int
  }

  private var brackets: [Bracket] = []

  /// The first place where brackets stop matching each other.
  private(set) var imbalance: (line: Int, column: Int, message: String)?

  /// How many `#if` are open.
  private var conditions = 0

  /// The last byte and the last word of code so far, across lines: whether an expression can begin.
  var lastByte: UInt8?
  var lastWord: [UInt8] = []

  var commentDepth = 0

  init(_ text: String) {
    // A byte order mark is no part of the text.
    let bytes = Array(text.utf8)
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    scan()
    if imbalance == nil, let open = brackets.last {
      imbalance = (open.line, open.column, "nothing closes this '\(Self.name(open.byte))'")
    }
  }

  func byte(_ offset: Int = 0) -> UInt8? {
    let index = position + offset
    return index < bytes.count ? bytes[index] : nil
  }

  func sees(_ text: String) -> Bool {
    position < bytes.count && bytes[position...].starts(with: text.utf8)
  }

  private static func name(_ byte: UInt8) -> String { String(Character(Unicode.Scalar(byte))) }

  /// Opens a bracket.
  mutating func open(_ byte: UInt8) {
    brackets.append(Bracket(byte: byte, line: lines.count + 1, column: position - lineStart + 1))
    depth += 1
  }

  /// Closes a bracket; one that closes nothing, or another kind, is noted.
  mutating func close(_ byte: UInt8) {
    let opening: [UInt8: UInt8] = [
      UInt8(ascii: ")"): UInt8(ascii: "("), UInt8(ascii: "]"): UInt8(ascii: "["),
      UInt8(ascii: "}"): UInt8(ascii: "{"),
    ]
    let open = brackets.popLast()
    if imbalance == nil, open?.byte != opening[byte] {
      let place = (line: lines.count + 1, column: position - lineStart + 1)
      let message =
        open.map { "closes '\(Self.name($0.byte))' of line \($0.line)" } ?? "closes nothing"
      imbalance = (place.line, place.column, "this '\(Self.name(byte))' \(message)")
    }
    depth = max(0, depth - 1)
  }

  mutating func scan() {
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
  mutating func beginLine() {
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

  mutating func endLine() {
    var end = position
    if end > lineStart, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    let text = String(decoding: bytes[lineStart..<end], as: UTF8.self)
    let indent = bytes[lineStart..<end].prefix { $0 == 32 || $0 == 9 }.count
    var marker: ScannedLine.Marker?
    var isHidden = false
    let code = String(decoding: lineCode, as: UTF8.self).trimmed
    if !lineStartsInsideLiteral, code.hasPrefix("#") {
      if code.hasPrefix("#if") { conditions += 1 }
      if code.hasPrefix("#endif") { conditions = max(0, conditions - 1) }
    }
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
        code: code, isHidden: isHidden, conditions: conditions, column: indent + 1))
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

extension StringProtocol {
  /// Without white space at both ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
