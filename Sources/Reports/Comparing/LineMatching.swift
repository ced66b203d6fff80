extension DocumentLine {
  /// Whether a committed line is this line, up to what may vary in it.
  ///
  /// - Parameter acceptsTolerance: Whether numbers within their tolerance pass too; writing keeps
  ///   bytes only where every number is the same.
  func matches(_ committed: String, acceptsTolerance: Bool) -> Bool {
    if kind == .tableRow { return matchesRow(committed, acceptsTolerance: acceptsTolerance) }
    if committed == text { return true }
    // A line that cannot vary is its text.
    guard pieces.contains(where: { if case .literal = $0 { false } else { true } }) else {
      return false
    }
    return Self.matches(pieces[...], committed[...], acceptsTolerance: acceptsTolerance)
  }

  private static func matches(
    _ pieces: ArraySlice<Piece>, _ text: Substring, acceptsTolerance: Bool
  ) -> Bool {
    guard let first = pieces.first else { return text.isEmpty }
    if case .literal(let literal) = first {
      guard text.hasPrefix(literal) else { return false }
      return matches(
        pieces.dropFirst(), text.dropFirst(literal.count), acceptsTolerance: acceptsTolerance)
    }
    if case .picture(let file) = first {
      let end = text.firstIndex(of: "\"") ?? text.endIndex
      return Self.isSame(file, text[..<end])
        && matches(pieces.dropFirst(), text[end...], acceptsTolerance: acceptsTolerance)
    }
    // A value ends where the rest of the line fits; values are short, so trying is cheap.
    let rest = pieces.dropFirst()
    var end = text.startIndex
    while true {
      if accepts(first, text[..<end], acceptsTolerance: acceptsTolerance),
        matches(rest, text[end...], acceptsTolerance: acceptsTolerance)
      {
        return true
      }
      if end == text.endIndex { return false }
      end = text.index(after: end)
    }
  }

  private static func accepts(_ piece: Piece, _ text: Substring, acceptsTolerance: Bool) -> Bool {
    switch piece {
    case .literal(let literal): return text == literal
    case .anything: return !text.isEmpty
    case .picture(let file): return isSame(file, text)
    case .number(let published):
      guard !text.isEmpty else { return false }
      let plain = Escaping.plain(String(text))
      if plain == published.text { return true }
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
    if pieces.count == 1, let own = Self.cells(of: text) { return own == cells }
    let expected = pieces.filter { $0 != .literal("|") }
    guard cells.count == expected.count else { return false }
    return zip(expected, cells).allSatisfy { piece, cell in
      if piece == .literal("") { return cell.isEmpty }
      return Self.accepts(piece, cell[...], acceptsTolerance: acceptsTolerance)
    }
  }

  /// The cells of a row, trimmed; `nil` for a line that is none. A rule's dashes count once.
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
