/// A run of `*`, `_` or `~`.
struct DelimiterRun {
  var byte: UInt8
  /// How many are left, and how many there were.
  var count: Int
  var length: Int
  var canOpen: Bool
  var canClose: Bool
}

extension InlineParser {
  /// Reads a run, and whether it can begin and end emphasis, by what stands on both sides.
  mutating func readRun() {
    let marker = bytes[position]
    let count = bytes[position...].prefix { $0 == marker }.count
    let before = CharacterClass(scalarBefore(position))
    let after = CharacterClass(scalarAfter(position + count))
    let isLeft = after != .space && (after == .other || before != .other)
    let isRight = before != .space && (before == .other || after != .other)
    var run = DelimiterRun(
      byte: marker, count: count, length: count, canOpen: isLeft, canClose: isRight)
    if marker == UInt8(ascii: "_") {
      run.canOpen = isLeft && (!isRight || before == .punctuation)
      run.canClose = isRight && (!isLeft || after == .punctuation)
    } else if marker == UInt8(ascii: "~"), count > 2 {
      return addText(count)
    }
    let start = position
    add(
      .text(String(repeating: Character(Unicode.Scalar(marker)), count: count)), upTo: start + count
    )
    if run.canOpen || run.canClose { items[items.count - 1].run = run }
  }

  private func scalarBefore(_ index: Int) -> Unicode.Scalar? {
    var start = index - 1
    while start > 0, bytes[start] & 0xC0 == 0x80, index - start < 4 { start -= 1 }
    guard start >= 0 else { return nil }
    return String(decoding: bytes[start..<index], as: UTF8.self).unicodeScalars.last
  }

  private func scalarAfter(_ index: Int) -> Unicode.Scalar? {
    guard index < bytes.count else { return nil }
    let end = min(index + 4, bytes.count)
    return String(decoding: bytes[index..<end], as: UTF8.self).unicodeScalars.first
  }

  /// Makes emphasis of runs that belong together, and text of the others.
  ///
  /// What is done stands on a stack; a run that closes takes what stands above its opener along.
  /// Where a search for an opener failed is remembered for each sort of run, so that no run is looked
  /// at twice for nothing.
  func resolveEmphasis(_ items: ArraySlice<InlineItem>) -> [InlineItem] {
    guard items.contains(where: { $0.run != nil }) else { return Array(items) }
    var done: [InlineItem] = []
    /// Places in `done` of runs that may open.
    var openers: [Int] = []
    /// For each sort of run, the openers that were searched.
    var searched: [Int: Int] = [:]

    func opener(for run: DelimiterRun, from bottom: Int) -> Int? {
      var index = openers.count
      while index > bottom {
        index -= 1
        guard let other = done[openers[index]].run, other.byte == run.byte else { continue }
        if run.byte == UInt8(ascii: "~") {
          if other.count == run.count { return index }
          continue
        }
        let isOdd =
          (run.canOpen || other.canClose) && run.length % 3 != 0
          && (run.length + other.length) % 3 == 0
        if !isOdd { return index }
      }
      return nil
    }

    for var item in items {
      guard var run = item.run else {
        done.append(item)
        continue
      }
      while run.canClose, run.count > 0 {
        let sort = Int(run.byte) * 8 + (run.canOpen ? 4 : 0) + run.length % 3
        guard let index = opener(for: run, from: searched[sort] ?? 0) else {
          searched[sort] = openers.count
          break
        }
        let place = openers[index]
        guard var open = done[place].run else { break }
        let inside = Array(done[(place + 1)...])
        let depth = (inside.map(\.depth).max() ?? 0) + 1
        if depth >= Self.deepestNesting {
          // What is open around so much stays text; trying again and again would take its time.
          openers = []
          searched = [:]
          break
        }
        let isTilde = run.byte == UInt8(ascii: "~")
        let used = isTilde ? run.count : run.count >= 2 && open.count >= 2 ? 2 : 1
        done.removeSubrange((place + 1)...)
        openers.removeSubrange(index...)
        for (key, value) in searched where value > openers.count { searched[key] = openers.count }
        let start = Self.moved(done[place].inline.range.upperBound, by: -used)
        let end = Self.moved(item.inline.range.lowerBound, by: used)
        let children = Self.merged(inside.map(Self.withoutRun))
        let kind: Markup.InlineKind =
          isTilde ? .strikethrough(children) : used == 2 ? .strong(children) : .emphasis(children)
        open.count -= used
        if open.count == 0 {
          done.removeLast()
        } else {
          done[place] = Self.shortened(done[place], to: open, isAtStart: true)
          openers.append(place)
        }
        done.append(InlineItem(Markup.Inline(kind: kind, range: start..<end), depth: depth))
        run.count -= used
        item = Self.shortened(item, to: run, isAtStart: false)
      }
      guard run.count > 0 else { continue }
      item.run = run
      if run.canOpen { openers.append(done.count) }
      done.append(item)
    }
    return done.map(Self.withoutRun)
  }

  private static func withoutRun(_ item: InlineItem) -> InlineItem {
    var item = item
    item.run = nil
    return item
  }

  private static func moved(_ position: Markup.Position, by bytes: Int) -> Markup.Position {
    Markup.Position(line: position.line, column: position.column + bytes)
  }

  /// What is left of a run after some of it was used at one end.
  private static func shortened(
    _ item: InlineItem, to run: DelimiterRun, isAtStart: Bool
  ) -> InlineItem {
    var item = item
    let marker = Character(Unicode.Scalar(run.byte))
    item.inline.kind = .text(String(repeating: marker, count: run.count))
    let range = item.inline.range
    item.inline.range =
      isAtStart
      ? range.lowerBound..<moved(range.lowerBound, by: run.count)
      : moved(range.upperBound, by: -run.count)..<range.upperBound
    item.run = run
    return item
  }
}

/// What emphasis asks of a neighbour.
private enum CharacterClass {
  case space, punctuation, other

  init(_ scalar: Unicode.Scalar?) {
    guard let scalar else {
      self = .space
      return
    }
    if scalar.isASCII {
      let byte = UInt8(scalar.value)
      self = byte.isSpace ? .space : byte.isPunctuation ? .punctuation : .other
      return
    }
    switch scalar.properties.generalCategory {
    case .spaceSeparator: self = .space
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol,
      .modifierSymbol, .otherSymbol:
      self = .punctuation
    default: self = .other
    }
  }
}
