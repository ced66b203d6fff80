/// How a block of HTML begins, which decides how it ends (CommonMark, 4.6).
enum HTMLBlockStart {
  /// `<script`, `<pre`, `<style`, `<textarea`, to the end tag of one of them.
  case verbatim

  /// A comment, a processing instruction, a declaration, character data: to its own end.
  case closed(by: String)

  /// A tag of a block, to a blank line.
  case block

  /// Any whole tag alone on its line, to a blank line.
  case tag

  var endsAtBlankLine: Bool {
    switch self {
    case .block, .tag: true
    case .verbatim, .closed: false
    }
  }

  /// What ends such a block; `nil` where a blank line does.
  var missingEnd: String? {
    switch self {
    case .verbatim: "</\(Self.verbatimTags[0])>"
    case .closed(let end): end
    case .block, .tag: nil
    }
  }

  private static let verbatimTags = ["script", "pre", "style", "textarea"]

  private static let blockTags: Set<String> = [
    "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center",
    "col", "colgroup", "dd", "details", "dialog", "dir", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu",
    "menuitem", "nav", "noframes", "ol", "optgroup", "option", "p", "param", "search", "section",
    "source", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "track",
    "ul",
  ]

  /// Reads the beginning of a line, which is `<`.
  ///
  /// - Parameter canInterrupt: Whether any tag may begin a block here: not inside a paragraph.
  init?(_ rest: ArraySlice<UInt8>, canInterrupt: Bool) {
    let after = rest.dropFirst()
    switch after.first {
    case UInt8(ascii: "!"):
      if after.starts(with: "!--".utf8) {
        self = .closed(by: "-->")
      } else if after.starts(with: "![CDATA[".utf8) {
        self = .closed(by: "]]>")
      } else if after.dropFirst().first?.isLetter ?? false {
        self = .closed(by: ">")
      } else {
        return nil
      }
    case UInt8(ascii: "?"): self = .closed(by: "?>")
    default:
      let isEnd = after.first == UInt8(ascii: "/")
      let name = (isEnd ? after.dropFirst() : after).prefix { $0.isLetter || $0.isDigit }
      let word = String(decoding: name.prefix(12), as: UTF8.self).lowercased()
      let next = name.endIndex < rest.endIndex ? rest[name.endIndex] : nil
      let isWhole = next.map { $0.isBlank || $0 == UInt8(ascii: ">") } ?? true
      if !isEnd, isWhole, Self.verbatimTags.contains(word) {
        self = .verbatim
      } else if Self.blockTags.contains(word),
        isWhole || rest[name.endIndex...].starts(with: "/>".utf8)
      {
        self = .block
      } else {
        let bytes = Array(rest)
        guard canInterrupt, let end = HTMLScanner(bytes).tagEnd(at: 0),
          bytes[end...].isBlank
        else { return nil }
        self = .tag
      }
    }
  }

  /// Whether a line, from its first byte on, holds the end.
  func ends(with line: ArraySlice<UInt8>) -> Bool {
    switch self {
    case .verbatim:
      var rest = line
      while let start = rest.firstPlace(of: [UInt8(ascii: "<"), UInt8(ascii: "/")]) {
        rest = line[(start + 2)...]
        let name = rest.prefix { $0.isLetter }
        guard name.endIndex < line.endIndex, line[name.endIndex] == UInt8(ascii: ">") else {
          continue
        }
        let word = String(decoding: name.prefix(12), as: UTF8.self).lowercased()
        if Self.verbatimTags.contains(word) { return true }
      }
      return false
    case .closed(let end): return line.firstPlace(of: Array(end.utf8)) != nil
    case .block, .tag: return false
    }
  }
}

/// Finds the ends of HTML's tags in running text (CommonMark, 6.6).
struct HTMLScanner {
  private let bytes: [UInt8]

  /// Ends that were searched in vain: what begins later has none either.
  private var missing: Set<String> = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Where HTML of any kind that begins with `<` at a place ends.
  mutating func end(at start: Int) -> Int? {
    guard start + 1 < bytes.count else { return nil }
    let rest = bytes[(start + 1)...]
    if rest.starts(with: "!--".utf8) {
      // `<!-->` and `<!--->` are whole.
      if rest.starts(with: "!-->".utf8) { return start + 5 }
      if rest.starts(with: "!--->".utf8) { return start + 6 }
      return find("-->", from: start + 4)
    }
    if rest.starts(with: "![CDATA[".utf8) { return find("]]>", from: start + 9) }
    if rest.first == UInt8(ascii: "?") { return find("?>", from: start + 2) }
    if rest.first == UInt8(ascii: "!") {
      return rest.dropFirst().first?.isLetter ?? false ? find(">", from: start + 2) : nil
    }
    return tagEnd(at: start)
  }

  private mutating func find(_ end: String, from start: Int) -> Int? {
    guard !missing.contains(end), start <= bytes.count else { return nil }
    guard let place = bytes[start...].firstPlace(of: Array(end.utf8)) else {
      missing.insert(end)
      return nil
    }
    return place + end.utf8.count
  }

  /// Where an opening or closing tag ends.
  func tagEnd(at start: Int) -> Int? {
    var index = start + 1
    let isEnd = byte(index) == UInt8(ascii: "/")
    if isEnd { index += 1 }
    guard byte(index)?.isLetter ?? false else { return nil }
    while let next = byte(index), next.isLetter || next.isDigit || next == UInt8(ascii: "-") {
      index += 1
    }
    while !isEnd {
      let afterSpace = pastSpace(index)
      guard afterSpace > index, let end = attributeEnd(at: afterSpace) else { break }
      index = end
    }
    index = pastSpace(index)
    if !isEnd, byte(index) == UInt8(ascii: "/") { index += 1 }
    return byte(index) == UInt8(ascii: ">") ? index + 1 : nil
  }

  private func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private func pastSpace(_ start: Int) -> Int {
    var index = start
    while let next = byte(index), next.isSpace { index += 1 }
    return index
  }

  private func attributeEnd(at start: Int) -> Int? {
    guard let first = byte(start),
      first.isLetter || first == UInt8(ascii: "_") || first == UInt8(ascii: ":")
    else { return nil }
    var index = start
    while let next = byte(index),
      next.isLetter || next.isDigit || "_.:-".utf8.contains(next)
    {
      index += 1
    }
    let equals = pastSpace(index)
    guard byte(equals) == UInt8(ascii: "=") else { return index }
    index = pastSpace(equals + 1)
    guard let quote = byte(index) else { return nil }
    if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      return bytes[(index + 1)...].firstIndex(of: quote).map { $0 + 1 }
    }
    let value = index
    while let next = byte(index), !next.isSpace, !"\"'=<>`".utf8.contains(next) { index += 1 }
    return index > value ? index : nil
  }
}
