public import SystemCalls

/// Text in rows and fields, as RFC 4180 has it: CSV and its relatives.
///
/// A field may stand in quotes, and then hold delimiters, line ends and doubled quotes. Lines end in
/// LF, CR LF or CR; a byte order mark is passed over, and so are empty lines. Every field knows where
/// it stands, so that whoever reads a number from it can say which line and column are wrong.
public struct DelimitedText: Hashable, Sendable {
  /// A field of a row.
  public struct Field: Hashable, Sendable {
    /// What it says, without its quotes.
    public var text: String

    /// Whether it stood in quotes: an empty text in quotes is there, one without is missing.
    public var isQuoted: Bool

    /// The line of the file that it begins in, from 1.
    public var line: Int

    /// The character of the line that it begins with, from 1.
    public var column: Int
  }

  /// The rows, the head among them, each with at least one field.
  public private(set) var rows: [[Field]]

  /// What stands between two fields.
  public let delimiter: Character

  /// What may stand between two fields, in the order in which a tie is broken.
  static let delimiters: [Character] = ["\t", ";", ",", "|"]

  /// Reads rows from the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, with or without a byte order mark.
  ///   - delimiter: `nil` takes what stands most often between the fields of the first row: a tab,
  ///     a semicolon, a comma or a bar.
  ///   - path: What errors call the file.
  /// - Throws: Where the bytes are no UTF-8 or the quotes do not match: a sentence with line and column.
  /// - Complexity: O(n) for n bytes.
  public init(
    bytes: [UInt8], delimiter: Character? = nil, path: String = ""
  ) throws(FileError) {
    let text = try Self.content(bytes, path)
    let chosen = delimiter ?? Self.guess(text)
    guard let byte = chosen.asciiValue, byte != UInt8(ascii: "\""), !chosen.isNewline else {
      throw FileError(path: path, reason: "'\(chosen)' cannot stand between fields")
    }
    self.delimiter = chosen
    var reader = FieldReader(bytes: text, delimiter: byte, path: path)
    rows = []
    while let row = try reader.row() {
      // An empty line is one field without a character.
      if row.count == 1, row[0].text.isEmpty, !row[0].isQuoted { continue }
      rows.append(row)
    }
  }

  /// The bytes without the byte order mark.
  private static func content(
    _ bytes: [UInt8], _ path: String
  ) throws(FileError) -> ArraySlice<UInt8> {
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      throw FileError(path: path, reason: "is UTF-16; save it as UTF-8")
    }
    if bytes.starts(with: [0x50, 0x4b, 3, 4]) {
      throw FileError(path: path, reason: "is a workbook or an archive; save the sheet as CSV")
    }
    return bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes[3...] : bytes[...]
  }

  /// The delimiter that stands most often outside of quotes in the first row that is not empty.
  private static func guess(_ bytes: ArraySlice<UInt8>) -> Character {
    var counts = [Int](repeating: 0, count: delimiters.count)
    var isInside = false
    var hasBegun = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isInside.toggle() }
      if isInside { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        if hasBegun { break }
        continue
      }
      hasBegun = true
      if let index = delimiters.firstIndex(where: { $0.asciiValue == byte }) { counts[index] += 1 }
    }
    let most = counts.max() ?? 0
    return most == 0 ? "," : delimiters[counts.firstIndex(of: most) ?? 0]
  }
}

/// Goes through the bytes field by field.
private struct FieldReader {
  let bytes: ArraySlice<UInt8>
  let delimiter: UInt8
  let path: String
  private var position: Int
  private var line = 1
  private var column = 1

  init(bytes: ArraySlice<UInt8>, delimiter: UInt8, path: String) {
    self.bytes = bytes
    self.delimiter = delimiter
    self.path = path
    position = bytes.startIndex
  }

  private var isAtLineEnd: Bool {
    bytes[position] == UInt8(ascii: "\n") || bytes[position] == UInt8(ascii: "\r")
  }

  /// The fields up to the end of the line; `nil` at the end of the file.
  mutating func row() throws(FileError) -> [DelimitedText.Field]? {
    guard position < bytes.endIndex else { return nil }
    var fields = [try field()]
    while position < bytes.endIndex {
      if isAtLineEnd {
        advance()
        break
      }
      // A field ends at a delimiter, a line's end or the file's.
      advance()
      fields.append(try field())
    }
    return fields
  }

  /// One character on: a line's end is one, in whichever form, and so are all bytes of a scalar.
  private mutating func advance() {
    let byte = bytes[position]
    position += 1
    if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
      if byte == UInt8(ascii: "\r"), position < bytes.endIndex,
        bytes[position] == UInt8(ascii: "\n")
      {
        position += 1
      }
      line += 1
      column = 1
    } else {
      while position < bytes.endIndex, bytes[position] & 0xc0 == 0x80 { position += 1 }
      column += 1
    }
  }

  private mutating func field() throws(FileError) -> DelimitedText.Field {
    let (firstLine, firstColumn) = (line, column)
    let isQuoted = position < bytes.endIndex && bytes[position] == UInt8(ascii: "\"")
    let content = isQuoted ? try quoted() : try plain()
    guard let text = String(validating: content, as: UTF8.self) else {
      throw fault(
        firstLine, firstColumn, "is no UTF-8; save the file in that encoding")
    }
    if content.contains(0) { throw fault(firstLine, firstColumn, "holds a NUL: this is no text") }
    return DelimitedText.Field(
      text: text, isQuoted: isQuoted, line: firstLine, column: firstColumn)
  }

  private mutating func plain() throws(FileError) -> [UInt8] {
    let start = position
    while position < bytes.endIndex, bytes[position] != delimiter, !isAtLineEnd {
      if bytes[position] == UInt8(ascii: "\"") {
        throw fault(
          line, column,
          "a quote stands in a field that does not begin with one; put the field in quotes and "
            + "double those in it")
      }
      advance()
    }
    return Array(bytes[start..<position])
  }

  private mutating func quoted() throws(FileError) -> [UInt8] {
    let (firstLine, firstColumn) = (line, column)
    var content: [UInt8] = []
    advance()
    while position < bytes.endIndex {
      let start = position
      advance()
      guard bytes[start] == UInt8(ascii: "\"") else {
        content += bytes[start..<position]
        continue
      }
      guard position < bytes.endIndex, bytes[position] == UInt8(ascii: "\"") else {
        guard position == bytes.endIndex || bytes[position] == delimiter || isAtLineEnd else {
          throw fault(
            line, column, "after the closing quote something follows that is no delimiter")
        }
        return content
      }
      content.append(UInt8(ascii: "\""))
      advance()
    }
    throw fault(firstLine, firstColumn, "the quote that opens here is never closed")
  }

  private func fault(_ line: Int, _ column: Int, _ reason: String) -> FileError {
    FileError(path: path, reason: "line \(line), column \(column): \(reason)")
  }
}
