/// A piece of a line of prose.
enum InlinePiece: Hashable, Sendable {
  /// Markdown as it stands.
  case text(String)

  /// `\(name)`; the column counts from 0 in bytes of the line's text.
  case name(String, column: Int, isInMath: Bool)

  /// The `$` at one end of inline math whose TeX Markdown would take for its own.
  case mathDelimiter(isOpening: Bool)

  /// `@fig-loss`, or `-@fig-loss` for the number alone.
  case reference(String, column: Int, isNumberOnly: Bool)
}

/// Lines of prose, taken apart into Markdown, names and references.
///
/// Code spans and fenced blocks stay as they are: in them, `\(name)` shows how to write it. In math
/// a name stands for its value, as TeX has no meaning for `\(` there; references do not occur. As
/// everywhere in Markdown, a backslash before a backslash takes its meaning away: `\\(name)`.
struct InlineText: Hashable, Sendable {
  /// The pieces of each line.
  private(set) var lines: [[InlinePiece]] = [[]]

  /// Names without an end or with something that is no name: line, column from 0, message.
  private(set) var complaints: [Complaint] = []

  struct Complaint: Hashable, Sendable {
    var line: Int
    var column: Int
    var message: String
  }

  private let bytes: [UInt8]
  private var position = 0
  private var lineStart = 0
  private var text: [UInt8] = []

  /// Takes lines apart.
  init(_ texts: [String]) {
    bytes = Array(texts.joined(separator: "\n").utf8)
    var isAtLineStart = true
    while position < bytes.count {
      if isAtLineStart, let fence = fence(at: position) {
        copyFencedBlock(fence)
        isAtLineStart = true
        continue
      }
      isAtLineStart = bytes[position] == newline
      step()
    }
    flushText()
  }

  private let newline = UInt8(ascii: "\n")

  private mutating func step() {
    switch bytes[position] {
    case UInt8(ascii: "\\"): readBackslash(isInMath: false)
    case UInt8(ascii: "`"): readCodeSpan()
    case UInt8(ascii: "$"): readMath()
    case UInt8(ascii: "@"): readReference()
    case UInt8(ascii: "<") where sees("<!--"):
      copy(upTo: find("-->", from: position).map { $0 + 3 } ?? bytes.count)
    default: copy(upTo: position + 1)
    }
  }

  private mutating func copy(upTo end: Int) {
    while position < end {
      if bytes[position] == newline {
        flushText()
        lines.append([])
        lineStart = position + 1
      } else {
        text.append(bytes[position])
      }
      position += 1
    }
  }

  private mutating func flushText() {
    if !text.isEmpty {
      lines[lines.count - 1].append(.text(String(decoding: text, as: UTF8.self)))
    }
    text = []
  }

  private func sees(_ token: String) -> Bool { bytes[position...].starts(with: token.utf8) }

  private func find(_ token: String, from start: Int) -> Int? {
    let token = Array(token.utf8)
    guard start + token.count <= bytes.count else { return nil }
    return (start...(bytes.count - token.count)).first {
      bytes[$0..<($0 + token.count)] == token[...]
    }
  }

  /// Where the paragraph ends that the position is in: a span does not cross an empty line.
  private var paragraphEnd: Int { find("\n\n", from: position) ?? bytes.count }
}

// MARK: - Code

extension InlineText {
  private struct Fence {
    var byte: UInt8
    var count: Int
  }

  private func fence(at start: Int) -> Fence? {
    var index = start
    // Deeper indentation belongs to an item of a list.
    while index < bytes.count, bytes[index] == 32 || bytes[index] == UInt8(ascii: ">") {
      index += 1
    }
    guard index < bytes.count,
      bytes[index] == UInt8(ascii: "`") || bytes[index] == UInt8(ascii: "~")
    else { return nil }
    let byte = bytes[index]
    let count = bytes[index...].prefix { $0 == byte }.count
    guard count >= 3 else { return nil }
    let rest = bytes[(index + count)...].prefix { $0 != newline }
    return byte == UInt8(ascii: "`") && rest.contains(byte) ? nil : Fence(byte: byte, count: count)
  }

  private mutating func copyFencedBlock(_ opening: Fence) {
    var isFirst = true
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: newline) ?? bytes.count
      let closing = fence(at: position)
      copy(upTo: min(end + 1, bytes.count))
      if !isFirst, let closing, closing.byte == opening.byte, closing.count >= opening.count {
        return
      }
      isFirst = false
    }
  }

  private mutating func readCodeSpan() {
    let count = bytes[position...].prefix { $0 == UInt8(ascii: "`") }.count
    var index = position + count
    let end = paragraphEnd
    while index < end {
      let run = bytes[index..<end].prefix { $0 == UInt8(ascii: "`") }.count
      if run == count {
        copy(upTo: index + run)
        return
      }
      index += max(run, 1)
    }
    copy(upTo: position + count)
  }
}

