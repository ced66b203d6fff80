/// Takes the text of a paragraph, heading or cell apart into inlines, after the strategy that the
/// CommonMark specification describes: one pass from left to right, with a stack of brackets; then
/// emphasis, from the inside out.
///
/// Takes time in proportion to the length of the text: a search that found nothing is not repeated.
struct InlineParser {
  let source: InlineSource
  let bytes: [UInt8]
  let dialect: MarkupDialect
  let definitions: [String: LinkDefinition]

  var values: FragmentReader
  var links: LinkScanner
  var html: HTMLScanner

  /// What was read so far.
  var items: [InlineItem] = []
  var brackets: [InlineBracket] = []
  /// Brackets below this, unless of images, open no link: there is one inside them.
  var inactiveBrackets = 0

  var position = 0
  /// Text that is not an item yet, and where it began.
  var text: [UInt8] = []
  var textStart = 0

  /// The places of runs of backticks by their length; made when the first is met.
  lazy var backticks: [Int: [Int]] = findBackticks()

  /// Whether a search for the end of a formula of one or two dollars failed.
  var isMathEndMissing = [false, false]

  /// Inlines inside each other beyond this are text.
  static let deepestNesting = 100

  init(
    _ source: InlineSource, dialect: MarkupDialect, definitions: [String: LinkDefinition]
  ) {
    self.source = source
    self.dialect = dialect
    self.definitions = definitions
    bytes = source.bytes
    values = FragmentReader(bytes, source: source, readsValues: dialect.isLab)
    links = LinkScanner(bytes, dialect: dialect, source: source)
    html = HTMLScanner(bytes)
  }

  /// The inlines, and what is wrong with names in them.
  mutating func parse() -> (inlines: [Markup.Inline], complaints: [Markup.Complaint]) {
    while position < bytes.count { step() }
    flushText()
    let inlines = resolveEmphasis(items[...])
    return (Self.merged(inlines), values.complaints + links.fragments.complaints)
  }

  func byte(_ index: Int) -> UInt8? { bytes.indices.contains(index) ? bytes[index] : nil }

  private mutating func step() {
    switch bytes[position] {
    case UInt8(ascii: "\\"): readBackslash()
    case UInt8(ascii: "`"): readCodeSpan()
    case UInt8(ascii: "<"): readHTML()
    case UInt8(ascii: "&"): readEntity()
    case 10: readLineEnd()
    case UInt8(ascii: "*"), UInt8(ascii: "_"): readRun()
    case UInt8(ascii: "~") where dialect.isGitHub: readRun()
    case UInt8(ascii: "["): openBracket(isImage: false)
    case UInt8(ascii: "!") where byte(position + 1) == UInt8(ascii: "["): openBracket(isImage: true)
    case UInt8(ascii: "]"): closeBracket()
    case UInt8(ascii: "$") where dialect.hasMath: readMath()
    case UInt8(ascii: "@") where dialect.isLab: readReference()
    case UInt8(ascii: "h"), UInt8(ascii: "w"), UInt8(ascii: "f"):
      if !dialect.isGitHub || !readAddress() { addText(1) }
    default: addText(1)
    }
  }

  // MARK: Items

  /// Takes bytes as text.
  mutating func addText(_ count: Int) {
    if text.isEmpty { textStart = position }
    text += bytes[position..<position + count]
    position += count
  }

  /// Takes bytes as text that stands for something else.
  mutating func addText(_ decoded: [UInt8], upTo end: Int) {
    if text.isEmpty { textStart = position }
    text += decoded
    position = end
  }

  mutating func flushText() {
    guard !text.isEmpty else { return }
    let kind = Markup.InlineKind.text(String(decoding: text, as: UTF8.self))
    items.append(InlineItem(inline(kind, textStart..<position)))
    text.removeAll(keepingCapacity: true)
  }

  func inline(_ kind: Markup.InlineKind, _ range: Range<Int>) -> Markup.Inline {
    Markup.Inline(kind: kind, range: source.range(range))
  }

  /// Adds an inline that reaches up to a place, and goes on there.
  mutating func add(_ kind: Markup.InlineKind, upTo end: Int) {
    flushText()
    items.append(InlineItem(inline(kind, position..<end)))
    position = end
  }

  /// Neighbouring texts as one.
  static func merged(_ items: [InlineItem]) -> [Markup.Inline] {
    var result: [Markup.Inline] = []
    var text = ""
    var range: Range<Markup.Position>?
    func flush() {
      if let range { result.append(Markup.Inline(kind: .text(text), range: range)) }
      text = ""
      range = nil
    }
    for item in items {
      guard case .text(let more) = item.inline.kind else {
        flush()
        result.append(item.inline)
        continue
      }
      text += more
      range = (range?.lowerBound ?? item.inline.range.lowerBound)..<item.inline.range.upperBound
    }
    flush()
    return result
  }
}

// MARK: - Small things

