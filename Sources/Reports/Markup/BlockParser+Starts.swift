/// What a line can begin.
extension BlockParser {
  enum Start {
    /// A block that holds others: the rest of the line may begin one.
    case container

    /// A block of lines: the rest of the line is its first.
    case leaf

    /// The line says all that there is to say.
    case complete
  }

  /// Opens the block that begins at the next character, if one does.
  ///
  /// - Parameter depth: How many open blocks the line goes on with.
  mutating func openBlock(in depth: Int) -> Start? {
    let container = open[depth - 1]
    guard let byte = nextByte else { return nil }
    if isIndented {
      guard !tip.isParagraph else { return nil }
      close(downTo: depth)
      if case .table = container.kind { return nil }
      advance(columns: 4)
      add(.indentedCode)
      return .leaf
    }
    let rest = line[nextNonspace...]
    switch byte {
    case UInt8(ascii: ">"):
      guard depth < Self.deepestNesting else { return nil }
      close(downTo: depth)
      passQuoteMarker()
      add(.quote)
      return .container
    case UInt8(ascii: "#"):
      guard let heading = Self.heading(rest) else { break }
      close(downTo: depth)
      let node = add(.heading(level: heading.level))
      node.segments = [Segment(line: number, range: heading.text)]
      takeSectionLabel(of: node)
      close(downTo: open.count - 1)
      return .complete
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      let count = rest.prefix { $0 == byte }.count
      let info = rest.dropFirst(count)
      guard count >= 3, byte != UInt8(ascii: "`") || !info.contains(byte) else { break }
      close(downTo: depth)
      let node = add(.fence(byte: byte, count: count, indent: indent))
      node.segments = [Segment(line: number, range: info.startIndex..<info.endIndex)]
      return .complete
    case UInt8(ascii: "<"):
      let start = HTMLBlockStart(rest, canInterrupt: !tip.isParagraph)
      guard let start else { break }
      close(downTo: depth)
      add(.html(start))
      return .leaf
    case UInt8(ascii: "$") where dialect.hasMath:
      guard beginsMath(rest) else { break }
      close(downTo: depth)
      advanceToNonspace()
      add(.math)
      return .leaf
    default: break
    }
    if let start = underline(container, byte, rest) { return start }
    if Self.isThematicBreak(rest, byte) {
      close(downTo: depth)
      add(.thematicBreak)
      close(downTo: open.count - 1)
      return .complete
    }
    if depth < Self.deepestNesting, let marker = listMarker(in: container, rest) {
      close(downTo: depth)
      if case .list(let other) = tip.kind, other.belongsWith(marker) {
        // Another item.
      } else {
        // A list of another kind ends the one before.
        if case .list = tip.kind { close(downTo: open.count - 1) }
        add(.list(marker))
      }
      add(.item(marker))
      return .container
    }
    if container.isParagraph, container === tip, openTable(container, rest) { return .complete }
    return nil
  }

  /// `Title` above `===` or `---`.
  private mutating func underline(
    _ container: BlockNode, _ byte: UInt8, _ rest: ArraySlice<UInt8>
  ) -> Start? {
    guard container.isParagraph, byte == UInt8(ascii: "=") || byte == UInt8(ascii: "-") else {
      return nil
    }
    let run = rest.prefix { $0 == byte }.count
    guard rest.dropFirst(run).isBlank else { return nil }
    takeDefinitions(from: container)
    if case .definitions = container.kind {
      // Nothing is left to underline: the line is text.
      container.kind = .paragraph
      return nil
    }
    container.kind = .heading(level: byte == UInt8(ascii: "=") ? 1 : 2)
    takeSectionLabel(of: container)
    touch(upTo: open.count)
    close(downTo: open.count - 1)
    return .complete
  }

  private func takeSectionLabel(of node: BlockNode) {
    guard dialect.isLab, let last = node.segments.last,
      let (label, end) = Label.attribute(of: .section, atEndOf: lines[last.line][last.range])
    else { return }
    node.label = label
    node.segments[node.segments.count - 1].range =
      last.range.lowerBound..<max(end, last.range.lowerBound)
  }

