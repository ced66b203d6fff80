/// A stretch of a document that a run made: the outputs of a cell, the summary, the provenance.
struct OutputStretch: Hashable, Sendable {
  var name: SlotName

  /// The numbers of its lines, counted from 1, the comments that enclose it included.
  var lines: ClosedRange<Int>

  /// What remains when everything that may differ from run to run is taken away: which blocks there
  /// are, and how many columns a table has. Of equal ones in a row only the first is there.
  let form: [String]

  init(name: SlotName, lines: ClosedRange<Int>, form: [String]) {
    self.name = name
    self.lines = lines
    self.form = zip(form.indices, form).filter { $0 == 0 || form[$0 - 1] != $1 }.map(\.1)
  }
}

/// A document on disk, taken apart into lines and stretches of outputs.
struct CommittedDocument {
  /// A piece that is compared as one.
  enum Item {
    /// A line, with its number counted from 1.
    case line(String, number: Int)

    /// A stretch of outputs, and whether a blank line, or nothing, follows as it should.
    case stretch(OutputStretch, isSetOff: Bool)
  }

  let lines: [String]

  /// The stretches, in order.
  let stretches: [OutputStretch]

  /// What the lines from some number on belong to, in words: the cells of a notebook, whose file has
  /// other lines.
  var parts: [(line: Int, words: String)] = []

  /// A document of Markdown.
  ///
  /// A copy with the line ends of Windows is the same document: its lines are taken apart by bytes,
  /// as to `Character` CR and LF together are one that is neither.
  init(_ text: String) {
    var lines = text.documentLines
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    self.init(lines: lines, stretches: Self.stretches(ofMarkdown: lines))
  }

  init(lines: [String], stretches: [OutputStretch]) {
    self.lines = lines
    self.stretches = stretches
  }

  /// The document with certain stretches of outputs folded into one item each.
  ///
  /// A folded stretch takes the blank line after it along, as nothing else would separate it from
  /// what follows once it is gone.
  func items(folding: (SlotName) -> Bool) -> [Item] {
    var items: [Item] = []
    var index = 0
    for stretch in stretches where folding(stretch.name) {
      let (start, end) = (stretch.lines.lowerBound - 1, stretch.lines.upperBound)
      while index < start {
        items.append(.line(lines[index], number: index + 1))
        index += 1
      }
      let isSetOff = end >= lines.count || lines[end].isEmpty
      items.append(.stretch(stretch, isSetOff: isSetOff))
      index = end + (isSetOff ? 1 : 0)
    }
    while index < lines.count {
      items.append(.line(lines[index], number: index + 1))
      index += 1
    }
    return items
  }
}

// MARK: - Markdown

extension CommittedDocument {
  /// The stretches between the comments of a Markdown document. Text that a lab printed may look like
  /// such a comment; it stands in a block of code.
  static func stretches(ofMarkdown lines: [String]) -> [OutputStretch] {
    // Most documents that are compared exactly are looked at for what may vary only.
    guard lines.contains(where: { SlotName($0) != nil }) else { return [] }
    var parser = BlockParser(lines, dialect: .generated)
    parser.parse()
    var stretches: [OutputStretch] = []
    var open: (name: SlotName, block: Int)?
    for (index, block) in parser.root.children.enumerated() {
      guard case .html = block.kind, block.end == block.start + 1 else { continue }
      let line = lines[block.start]
      if let (name, first) = open, line == SlotName.closing {
        let inside = parser.root.children[(first + 1)..<index]
        stretches.append(
          OutputStretch(
            name: name, lines: (parser.root.children[first].start + 1)...(block.start + 1),
            form: inside.flatMap { form($0, parser) }))
        open = nil
      } else if open == nil, let name = SlotName(line) {
        open = (name, index)
      }
    }
    return stretches
  }

  /// The form of Markdown that stands in another document.
  static func form(ofMarkdown lines: [String]) -> [String] {
    var parser = BlockParser(lines, dialect: .generated)
    parser.parse()
    return parser.root.children.flatMap { form($0, parser) }
  }

  private static func form(_ block: BlockNode, _ parser: BlockParser) -> [String] {
    switch block.kind {
    case .document, .item: return block.children.flatMap { form($0, parser) }
    case .definitions: return []
    case .paragraph: return ["paragraph"]
    case .heading(let level): return ["heading of level \(level)"]
    case .fence:
      let info = block.segments.first.map { parser.lines[$0.line][$0.range].trimmedBlanks } ?? []
      return ["code \(String(decoding: info, as: UTF8.self))"]
    case .indentedCode: return ["code"]
    case .math: return ["formula"]
    case .thematicBreak: return ["rule"]
    case .table(let alignments): return ["table of \(alignments.count)"]
    case .quote: return ["quote"] + block.children.flatMap { form($0, parser) } + ["/quote"]
    case .list: return ["list"]
    case .html:
      // Tags without their attributes' values.
      return block.segments.map { segment in
        let bytes = parser.lines[segment.line][segment.range]
        let tag = bytes.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ">") }
        return String(decoding: tag, as: UTF8.self)
      }
    }
  }
}
