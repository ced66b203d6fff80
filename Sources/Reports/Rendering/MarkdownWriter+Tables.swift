import Numbers

/// Tables in GitHub's Markdown, padded so that they can be read in the file too.
extension MarkdownWriter {
  /// A row wider than this is not padded: nobody reads the columns of wrapped lines.
  private static let widestRow = 180

  /// - Parameter mostRows: More rows than this are cut down to three fifths of them at the start and
  ///   a fifth at the end.
  mutating func table(_ table: Table, mostRows: Int = 100) {
    separate()
    let heads = table.columns.map { column in
      tableCell(column.unit.map { "\(column.title) (\($0))" } ?? column.title)
    }
    var rows = table.rows.map { row in
      zip(row, table.columns).map { cell, column in
        let text = tableCell(cell.text)
        // A number and its sign or unit stay on one line; GitHub breaks narrow columns at spaces.
        return text.count <= (column.alignment == .trailing ? 24 : 12)
          ? text.replacing(" ", with: "\u{A0}") : text
      }
    }
    var cells = table.rows
    if rows.count > mostRows {
      let cut = (mostRows * 3 / 5)..<(rows.count - mostRows / 5)
      var note = Array(repeating: "…", count: table.columns.count)
      if !note.isEmpty { note[0] = "… \(cut.count) rows not shown …" }
      rows.replaceSubrange(cut, with: [note])
      cells.replaceSubrange(cut, with: [note.map { Table.Cell($0) }])
    }
    let widths = table.columns.indices.map { column in
      max(3, heads[column].count, rows.map { $0[column].count }.max() ?? 0)
    }
    let isPadded = widths.reduce(0) { $0 + $1 + 3 } <= Self.widestRow

    func padded(_ text: String, _ column: Int) -> String {
      guard isPadded else { return text }
      let missing = widths[column] - text.count
      switch table.columns[column].alignment {
      case .leading: return text + String(repeating: " ", count: missing)
      case .trailing: return String(repeating: " ", count: missing) + text
      case .center:
        return String(repeating: " ", count: missing / 2) + text
          + String(repeating: " ", count: missing - missing / 2)
      }
    }
    func row(_ texts: [String]) -> String {
      "| " + texts.indices.map { padded(texts[$0], $0) }.joined(separator: " | ") + " |"
    }

    add(row(heads), .tableRow)
    let rule = table.columns.indices.map { column in
      let dashes = String(repeating: "-", count: (isPadded ? widths[column] : 3) - 2)
      switch table.columns[column].alignment {
      case .leading: return ":\(dashes)-"
      case .trailing: return "-\(dashes):"
      case .center: return ":\(dashes):"
      }
    }
    add("| " + rule.joined(separator: " | ") + " |", .tableRow)
    for (texts, source) in zip(rows, cells) {
      var pieces: [DocumentLine.Piece] = [.literal("|")]
      for (text, cell) in zip(texts, source) {
        if cell.isVolatile {
          pieces.append(.anything)
        } else if let value = cell.value, cell.tolerance != nil {
          pieces.append(
            .number(
              Published(
                "", value: value, format: cell.format ?? .automatic, tolerance: cell.tolerance)))
        } else {
          pieces.append(.literal(text))
        }
        pieces.append(.literal("|"))
      }
      add(DocumentLine(text: row(texts), pieces: pieces, kind: .tableRow, at: nil))
    }
  }
}
