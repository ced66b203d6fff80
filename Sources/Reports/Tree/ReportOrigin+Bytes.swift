/// The origin in the forms that are no text: a PDF and a DOCX carry it at their very end, where it is
/// found without reading what stands before.
///
/// Both formats have a place for it. In a PDF it is a comment before a second `startxref`, which
/// points to the table that the first one points to: an update of the file that changes nothing. In a
/// DOCX it is the comment of the ZIP archive.
extension ReportOrigin {
  private static let opening = Array("made by ".utf8)

  /// The command that makes the report: `lab10 --seeds 40`, for a person who reads a document's
  /// properties.
  public var command: String { ([lab] + options).joined(separator: " ") }

  /// The bytes of a PDF or DOCX with the origin in them; those of a file that does not end as the two
  /// do come back as they are.
  public func added(to bytes: [UInt8]) -> [UInt8] {
    let note = Self.opening + Array(oneLine.utf8)
    if bytes.starts(with: Self.pdf) {
      guard let table = Self.lastTable(in: bytes) else { return bytes }
      return bytes + [0x0A, 0x25] + note + Array("\nstartxref\n\(table)\n%%EOF\n".utf8)
    }
    guard bytes.count >= Self.archiveEnd, bytes.suffix(Self.archiveEnd).starts(with: Self.archive),
      bytes.suffix(2).allSatisfy({ $0 == 0 }), note.count <= Int(UInt16.max)
    else { return bytes }
    let count = UInt16(note.count)
    return Array(bytes.dropLast(2)) + [UInt8(truncatingIfNeeded: count), UInt8(count >> 8)] + note
  }

  /// The origin that a report carries; `nil` where a file is no report of a lab.
  ///
  /// - Parameter bytes: A file in any of the forms that a lab writes.
  public init?(in bytes: [UInt8]) {
    if bytes.starts(with: Self.pdf) {
      self.init(inPDF: bytes)
    } else if bytes.starts(with: Self.zip) {
      self.init(inArchive: bytes)
    } else {
      self.init(in: String(decoding: bytes, as: UTF8.self))
    }
  }
}

extension ReportOrigin {
  private static let pdf = Array("%PDF-".utf8)
  private static let zip = Array("PK".utf8)

  /// How the last record of an archive begins, and how long it is without a comment.
  private static let archive: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
  private static let archiveEnd = 22

  /// The last lines that hold anything, the very last one first.
  private static func lastLines(of bytes: [UInt8], _ count: Int) -> [String] {
    bytes.suffix(1 << 16).split { $0 == 0x0A || $0 == 0x0D }.suffix(count).reversed()
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Where a PDF says that its table of objects begins.
  private static func lastTable(in bytes: [UInt8]) -> Int? {
    let lines = lastLines(of: bytes, 3)
    guard lines.count == 3, lines[0].hasPrefix("%%EOF"), lines[2] == "startxref" else { return nil }
    return Int(lines[1])
  }

  private init?(inPDF bytes: [UInt8]) {
    guard Self.lastTable(in: bytes) != nil, let line = Self.lastLines(of: bytes, 4).last,
      line.hasPrefix("%")
    else { return nil }
    self.init(note: Array(line.utf8.dropFirst()))
  }

  private init?(inArchive bytes: [UInt8]) {
    // The record that counts is the one whose comment ends with the file.
    let first = max(0, bytes.count - Self.archiveEnd - Int(UInt16.max))
    var start = bytes.count - Self.archiveEnd
    while start >= first {
      let length = Int(bytes[start + 20]) | Int(bytes[start + 21]) << 8
      if bytes[start...].starts(with: Self.archive), start + Self.archiveEnd + length == bytes.count
      {
        self.init(note: Array(bytes.suffix(length)))
        return
      }
      start -= 1
    }
    return nil
  }

  private init?(note: [UInt8]) {
    guard note.starts(with: Self.opening) else { return nil }
    self.init(oneLine: note.dropFirst(Self.opening.count))
  }
}