extension InlineParser {
  private mutating func readBackslash() {
    if let end = values.valueEnd(at: position) {
      add(.value(name: values.name(position..<end)), upTo: end)
      return
    }
    _ = values.isUnclosedValue(at: position)
    guard let next = byte(position + 1) else { return addText(1) }
    if next == 10 {
      add(.hardBreak, upTo: position + 2)
    } else if next.isPunctuation {
      addText([next], upTo: position + 2)
    } else {
      addText(1)
    }
  }

  private mutating func readEntity() {
    guard let entity = Entity(bytes, at: position) else { return addText(1) }
    addText(Array(entity.text.utf8), upTo: entity.end)
  }

  private mutating func readLineEnd() {
    var spaces = 0
    while text.last == 32 {
      text.removeLast()
      spaces += 1
    }
    // A tab before the end is white space too, and makes no break.
    while let last = text.last, last.isBlank { text.removeLast() }
    add(spaces >= 2 ? .hardBreak : .softBreak, upTo: position + 1)
  }

  // MARK: Code

  func findBackticks() -> [Int: [Int]] {
    var result: [Int: [Int]] = [:]
    var index = 0
    while let next = bytes[index...].firstIndex(of: UInt8(ascii: "`")) {
      let count = bytes[next...].prefix { $0 == UInt8(ascii: "`") }.count
      result[count, default: []].append(next)
      index = next + count
    }
    return result
  }

  /// Where the run of as many backticks stands that closes the code span that a run opens.
  mutating func codeEnd(from start: Int, count: Int) -> Int? {
    guard let places = backticks[count] else { return nil }
    var low = 0
    var high = places.count
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < start + count { low = middle + 1 } else { high = middle }
    }
    return low < places.count ? places[low] : nil
  }

  private mutating func readCodeSpan() {
    let count = bytes[position...].prefix { $0 == UInt8(ascii: "`") }.count
    guard let close = codeEnd(from: position, count: count) else { return addText(count) }
    // Line ends are spaces; one space at each end sets off backticks.
    var code = bytes[(position + count)..<close].map { $0 == 10 ? 32 : $0 }
    if code.count > 1, code.first == 32, code.last == 32, code.contains(where: { $0 != 32 }) {
      code.removeFirst()
      code.removeLast()
    }
    add(.code(String(decoding: code, as: UTF8.self)), upTo: close + count)
  }

  // MARK: HTML and addresses

  private mutating func readHTML() {
    if let end = addressEnd() {
      let address = String(decoding: bytes[(position + 1)..<(end - 1)], as: UTF8.self)
      let isMail = !address.contains(":") || !Self.hasScheme(bytes[(position + 1)..<end])
      addLink(to: (isMail ? "mailto:" : "") + address, text: address, upTo: end)
    } else if let end = html.end(at: position) {
      let isComment = bytes[position...].starts(with: "<!--".utf8)
      let range = position..<end
      let html =
        isComment
        ? [
          Markup.Fragment(
            kind: .text(String(decoding: bytes[range], as: UTF8.self)), range: source.range(range))
        ]
        : values.read(range)
      add(.html(html), upTo: end)
    } else {
      addText(1)
    }
  }

  private static func hasScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
    let scheme = bytes.prefix { $0.isLetter || $0.isDigit || "+.-".utf8.contains($0) }
    return scheme.first?.isLetter ?? false && (2...32).contains(scheme.count)
      && scheme.endIndex < bytes.endIndex && bytes[scheme.endIndex] == UInt8(ascii: ":")
  }

  /// Where `<https://…>` or `<name@example.org>` ends.
  private func addressEnd() -> Int? {
    let rest = bytes[(position + 1)...]
    if Self.hasScheme(rest) {
      let end = rest.firstIndex {
        $0 <= 32 || $0 == 127 || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">")
      }
      return end.flatMap { bytes[$0] == UInt8(ascii: ">") ? $0 + 1 : nil }
    }
    let local = rest.prefix { byte in
      byte.isLetter || byte.isDigit || ".!#$%&'*+/=?^_`{|}~-".utf8.contains(byte)
    }
    guard !local.isEmpty, byte(local.endIndex) == UInt8(ascii: "@") else { return nil }
    let domain = bytes[(local.endIndex + 1)...].prefix { byte in
      byte.isLetter || byte.isDigit || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
    guard byte(domain.endIndex) == UInt8(ascii: ">") else { return nil }
    let labels = domain.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isDomain = labels.allSatisfy { label in
      (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
        && label.last != UInt8(ascii: "-")
    }
    return isDomain ? domain.endIndex + 1 : nil
  }

  mutating func addLink(to address: String, text: String, upTo end: Int) {
    let range = source.range(position..<end)
    add(
      .link(
        destination: [Markup.Fragment(kind: .text(address), range: range)], title: nil,
        [Markup.Inline(kind: .text(text), range: range)]), upTo: end)
  }
}
