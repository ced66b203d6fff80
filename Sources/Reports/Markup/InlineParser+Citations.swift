/// Citations, in pandoc's notation: `@key`, `-@key`, `@key [p. 5]`, `[see @key, p. 5; @other]`.
extension InlineParser {
  /// `@key` and `@{key}`; the position is at the `@`.
  ///
  /// A key begins with a letter, a digit or `_`, and has single marks of punctuation inside only.
  mutating func readCitation() {
    let start = position + 1
    var end = start
    var key = start..<start
    if byte(start) == UInt8(ascii: "{") {
      end = start + 1
      while let next = byte(end), next != UInt8(ascii: "}"), !next.isSpace { end += 1 }
      guard byte(end) == UInt8(ascii: "}"), end > start + 1 else { return addText(1) }
      key = start + 1..<end
      end += 1
    } else {
      while let next = byte(end) {
        if next.isWordCharacter {
          end += 1
        } else if end > start, Self.isInsideKeys(next), byte(end + 1)?.isWordCharacter ?? false {
          end += 1
        } else {
          break
        }
      }
      key = start..<end
    }
    guard !key.isEmpty else { return addText(1) }
    let name = String(decoding: bytes[key], as: UTF8.self)
    let isYearOnly =
      byte(position - 1) == UInt8(ascii: "-") && text.last == UInt8(ascii: "-")
      && !(byte(position - 2)?.isWordCharacter ?? false)
    if isYearOnly {
      text.removeLast()
      position -= 1
      flushText()
    }
    add(.citation(key: name, isYearOnly ? .yearOnly : .inText), upTo: end)
  }

  private static func isInsideKeys(_ byte: UInt8) -> Bool {
    ":.#$%&-+?<>~/".utf8.contains(byte)
  }

  /// Makes citations of a bracket that closes at the position and is no link.
  ///
  /// - Returns: Whether it did.
  mutating func closeCitations(_ bracket: InlineBracket) -> Bool {
    guard dialect.isLab, !bracket.isImage else { return false }
    flushText()
    guard bracket.item < items.count - 1 else { return false }
    if let cited = citation(before: bracket) {
      guard case .citation(let key, .inText) = items[cited].inline.kind else { return false }
      items[cited].inline.kind = .citation(key: key, .beforeLocator)
      // What stands between belongs to the locator: nothing, or one space.
      let start = items[cited].inline.range.upperBound
      gather(bracket, from: start, removing: cited + 1, isLocator: true)
      return true
    }
    // Each part between semicolons must cite something, or the brackets are a text's own.
    var isCited = [false]
    for item in items[(bracket.item + 1)...] {
      if case .citation = item.inline.kind { isCited[isCited.count - 1] = true }
      if case .text(let text) = item.inline.kind {
        for _ in text.utf8.filter({ $0 == UInt8(ascii: ";") }) { isCited.append(false) }
      }
    }
    guard isCited.allSatisfy(\.self) else { return false }
    for index in items.indices where index > bracket.item {
      if case .citation(let key, .inText) = items[index].inline.kind {
        items[index].inline.kind = .citation(key: key, .inParentheses)
      }
    }
    gather(
      bracket, from: items[bracket.item].inline.range.lowerBound, removing: bracket.item,
      isLocator: false)
    return true
  }

  /// Where the citation stands that a bracket follows, with one space at most between them.
  private func citation(before bracket: InlineBracket) -> Int? {
    var index = bracket.item - 1
    if items.indices.contains(index), case .text(" ") = items[index].inline.kind { index -= 1 }
    guard items.indices.contains(index), case .citation(_, .inText) = items[index].inline.kind
    else { return nil }
    return index
  }

  private mutating func gather(
    _ bracket: InlineBracket, from start: Markup.Position, removing first: Int, isLocator: Bool
  ) {
    let inside = resolveEmphasis(items[(bracket.item + 1)...])
    let depth = (inside.map(\.depth).max() ?? 0) + 1
    items.removeSubrange(first...)
    position += 1
    let range = start..<source.range(position..<position).lowerBound
    let kind = Markup.InlineKind.citations(Self.merged(inside), isLocator: isLocator)
    items.append(InlineItem(Markup.Inline(kind: kind, range: range), depth: depth))
  }
}