// MARK: - Math, names and references

extension InlineText {
  /// `$…$` and `$$…$$`, found as GitHub finds them.
  private mutating func readMath() {
    let isDisplay = sees("$$")
    let length = isDisplay ? 2 : 1
    guard let close = mathEnd(from: position + length, isDisplay: isDisplay) else {
      copy(upTo: position + length)
      return
    }
    let isFragile = !isDisplay && Self.isFragile(bytes[(position + 1)..<close])
    addDelimiter(isOpening: true, length, isFragile: isFragile)
    while position < close {
      if bytes[position] == UInt8(ascii: "\\") {
        readBackslash(isInMath: true)
      } else {
        copy(upTo: position + 1)
      }
    }
    addDelimiter(isOpening: false, length, isFragile: isFragile)
  }

  private mutating func addDelimiter(isOpening: Bool, _ length: Int, isFragile: Bool) {
    guard isFragile else {
      copy(upTo: position + length)
      return
    }
    flushText()
    lines[lines.count - 1].append(.mathDelimiter(isOpening: isOpening))
    position += length
  }

  /// Whether GitHub, which reads Markdown first and math after, would spoil this TeX: it drops the
  /// backslash of `\,` and `\{`, and sees emphasis in `}_a + b}_c`.
  private static func isFragile(_ tex: ArraySlice<UInt8>) -> Bool {
    var previous = UInt8(ascii: " ")
    for byte in tex {
      switch byte {
      case UInt8(ascii: "`"): return false
      case UInt8(ascii: "*"), UInt8(ascii: "<"), UInt8(ascii: "~"): return true
      case UInt8(ascii: "_") where !isWord(previous): return true
      case 33...47, 58...64, 91...96, 123...126:
        if previous == UInt8(ascii: "\\") { return true }
      default: break
      }
      previous = byte
    }
    return false
  }

  private func mathEnd(from start: Int, isDisplay: Bool) -> Int? {
    let end = isDisplay ? bytes.count : paragraphEnd
    guard start < end, isDisplay || bytes[start] != 32 else { return nil }
    var index = start
    while index < end {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
        continue
      }
      if bytes[index] == UInt8(ascii: "$") {
        if isDisplay {
          if index + 1 < end, bytes[index + 1] == UInt8(ascii: "$") { return index }
        } else if index > start, bytes[index - 1] != 32,
          index + 1 == bytes.count || !Self.isWord(bytes[index + 1])
        {
          return index
        }
      }
      index += 1
    }
    return nil
  }

  private mutating func readBackslash(isInMath: Bool) {
    guard position + 1 < bytes.count else {
      copy(upTo: position + 1)
      return
    }
    guard bytes[position + 1] == UInt8(ascii: "(") else {
      copy(upTo: position + (bytes[position + 1] == newline ? 1 : 2))
      return
    }
    let column = position - lineStart
    let lineEnd = bytes[position...].firstIndex(of: newline) ?? bytes.count
    var depth = 0
    guard
      let close = (position + 1..<lineEnd).first(where: { index in
        if bytes[index] == UInt8(ascii: "(") { depth += 1 }
        if bytes[index] == UInt8(ascii: ")") { depth -= 1 }
        return depth == 0
      })
    else {
      complaints.append(
        Complaint(line: lines.count - 1, column: column, message: "no ')' closes this '\\('"))
      copy(upTo: position + 2)
      return
    }
    let name = String(decoding: bytes[position + 2..<close], as: UTF8.self)
    if name.trimmed.isEmpty || name.contains("(") {
      complaints.append(
        Complaint(
          line: lines.count - 1, column: column,
          message: "'\(name)' is no name: prose can use published values and parameters, "
            + "so publish the value under a name first"))
    }
    flushText()
    lines[lines.count - 1].append(.name(name.trimmed, column: column, isInMath: isInMath))
    position = close + 1
  }

  private mutating func readReference() {
    let start = position + 1
    var end = start
    while end < bytes.count, Self.isWord(bytes[end]) || bytes[end] == UInt8(ascii: "-") { end += 1 }
    while end > start, bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
    let label = String(decoding: bytes[start..<end], as: UTF8.self)
    let previous = position > 0 ? bytes[position - 1] : 32
    guard label.hasPrefix("fig-") || label.hasPrefix("tbl-"), !Self.isWord(previous) else {
      copy(upTo: position + 1)
      return
    }
    let column = position - lineStart
    let isNumberOnly =
      previous == UInt8(ascii: "-") && (position < 2 || !Self.isWord(bytes[position - 2]))
    if isNumberOnly { text.removeLast() }
    flushText()
    lines[lines.count - 1].append(.reference(label, column: column, isNumberOnly: isNumberOnly))
    position = end
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    SourceScanner.isWord(byte) && byte != UInt8(ascii: "`")
  }
}
