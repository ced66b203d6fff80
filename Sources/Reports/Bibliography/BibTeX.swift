/// A BibTeX file: its entries with their fields, TeX and all.
///
/// ```text
/// file    = { anything without "@" | entry }
/// entry   = "@string" "{" name "=" value "}" | "@preamble" … | "@comment" …
///         | "@" type "{" key { "," name "=" value } [ "," ] "}"     ; or ( … )
/// value   = part { "#" part }
/// part    = "{" balanced text "}" | """ balanced text """ | digits | name of a string
/// ```
///
/// What stands between entries is a comment, as in BibTeX itself; inside one, `%` begins a comment
/// where a name is expected. Takes time in proportion to the length of the file.
struct BibTeX {
  /// An entry.
  struct Entry: Hashable, Sendable {
    /// `article`, `book`; in lower case.
    var type: String

    /// What it is cited by.
    var key: String

    /// The fields by their names in lower case; white space is one space each.
    var fields: [String: String]

    /// The line of the file on which it begins, counted from 1.
    var line: Int
  }

  /// What is wrong with the file, and where: lines and columns counted from 1, columns in bytes.
  struct Mistake: Hashable, Sendable {
    var line: Int
    var column: Int
    var message: String
  }

  private(set) var entries: [Entry] = []

  /// The first mistake in the grammar, after which nothing is read, or all keys that stand twice.
  private(set) var mistakes: [Mistake] = []

  private let bytes: [UInt8]
  private var position = 0
  private var strings: [String: String]

  /// The lines of the entries, and up to where lines are counted.
  private var lines: [String: Int] = [:]
  private var counted = (end: 0, line: 1)

  /// How many bytes names may still stand for. Each may stand for the last one twice, and thirty such
  /// lines for a gigabyte.
  private var bytesForNames = 1 << 23

  private struct Stop: Error {
    var offset: Int
    var message: String
  }

  private static let months = [
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May",
    "jun": "June", "jul": "July", "aug": "August", "sep": "September", "oct": "October",
    "nov": "November", "dec": "December",
  ]

  /// Reads a file.
  init(_ text: String) {
    bytes = Array(text.utf8)
    strings = Self.months
    do {
      while let at = bytes[position...].firstIndex(of: UInt8(ascii: "@")) {
        position = at
        try readEntry()
      }
    } catch {
      note(error.offset, error.message)
      return
    }
    inherit()
  }

  private mutating func note(_ offset: Int, _ message: String) {
    let before = bytes[..<min(offset, bytes.count)]
    let line = before.count { $0 == 10 } + 1
    let start = before.lastIndex(of: 10).map { $0 + 1 } ?? 0
    mistakes.append(Mistake(line: line, column: before.count - start + 1, message: message))
  }

  // MARK: Entries

