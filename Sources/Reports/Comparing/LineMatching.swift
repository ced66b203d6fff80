import Numbers

extension DocumentLine {
  /// Whether a committed line is this line, up to what may vary in it. Texts are compared by their
  /// bytes: an accent of its own is not the letter that has it.
  ///
  /// - Parameter acceptsTolerance: Whether numbers within their tolerance pass too; writing keeps
  ///   bytes only where every number is the same.
  func matches(_ committed: String, acceptsTolerance: Bool) -> Bool {
    if kind == .tableRow { return matchesRow(committed, acceptsTolerance: acceptsTolerance) }
    if committed.utf8.elementsEqual(text.utf8) { return true }
    // A line that cannot vary is its text.
    guard pieces.contains(where: { if case .literal = $0 { false } else { true } }) else {
      return false
    }
    return Self.matches(pieces, Array(committed.utf8), acceptsTolerance: acceptsTolerance)
  }

  /// Whether the pieces, one after the other, make up the text.
  ///
  /// Goes from piece to piece with all the places at which those before it may end, so the time is
  /// for pieces times places, not for the ways to combine them.
  private static func matches(
    _ pieces: [Piece], _ text: [UInt8], acceptsTolerance: Bool
  ) -> Bool {
    var places = [0]
    for piece in pieces {
      var ends: Set<Int> = []
      switch piece {
      case .literal(let literal):
        let bytes = Array(literal.utf8)
        for place in places where text[place...].starts(with: bytes) {
          ends.insert(place + bytes.count)
        }
      case .anything:
        // A text may be empty.
        guard let first = places.first, first <= text.count else { return false }
        for end in first...text.count where isBoundary(end, in: text) { ends.insert(end) }
      case .picture(let file):
        for place in places {
          let end = text[place...].firstIndex(of: UInt8(ascii: "\"")) ?? text.count
          if isSame(file, Substring(decoding: text[place..<end], as: UTF8.self)) {
            ends.insert(end)
          }
        }
      case .number(let published):
        // Another number of this format is hardly longer, whatever its escapes.
        let longest = 4 * published.text.utf8.count + 64
        for place in places where place < text.count {
          for end in place + 1...min(text.count, place + longest)
          where isBoundary(end, in: text) && !ends.contains(end) {
            let value = Substring(decoding: text[place..<end], as: UTF8.self)
            if accepts(piece, value, acceptsTolerance: acceptsTolerance) { ends.insert(end) }
          }
        }
      }
      if ends.isEmpty { return false }
      places = ends.sorted()
    }
    return places.last == text.count
  }

  /// Whether a character may end before this byte.
  private static func isBoundary(_ place: Int, in text: [UInt8]) -> Bool {
    place == text.count || text[place] & 0xC0 != 0x80
  }

  private static func accepts(_ piece: Piece, _ text: Substring, acceptsTolerance: Bool) -> Bool {
    switch piece {
    case .literal(let literal): return text.utf8.elementsEqual(literal.utf8)
    case .anything: return !text.isEmpty
    case .picture(let file): return isSame(file, text)
    case .number(let published):
      guard !text.isEmpty else { return false }
      let plain = Escaping.plain(String(text))
      if plain.utf8.elementsEqual(published.text.utf8) { return true }
      guard acceptsTolerance, let computed = published.value, let tolerance = published.tolerance,
        let committed = (published.format ?? .automatic).value(of: plain)
      else { return false }
      return tolerance.accepts(committed, for: computed)
    }
  }

  /// Whether a data URI shows the same pixels.
  private static func isSame(_ file: RenderedReport.File, _ uri: Substring) -> Bool {
    guard let committed = picture(in: uri) else { return false }
    return file.isVolatile
      || PixelComparison(committed: committed, actual: file.bytes).result == .equal
  }

  /// The picture of a data URI.
  static func picture(in uri: Substring) -> [UInt8]? {
    let head = "data:image/png;base64,"
    guard uri.hasPrefix(head) else { return nil }
    return Base64.decode(String(uri.dropFirst(head.count)))
  }

  /// Rows are compared cell by cell: padding follows the widest cell, which may be another one.
  private func matchesRow(_ committed: String, acceptsTolerance: Bool) -> Bool {
    guard let cells = Self.cells(of: committed) else { return false }
    if pieces.count == 1, let own = Self.cells(of: text) {
      return Self.rule(own).elementsEqual(
        Self.rule(cells), by: { $0.utf8.elementsEqual($1.utf8) })
    }
    let expected = pieces.filter { $0 != .literal("|") }
    guard cells.count == expected.count else { return false }
    return zip(expected, cells).allSatisfy { piece, cell in
      if piece == .literal("") { return cell.isEmpty }
      return Self.accepts(piece, cell[...], acceptsTolerance: acceptsTolerance)
    }
  }

  /// The cells of a row, trimmed; `nil` for a line that is none.
  private static func cells(of row: String) -> [String]? {
    guard row.hasPrefix("|"), row.hasSuffix("|"), row.utf8.count >= 2 else { return nil }
    var cells: [String] = []
    var cell = ""
    var previous: Character = " "
    for character in row.dropFirst() {
      if character == "|", previous != "\\" {
        cells.append(cell.trimmedSpaces)
        cell = ""
      } else {
        cell.append(character)
      }
      previous = character
    }
    return cells
  }

  /// The cells of the rule below a table's head, whose dashes count once; other cells as they are.
  private static func rule(_ cells: [String]) -> [String] {
    let isRule = cells.allSatisfy { cell in
      cell.contains("-") && cell.allSatisfy { $0 == "-" || $0 == ":" }
    }
    guard isRule else { return cells }
    return cells.map { ($0.hasPrefix(":") ? ":" : "") + "-" + ($0.hasSuffix(":") ? ":" : "") }
  }
}

extension String {
  /// Without plain spaces at both ends; others, as the one that keeps `6 ms` together, are content.
  fileprivate var trimmedSpaces: String {
    guard let first = firstIndex(where: { $0 != " " }), let last = lastIndex(where: { $0 != " " })
    else { return "" }
    return String(self[first...last])
  }
}
