extension Markup {
  /// Parses lines without their line ends.
  public init(_ lines: [String]) {
    self = Markup.parse([lines])[0]
  }

  /// Parses a text; `\n` and `\r\n` end its lines.
  public init(text: String) {
    self.init(text.documentLines)
  }

  /// Parses stretches of prose that make up one document: a link defined in one is known in all.
  ///
  /// Takes time in proportion to the length of the text.
  public static func parse(_ stretches: [[String]]) -> [Markup] {
    parse(stretches, dialect: .lab)
  }

  static func parse(_ stretches: [[String]], dialect: MarkupDialect) -> [Markup] {
    var parsers: [BlockParser] = []
    var definitions: [String: LinkDefinition] = [:]
    for lines in stretches {
      var parser = BlockParser(lines, dialect: dialect)
      parser.parse()
      definitions.merge(parser.definitions) { first, _ in first }
      parsers.append(parser)
    }
    return zip(stretches, parsers).map { lines, parser in
      var builder = MarkupBuilder(parser.lines, dialect: dialect, definitions: definitions)
      let blocks = builder.blocks(parser.root, isTop: true)
      return Markup(lines: lines, blocks: blocks, complaints: builder.complaints)
    }
  }

  /// Parses a line of text, as a caption is: one paragraph, whatever it begins with.
  public static func line(_ text: String) -> Markup {
    line(text, dialect: .lab)
  }

  static func line(_ text: String, dialect: MarkupDialect) -> Markup {
    let lines = text.documentLines
    let bytes = lines.map { Array($0.utf8) }
    var builder = MarkupBuilder(bytes, dialect: dialect, definitions: [:])
    let segments = bytes.indices.map { index in
      let text = bytes[index][...].trimmedBlanks
      return Segment(line: index, range: text.startIndex..<text.endIndex)
    }
    let inlines = builder.inlines(InlineSource(segments, lines: bytes))
    let paragraph = Block(kind: .paragraph(inlines), lines: bytes.indices)
    return Markup(lines: lines, blocks: [paragraph], complaints: builder.complaints)
  }
}

extension String {
  /// The lines of a text. Split by bytes: `\r\n` is one `Character`, which no `\n` splits.
  package var documentLines: [String] {
    let bytes = Array(utf8)
    var lines: [String] = []
    var start = 0
    for index in 0...bytes.count where index == bytes.count || bytes[index] == 10 {
      let end = index > start && bytes[index - 1] == 13 ? index - 1 : index
      lines.append(String(decoding: bytes[start..<end], as: UTF8.self))
      start = index + 1
    }
    return lines
  }
}

/// Makes the tree of blocks that were read, and their text into inlines.
struct MarkupBuilder {
  private let lines: [[UInt8]]
  private let dialect: MarkupDialect
  private let definitions: [String: LinkDefinition]
  private(set) var complaints: [Markup.Complaint] = []

  init(_ lines: [[UInt8]], dialect: MarkupDialect, definitions: [String: LinkDefinition]) {
    self.lines = lines
    self.dialect = dialect
    self.definitions = definitions
  }

  mutating func inlines(_ source: InlineSource) -> [Markup.Inline] {
    var parser = InlineParser(source, dialect: dialect, definitions: definitions)
    let (inlines, complaints) = parser.parse()
    self.complaints += complaints
    return inlines
  }

  mutating func blocks(_ node: BlockNode, isTop: Bool = false) -> [Markup.Block] {
    var result: [Markup.Block] = []
    for child in node.children {
      switch child.kind {
      case .list(let marker) where isTop && dialect.isLab && marker.number == nil:
        result += listWithCallouts(child, marker)
      case .definitions: continue
      case .paragraph where child.segments.isEmpty: continue
      default:
        result.append(
          Markup.Block(kind: kind(child), lines: child.start..<child.end, label: child.label))
      }
    }
    return result
  }

  private mutating func kind(_ node: BlockNode) -> Markup.Kind {
    switch node.kind {
    case .heading(let level): return .heading(level: level, inlines(text(node)))
    case .fence:
      var info: [UInt8] = []
      if let first = node.segments.first {
        info = Array(lines[first.line][first.range].trimmedBlanks)
      }
      return .code(
        Markup.Code(info: Self.decoded(info), text: verbatim(node.segments.dropFirst())))
    case .indentedCode: return .code(Markup.Code(info: nil, text: verbatim(node.segments[...])))
    case .html: return .html(html(node))
    case .math: return .math(math(node))
    case .list(let marker): return .list(list(node.children, marker))
    case .quote: return quote(node)
    case .table(let alignments): return .table(table(node, alignments))
    case .thematicBreak: return .thematicBreak
    case .document, .item, .paragraph, .definitions: return .paragraph(inlines(text(node)))
    }
  }

  private func text(_ node: BlockNode) -> InlineSource { InlineSource(node.segments, lines: lines) }

  /// Escapes and entities in what follows a fence.
  private static func decoded(_ info: [UInt8]) -> String {
    var reader = FragmentReader(info, source: nil, readsValues: false)
    guard case .text(let text)? = reader.read(0..<info.count, decodes: true).first?.kind else {
      return ""
    }
    return text
  }

