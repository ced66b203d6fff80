/// Where a link leads.
struct LinkDefinition {
  var destination: [Markup.Fragment]
  var title: [Markup.Fragment]?
}

/// Reads destinations, titles and labels of links (CommonMark, 4.7 and 6.3).
struct LinkScanner {
  let bytes: [UInt8]
  private let isLab: Bool
  private let hasCitations: Bool
  private(set) var fragments: FragmentReader

  /// Parentheses inside each other that a destination may have.
  private static let deepestNesting = 32

  /// Bytes that a label may have.
  static let longestLabel = 999

  init(_ bytes: [UInt8], dialect: MarkupDialect, source: InlineSource? = nil) {
    self.bytes = bytes
    // A definition serves links in other places, so there is no place for a value in it.
    isLab = dialect.isLab && source != nil
    hasCitations = dialect.isLab
    fragments = FragmentReader(bytes, source: source, readsValues: isLab)
  }

  private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Past spaces and at most one line end.
  private func pastSpace(_ start: Int) -> Int {
    var index = start
    var sawLineEnd = false
    while let next = byte(index), next.isSpace {
      if next == 10 {
        if sawLineEnd { break }
        sawLineEnd = true
      }
      index += 1
    }
    return index
  }

  // MARK: Links in text

  /// `(destination "title")` from the parenthesis on.
  mutating func inline(at start: Int) -> (link: LinkDefinition, end: Int)? {
    guard byte(start) == UInt8(ascii: "(") else { return nil }
    var index = pastSpace(start + 1)
    if byte(index) == UInt8(ascii: ")") {
      return (LinkDefinition(destination: [], title: nil), index + 1)
    }
    guard let destination = destinationRange(at: index) else { return nil }
    index = pastSpace(destination.end)
    var title: Range<Int>?
    if index > destination.end, let found = titleRange(at: index) {
      title = found.inside
      index = pastSpace(found.end)
    }
    guard byte(index) == UInt8(ascii: ")") else { return nil }
    var link = LinkDefinition(
      destination: fragments.read(destination.inside, decodes: true), title: nil)
    if let title { link.title = fragments.read(title, decodes: true) }
    return (link, index + 1)
  }

  /// `[label]` from the bracket on: its bytes, and where it ends.
  func label(at start: Int) -> (inside: Range<Int>, end: Int)? {
    guard byte(start) == UInt8(ascii: "[") else { return nil }
    var index = start + 1
    while let next = byte(index), index - start <= Self.longestLabel + 1 {
      switch next {
      case UInt8(ascii: "\\"): index += 1
      case UInt8(ascii: "["): return nil
      case UInt8(ascii: "]"): return (start + 1..<index, index + 1)
      default: break
      }
      index += 1
    }
    return nil
  }

  /// A label as labels are compared: case and white space mean nothing. Empty ones are none.
  func normalised(_ range: Range<Int>) -> String? {
    guard range.count <= Self.longestLabel else { return nil }
    let words = bytes[range].split { $0.isSpace }
    guard !words.isEmpty else { return nil }
    return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
      .lowercased().uppercased()
  }

  // MARK: Definitions

  /// `[label]: destination "title"` at the beginning of a line.
  mutating func definition(at start: Int) -> (label: String, link: LinkDefinition, end: Int)? {
    guard let label = label(at: start), byte(label.end) == UInt8(ascii: ":"),
      let name = normalised(label.inside)
    else { return nil }
    // `[@key]: …` cites.
    if hasCitations, bytes[label.inside].first == UInt8(ascii: "@") { return nil }
    var index = pastSpace(label.end + 1)
    guard let destination = destinationRange(at: index) else { return nil }
    index = destination.end
    var link = LinkDefinition(
      destination: fragments.read(destination.inside, decodes: true), title: nil)
    let beforeTitle = pastSpace(index)
    if beforeTitle > index, let title = titleRange(at: beforeTitle),
      let end = lineEnd(after: title.end)
    {
      link.title = fragments.read(title.inside, decodes: true)
      return (name, link, end)
    }
    return lineEnd(after: index).map { (name, link, $0) }
  }

  /// Where the next line begins, if nothing but spaces is left of this one.
  private func lineEnd(after start: Int) -> Int? {
    var index = start
    while let next = byte(index), next.isBlank { index += 1 }
    guard let next = byte(index) else { return index }
    return next == 10 ? index + 1 : nil
  }

  // MARK: Parts

  private mutating func destinationRange(at start: Int) -> (inside: Range<Int>, end: Int)? {
    var index = start
    if byte(start) == UInt8(ascii: "<") {
      index += 1
      while let next = byte(index), next != 10, next != UInt8(ascii: "<") {
        if next == UInt8(ascii: ">") { return (start + 1..<index, index + 1) }
        index += next == UInt8(ascii: "\\") ? 2 : 1
      }
      return nil
    }
    var depth = 0
    while let next = byte(index), next > 32, next != 127 {
      if let end = fragments.valueEnd(at: index) {
        index = end
        continue
      }
      if next == UInt8(ascii: "\\"), byte(index + 1)?.isPunctuation ?? false {
        index += 2
        continue
      }
      if next == UInt8(ascii: "(") {
        depth += 1
        if depth > Self.deepestNesting { return nil }
      } else if next == UInt8(ascii: ")") {
        if depth == 0 { break }
        depth -= 1
      }
      index += 1
    }
    return depth == 0 && index > start ? (start..<index, index) : nil
  }

  private func titleRange(at start: Int) -> (inside: Range<Int>, end: Int)? {
    guard let open = byte(start) else { return nil }
    let close: UInt8
    switch open {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): close = open
    case UInt8(ascii: "("): close = UInt8(ascii: ")")
    default: return nil
    }
    var index = start + 1
    while let next = byte(index) {
      if next == close { return (start + 1..<index, index + 1) }
      if open == UInt8(ascii: "("), next == open { return nil }
      index += next == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }
}
