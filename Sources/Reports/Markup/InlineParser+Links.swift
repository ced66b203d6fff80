/// An inline while the text around it is being read.
struct InlineItem {
  var inline: Markup.Inline

  /// Its markers, if it may begin or end emphasis.
  var run: DelimiterRun?

  /// How many inlines are inside each other in it.
  var depth = 0

  init(_ inline: Markup.Inline, run: DelimiterRun? = nil, depth: Int = 0) {
    self.inline = inline
    self.run = run
    self.depth = depth
  }
}

/// A `[` or `![` that waits for its end.
struct InlineBracket {
  /// The item that holds it.
  var item: Int
  var isImage: Bool
  /// Where the text after it begins.
  var start: Int
  /// Whether another bracket opened after it: then it is no label.
  var hasInner = false
}

/// Links and pictures.
extension InlineParser {
  mutating func openBracket(isImage: Bool) {
    let length = isImage ? 2 : 1
    if !brackets.isEmpty { brackets[brackets.count - 1].hasInner = true }
    brackets.append(
      InlineBracket(
        item: items.count + (text.isEmpty ? 0 : 1), isImage: isImage, start: position + length))
    add(.text(isImage ? "![" : "["), upTo: position + length)
  }

  mutating func closeBracket() {
    guard let bracket = brackets.popLast() else { return addText(1) }
    let isInactive = !bracket.isImage && brackets.count < inactiveBrackets
    inactiveBrackets = min(inactiveBrackets, brackets.count)
    guard !isInactive, let (link, end) = target(of: bracket) else {
      if !closeCitations(bracket) { addText(1) }
      return
    }
    flushText()
    let inside = resolveEmphasis(items[(bracket.item + 1)...])
    let depth = (inside.map(\.depth).max() ?? 0) + 1
    guard depth < Self.deepestNesting else {
      // What is open around so much stays text; trying again and again would take its time.
      brackets = []
      inactiveBrackets = 0
      return addText(1)
    }
    let children = Self.merged(inside)
    let kind: Markup.InlineKind =
      bracket.isImage
      ? .image(source: link.destination, title: link.title, children)
      : .link(destination: link.destination, title: link.title, children)
    items.removeSubrange(bracket.item...)
    let start = bracket.start - (bracket.isImage ? 2 : 1)
    items.append(InlineItem(inline(kind, start..<end), depth: depth))
    position = end
    if !bracket.isImage { inactiveBrackets = brackets.count }
  }

  /// Where a bracket leads that closes at the position, and where its link ends.
  private mutating func target(of bracket: InlineBracket) -> (LinkDefinition, Int)? {
    if let (link, end) = links.inline(at: position + 1) { return (link, end) }
    var label = bracket.start..<position
    var end = position + 1
    if let reference = links.label(at: position + 1) {
      end = reference.end
      if !reference.inside.isEmpty {
        label = reference.inside
      } else if bracket.hasInner {
        return nil
      }
    } else if bracket.hasInner {
      return nil
    }
    guard !definitions.isEmpty, let name = links.normalised(label), let link = definitions[name]
    else { return nil }
    return (link, end)
  }

  /// A bare address, as GitHub links it: `www.`, `http://`, `https://`, `ftp://`.
  mutating func readAddress() -> Bool {
    if let before = byte(position - 1) {
      guard before.isSpace || "*_~(".utf8.contains(before) else { return false }
    }
    guard brackets.isEmpty else { return false }
    let rest = bytes[position...]
    let heads = ["www.", "http://", "https://", "ftp://"]
    guard let head = heads.first(where: { rest.starts(with: $0.utf8) }) else { return false }
    var address = rest.prefix { !$0.isSpace && $0 != UInt8(ascii: "<") }
    trimAddress(&address)
    let host = address.dropFirst(head == "www." ? 0 : head.utf8.count)
      .prefix { $0.isWordCharacter || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }),
      !labels.suffix(2).contains(where: { $0.contains(UInt8(ascii: "_")) })
    else { return false }
    let text = String(decoding: address, as: UTF8.self)
    addLink(to: (head == "www." ? "http://" : "") + text, text: text, upTo: address.endIndex)
    return true
  }

  /// Punctuation at an address' end belongs to the sentence, as does a parenthesis that nothing in
  /// the address opens, and what looks like an entity.
  private func trimAddress(_ address: inout ArraySlice<UInt8>) {
    var excess = 0
    for byte in address {
      if byte == UInt8(ascii: "(") { excess -= 1 }
      if byte == UInt8(ascii: ")") { excess += 1 }
    }
    while let last = address.last {
      if "?!.,:*_~'\"".utf8.contains(last) {
        address.removeLast()
      } else if last == UInt8(ascii: ")"), excess > 0 {
        address.removeLast()
        excess -= 1
      } else if last == UInt8(ascii: ";") {
        let name = address.dropLast().reversed().prefix { $0.isLetter || $0.isDigit }
        let start = address.endIndex - 1 - name.count
        guard !name.isEmpty, start > address.startIndex, bytes[start - 1] == UInt8(ascii: "&")
        else { return }
        address = address[..<(start - 1)]
      } else {
        return
      }
    }
  }
}