  private func verbatim(_ segments: ArraySlice<Segment>) -> String {
    var bytes: [UInt8] = []
    for segment in segments {
      bytes += repeatElement(32, count: segment.spaces)
      bytes += lines[segment.line][segment.range]
      bytes.append(10)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func html(_ node: BlockNode) -> [Markup.Fragment] {
    var segments = node.segments
    while let last = segments.last, lines[last.line][last.range].isEmpty { segments.removeLast() }
    let source = InlineSource(segments, lines: lines)
    var isComment = false
    if case .html(.closed(by: "-->")) = node.kind { isComment = true }
    return fragments(source, 0..<source.bytes.count, readsValues: dialect.isLab && !isComment)
  }

  private mutating func math(_ node: BlockNode) -> [Markup.Fragment] {
    let source = InlineSource(node.segments, lines: lines)
    let start = min(2, source.bytes.count)
    let end =
      BlockParser.dollars(in: source.bytes[start...]) ?? source.bytes.count
    return fragments(source, start..<end, readsValues: dialect.isLab)
  }

  private mutating func fragments(
    _ source: InlineSource, _ range: Range<Int>, readsValues: Bool
  ) -> [Markup.Fragment] {
    var reader = FragmentReader(source.bytes, source: source, readsValues: readsValues)
    let result = reader.read(range)
    complaints += reader.complaints
    return result
  }
}

// MARK: - Lists, quotes, tables

extension MarkupBuilder {
  private mutating func list(_ items: [BlockNode], _ marker: ListMarker) -> Markup.List {
    // A blank line between two items, or between two blocks of one, sets all apart.
    let isTight =
      !zip(items, items.dropFirst()).contains { $0.end < $1.start }
      && !items.contains { item in
        zip(item.children, item.children.dropFirst()).contains { $0.end < $1.start }
      }
    return Markup.List(
      start: marker.number, isTight: isTight, items: items.map { item($0) })
  }

  private mutating func item(_ node: BlockNode) -> Markup.Item {
    var isDone: Bool?
    if dialect.isGitHub, let first = node.children.first, first.isParagraph,
      let segment = first.segments.first
    {
      let text = lines[segment.line][segment.range]
      if text.count > 3,
        text.starts(with: "[ ]".utf8) || text.starts(with: "[x]".utf8)
          || text.starts(with: "[X]".utf8), text.dropFirst(3).first?.isBlank ?? false
      {
        isDone = text.dropFirst().first != 32
        let rest = text.dropFirst(3).trimmedBlanks
        first.segments[0].range = rest.startIndex..<segment.range.upperBound
      }
    }
    return Markup.Item(blocks: blocks(node), lines: node.start..<node.end, isDone: isDone)
  }

  /// A list whose items may be callouts: each of them is a block of its own, and the items between
  /// them are lists.
  private mutating func listWithCallouts(
    _ node: BlockNode, _ marker: ListMarker
  ) -> [Markup.Block] {
    var result: [Markup.Block] = []
    var items: [BlockNode] = []
    func flush(_ builder: inout MarkupBuilder) {
      guard let first = items.first, let last = items.last else { return }
      result.append(
        Markup.Block(kind: .list(builder.list(items, marker)), lines: first.start..<last.end))
      items = []
    }
    for item in node.children {
      guard let paragraph = item.children.first, paragraph.isParagraph,
        let segment = paragraph.segments.first, segment.line == item.start,
        let (reading, length) = Callout.reading(lines[segment.line][segment.range])
      else {
        items.append(item)
        continue
      }
      flush(&self)
      var callout = reading
      callout.textColumn = segment.range.lowerBound + length
      if case .item(let marker) = item.kind {
        callout.contentColumn = marker.offset + marker.padding
      }
      paragraph.segments[0].range = (segment.range.lowerBound + length)..<segment.range.upperBound
      result.append(
        Markup.Block(kind: .callout(callout, blocks(item)), lines: item.start..<item.end))
    }
    flush(&self)
    return result
  }

  private mutating func quote(_ node: BlockNode) -> Markup.Kind {
    if dialect.isLab, let first = node.children.first, first.isParagraph,
      let segment = first.segments.first,
      let callout = Callout.readingAlert(
        String(decoding: lines[segment.line][segment.range], as: UTF8.self).trimmed)
    {
      first.segments.removeFirst()
      return .callout(callout, blocks(node))
    }
    return .quote(blocks(node))
  }

  private mutating func table(
    _ node: BlockNode, _ alignments: [Table.Alignment?]
  ) -> Markup.Grid {
    var rows = node.segments.map { segment in
      var cells = BlockParser.cells(of: lines[segment.line], in: segment.range)
        .prefix(alignments.count).map { range in
          inlines(InlineSource(cell: range, of: lines[segment.line], at: segment.line))
        }
      // A short row is filled up.
      cells += Array(repeating: [], count: alignments.count - cells.count)
      return cells
    }
    return Markup.Grid(alignments: alignments, head: rows.removeFirst(), rows: rows)
  }
}