  /// The level of an ATX heading and the bytes of its text, closing hashes left out.
  private static func heading(_ rest: ArraySlice<UInt8>) -> (level: Int, text: Range<Int>)? {
    let hash = UInt8(ascii: "#")
    let level = rest.prefix { $0 == hash }.count
    guard (1...6).contains(level) else { return nil }
    let after = rest.dropFirst(level)
    guard after.isEmpty || after.first?.isBlank ?? true else { return nil }
    let text = after.trimmedBlanks
    var end = text.endIndex
    while end > text.startIndex, text[end - 1] == hash { end -= 1 }
    if end < text.endIndex, end == text.startIndex || text[end - 1].isBlank {
      let head = text[..<end].trimmedBlanks
      return (level, head.startIndex..<head.endIndex)
    }
    return (level, text.startIndex..<text.endIndex)
  }

  private static func isThematicBreak(_ rest: ArraySlice<UInt8>, _ byte: UInt8) -> Bool {
    guard byte == UInt8(ascii: "*") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") else {
      return false
    }
    var count = 0
    for other in rest {
      if other == byte { count += 1 } else if !other.isBlank { return false }
    }
    return count >= 3
  }

  /// The marker of an item, moved past; an item that interrupts a paragraph is not empty and begins
  /// with 1.
  private mutating func listMarker(
    in container: BlockNode, _ rest: ArraySlice<UInt8>
  ) -> ListMarker? {
    var marker = ListMarker(byte: rest[nextNonspace], number: nil, offset: indent, padding: 0)
    var length = 1
    switch marker.byte {
    case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"): break
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let digits = rest.prefix(10).prefix(while: \.isDigit)
      guard digits.count <= 9, let after = rest.dropFirst(digits.count).first,
        after == UInt8(ascii: ".") || after == UInt8(ascii: ")")
      else { return nil }
      let number = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
      if container.isParagraph, number != 1 { return nil }
      marker.byte = after
      marker.number = number
      length = digits.count + 1
    default: return nil
    }
    let after = rest.dropFirst(length)
    guard after.first?.isBlank ?? true else { return nil }
    if container.isParagraph, after.isBlank { return nil }
    advanceToNonspace()
    advance(columns: length)
    let start = (offset, column, isInsideTab)
    repeat {
      advance(columns: 1)
    } while column - start.1 < 5 && offset < line.count
      && line[offset].isBlank
    let isEmpty = offset >= line.count
    let spaces = column - start.1
    if spaces >= 5 || spaces < 1 || isEmpty {
      // Code, or nothing: one space belongs to the marker.
      marker.padding = length + 1
      (offset, column, isInsideTab) = start
      if offset < line.count, line[offset].isBlank { advance(columns: 1) }
    } else {
      marker.padding = length + spaces
    }
    return marker
  }
}

// MARK: - Display math

extension BlockParser {
  /// Whether `$$` stands here with a formula that has its lines to itself.
  private mutating func beginsMath(_ rest: ArraySlice<UInt8>) -> Bool {
    guard rest.starts(with: "$$".utf8) else { return false }
    let inside = rest.dropFirst(2)
    if let close = Self.dollars(in: inside) {
      return close > inside.startIndex && isMathTail(inside[(close + 2)...])
    }
    return number + 1 < lines.count && mathEnds[number + 1]
  }

  /// Whether nothing but a label follows the dollars that close a formula.
  private func isMathTail(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.isBlank { return true }
    guard dialect.isLab, let (_, end) = Label.attribute(of: .equation, atEndOf: bytes) else {
      return false
    }
    return end == bytes.trimmedBlanks.startIndex || bytes[..<end].isBlank
  }

  /// Whether the line that was just added ends the formula.
  func isMathEnd(_ text: ArraySlice<UInt8>, isFirst: Bool) -> Bool {
    Self.dollars(in: isFirst ? text.dropFirst(2) : text) != nil
  }

  /// Where the first `$$` is that no backslash takes the meaning from.
  static func dollars(in bytes: ArraySlice<UInt8>) -> Int? {
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
      } else if bytes[index] == UInt8(ascii: "$"), bytes[index + 1] == UInt8(ascii: "$") {
        return index
      } else {
        index += 1
      }
    }
    return nil
  }

  func computeMathEnds() -> [Bool] {
    var ends = Array(repeating: false, count: lines.count)
    var isEndAhead = false
    for index in lines.indices.reversed() {
      let line = lines[index]
      if line.isBlank {
        isEndAhead = false
      } else if let close = Self.dollars(in: line[...]) {
        isEndAhead = isMathTail(line[(close + 2)...])
      }
      ends[index] = isEndAhead
    }
    return ends
  }
}
