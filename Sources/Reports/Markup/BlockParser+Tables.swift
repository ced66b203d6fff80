/// Tables, as GitHub's Markdown has them.
extension BlockParser {
  /// Makes the last line of a paragraph the head of a table when this line is the rule below it.
  mutating func openTable(_ paragraph: BlockNode, _ rest: ArraySlice<UInt8>) -> Bool {
    guard let alignments = Self.rule(rest), let head = paragraph.segments.last,
      Self.cells(of: lines[head.line], in: head.range).count == alignments.count
    else { return false }
    paragraph.segments.removeLast()
    if paragraph.segments.isEmpty {
      paragraph.kind = .table(alignments)
      paragraph.segments = [head]
      touch(upTo: open.count)
    } else {
      paragraph.end = head.line
      close(downTo: open.count - 1)
      let table = BlockNode(.table(alignments), start: head.line)
      tip.children.append(table)
      open.append(table)
      tip = table
      table.segments = [head]
      touch(upTo: open.count)
    }
    return true
  }

  /// The alignments that `| :-- | --: |` says, or `nil`.
  private static func rule(_ rest: ArraySlice<UInt8>) -> [Table.Alignment?]? {
    // A quick look first: most lines are none.
    guard
      rest.allSatisfy({ byte in
        byte.isBlank || byte == UInt8(ascii: "|") || byte == UInt8(ascii: "-")
          || byte == UInt8(ascii: ":")
      }), rest.contains(UInt8(ascii: "-"))
    else { return nil }
    var result: [Table.Alignment?] = []
    for cell in cells(of: Array(rest), in: 0..<rest.count) {
      let text = Array(rest)[cell]
      var dashes = text
      let isLeading = dashes.first == UInt8(ascii: ":")
      if isLeading { dashes = dashes.dropFirst() }
      let isTrailing = dashes.last == UInt8(ascii: ":")
      if isTrailing { dashes = dashes.dropLast() }
      guard !dashes.isEmpty, dashes.allSatisfy({ $0 == UInt8(ascii: "-") }) else { return nil }
      result.append(
        isLeading && isTrailing ? .center : isLeading ? .leading : isTrailing ? .trailing : nil)
    }
    return result
  }

  /// The bytes of each cell of a row, without the blanks around them.
  static func cells(of line: [UInt8], in range: Range<Int>) -> [Range<Int>] {
    let row = line[range].trimmedBlanks
    var result: [Range<Int>] = []
    var start = row.startIndex
    if row.first == UInt8(ascii: "|") { start += 1 }
    var index = start
    func add(_ end: Int) {
      let cell = line[start..<end].trimmedBlanks
      result.append(cell.isEmpty ? start..<start : cell.startIndex..<cell.endIndex)
    }
    while index < row.endIndex {
      if line[index] == UInt8(ascii: "\\"), index + 1 < row.endIndex {
        index += 2
        continue
      }
      if line[index] == UInt8(ascii: "|") {
        add(index)
        start = index + 1
      }
      index += 1
    }
    if start < row.endIndex { add(row.endIndex) }
    return result
  }
}