  private mutating func readEntry() throws(Stop) {
    let start = position
    position += 1
    skipBlanks()
    let type = name().lowercased()
    skipBlanks()
    if type == "comment" {
      // Its braces are skipped where they are balanced; without braces it ends with its line.
      if let open = peek, open == UInt8(ascii: "{") { _ = try braced() }
      return
    }
    guard !type.isEmpty, let open = peek, open == UInt8(ascii: "{") || open == UInt8(ascii: "(")
    else {
      // An "@" in a comment, as in an address.
      return
    }
    let close = open == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: ")")
    position += 1
    let kind = "@\(type)"
    if type == "preamble" {
      skipBlanks()
      _ = try value(of: kind)
      return try expect(close, endOf: kind, from: start)
    }
    if type == "string" {
      skipBlanks()
      let name = name().lowercased()
      try expectEquals(after: name, of: kind)
      strings[name] = try value(of: kind)
      return try expect(close, endOf: kind, from: start)
    }
    let key = try readKey(of: kind, close)
    var fields: [String: String] = [:]
    while true {
      skipBlanks()
      if peek == close {
        position += 1
        break
      }
      guard peek == UInt8(ascii: ",") else {
        throw unended(kind, key, start, or: "a ',' before the next field")
      }
      position += 1
      skipBlanks()
      if peek == close { continue }
      let field = name().lowercased()
      if field.isEmpty { throw unended(kind, key, start, or: "the name of a field") }
      try expectEquals(after: field, of: "'\(key)'")
      let text = try value(of: "'\(field)' of '\(key)'")
      // BibTeX keeps the first of two.
      if fields[field] == nil { fields[field] = Self.collapsed(text) }
    }
    if let first = lines[key] {
      note(start, "the key '\(key)' stands in this file already, on line \(first)")
      return
    }
    // Counted from where the last entry began: from the start each time, a long file takes hours.
    counted.line += bytes[counted.end..<start].count { $0 == 10 }
    counted.end = start
    let line = counted.line
    lines[key] = line
    entries.append(Entry(type: type, key: key, fields: fields, line: line))
  }

  private mutating func readKey(of kind: String, _ close: UInt8) throws(Stop) -> String {
    skipBlanks()
    let start = position
    while let byte = peek, !byte.isSpace, byte != UInt8(ascii: ","), byte != close,
      byte != UInt8(ascii: "=")
    {
      position += 1
    }
    let key = String(decoding: bytes[start..<position], as: UTF8.self)
    skipBlanks()
    guard !key.isEmpty, peek != UInt8(ascii: "=") else {
      throw Stop(offset: start, message: "expected a key after '\(kind){'")
    }
    return key
  }

  private func unended(_ kind: String, _ key: String, _ start: Int, or other: String) -> Stop {
    if position >= bytes.count {
      return Stop(offset: start, message: "the entry '\(key)' is not closed: a brace is missing")
    }
    return Stop(offset: position, message: "expected \(other), or the end of '\(key)'")
  }

  private mutating func expect(
    _ close: UInt8, endOf kind: String, from start: Int
  ) throws(Stop) {
    skipBlanks()
    guard peek == close else {
      throw Stop(
        offset: position < bytes.count ? position : start, message: "the \(kind) is not closed")
    }
    position += 1
  }

  private mutating func expectEquals(after name: String, of owner: String) throws(Stop) {
    skipBlanks()
    guard peek == UInt8(ascii: "=") else {
      throw Stop(offset: position, message: "expected '=' after '\(name)' of \(owner)")
    }
    position += 1
  }

  // MARK: Values

  private mutating func value(of owner: String) throws(Stop) -> String {
    var result = ""
    while true {
      skipBlanks()
      switch peek {
      case UInt8(ascii: "{"): result += try braced()
      case UInt8(ascii: "\""): result += try quoted(owner)
      default:
        let start = position
        let word = name()
        if word.isEmpty {
          throw Stop(
            offset: start,
            message: "expected a value of \(owner): text in braces or quotes, a number or a name")
        }
        if word.utf8.allSatisfy(\.isDigit) {
          result += word
        } else if let text = strings[word.lowercased()] {
          bytesForNames -= text.utf8.count
          if bytesForNames < 0 {
            throw Stop(offset: start, message: "the names of @string stand for more than 8 MB")
          }
          result += text
        } else {
          throw Stop(
            offset: start, message: "no @string has the name '\(word)' that \(owner) uses")
        }
      }
      skipBlanks()
      guard peek == UInt8(ascii: "#") else { return result }
      position += 1
    }
  }

  /// The text of balanced braces, without the outer ones.
  private mutating func braced() throws(Stop) -> String {
    let start = position
    var depth = 0
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\\") where position + 1 < bytes.count: position += 1
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 {
          defer { position += 1 }
          return String(decoding: bytes[(start + 1)..<position], as: UTF8.self)
        }
      default: break
      }
      position += 1
    }
    throw Stop(offset: start, message: "the brace that opens here is not closed")
  }

  private mutating func quoted(_ owner: String) throws(Stop) -> String {
    let start = position
    var depth = 0
    position += 1
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\\") where position + 1 < bytes.count: position += 1
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        if depth == 0 {
          throw Stop(offset: position, message: "a brace closes in \(owner) that none opened")
        }
        depth -= 1
      case UInt8(ascii: "\"") where depth == 0:
        defer { position += 1 }
        return String(decoding: bytes[(start + 1)..<position], as: UTF8.self)
      default: break
      }
      position += 1
    }
    throw Stop(offset: start, message: "the quote that opens here is not closed")
  }

  // MARK: Small things

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = peek {
      if byte == UInt8(ascii: "%") {
        while position < bytes.count, bytes[position] != 10 { position += 1 }
      } else if byte.isSpace {
        position += 1
      } else {
        return
      }
    }
  }

  private mutating func name() -> String {
    let start = position
    while let byte = peek, !byte.isSpace, !"{}(),=\"#%@".utf8.contains(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private static func collapsed(_ text: String) -> String {
    text.utf8.split { $0.isSpace }.map { String(Substring($0)) }.joined(separator: " ")
  }

  /// What an entry leaves out, the one that it names by `crossref` says; its title is then the title
  /// of the whole.
  private mutating func inherit() {
    let byKey = Dictionary(entries.map { ($0.key.lowercased(), $0) }) { first, _ in first }
    for index in entries.indices {
      guard let parent = entries[index].fields["crossref"].flatMap({ byKey[$0.lowercased()] })
      else { continue }
      for (field, text) in parent.fields where field != "crossref" {
        let name = field == "title" ? "booktitle" : field
        if entries[index].fields[name] == nil { entries[index].fields[name] = text }
      }
    }
  }
}
