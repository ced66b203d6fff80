/// Finds the blocks of a stretch of lines, after the strategy that the CommonMark specification
/// describes: each line first continues the blocks that are open, then may open new ones, and what
/// is left of it is text.
///
/// Takes time in proportion to the length of the text: nesting is limited, and whatever would look
/// ahead is computed once.
struct BlockParser {
  let lines: [[UInt8]]
  let dialect: MarkupDialect
  let root = BlockNode(.document, start: 0)

  /// Definitions of links, by their label.
  var definitions: [String: LinkDefinition] = [:]

  /// The deepest open block.
  var tip: BlockNode

  /// The open blocks from the root to the tip.
  var open: [BlockNode]

  /// More blocks inside each other than this are text.
  static let deepestNesting = 100

  // The line being read.
  var line: [UInt8] = []
  var number = 0
  var offset = 0
  var column = 0
  /// Whether ``offset`` stands at a tab of which a part was indentation.
  var isInsideTab = false
  var nextNonspace = 0
  var nextNonspaceColumn = 0

  /// For each line, whether display math that is open there finds its end; made when first asked.
  lazy var mathEnds: [Bool] = computeMathEnds()

  init(_ texts: [String], dialect: MarkupDialect) {
    lines = texts.map { Array($0.utf8) }
    self.dialect = dialect
    tip = root
    open = [root]
  }

  mutating func parse() {
    for index in lines.indices { read(index) }
    close(downTo: 0)
  }

  /// Whether a line of its own is a paragraph, or nothing.
  static func isParagraph(_ text: String) -> Bool {
    var parser = BlockParser([text], dialect: .generated)
    parser.parse()
    return parser.root.children.allSatisfy(\.isParagraph)
  }

  /// The line that ends what the text leaves open and a blank line does not end: whatever stands
  /// below would be taken for a part of it.
  static func missingEnd(of texts: [String], dialect: MarkupDialect) -> String? {
    var parser = BlockParser(texts + [""], dialect: dialect)
    for index in parser.lines.indices { parser.read(index) }
    // What a list or a quote holds ends with it.
    guard parser.open.count == 2 else { return nil }
    switch parser.tip.kind {
    case .fence(let byte, let count, _):
      return String(repeating: Character(Unicode.Scalar(byte)), count: count)
    case .html(let start): return start.missingEnd
    default: return nil
    }
  }
}

// MARK: - One line

extension BlockParser {
  private mutating func read(_ index: Int) {
    line = lines[index]
    number = index
    offset = 0
    column = 0
    isInsideTab = false
    var matched = 1
    while matched < open.count {
      findNonspace()
      switch continuation(at: matched) {
      case .matches:
        matched += 1
        continue
      case .ends:
        touch(upTo: matched + 1)
        close(downTo: matched)
        return
      case .fails: break
      }
      break
    }
    let wasParagraph = tip.isParagraph
    let unmatched = open.count
    var depth = matched
    var opened = false
    while !open[depth - 1].isVerbatim {
      findNonspace()
      guard let start = openBlock(in: depth) else { break }
      opened = true
      depth = open.count
      if start == .complete { return }
      if start == .leaf { break }
    }
    findNonspace()
    if !opened, depth < unmatched, wasParagraph, !isBlank {
      // The text of a paragraph goes on without the markers of what it stands in.
      addText(from: nextNonspace)
      return
    }
    if !opened { close(downTo: depth) }
    if tip.takesLines {
      addLine()
    } else if !isBlank {
      add(.paragraph)
      addText(from: nextNonspace)
    }
  }

  /// Adds what is left of the line to the tip.
  private mutating func addLine() {
    switch tip.kind {
    case .paragraph: addText(from: nextNonspace)
    case .table: if !isBlank { addText(from: nextNonspace) }
    case .html(let start):
      addVerbatim()
      if start.ends(with: line[min(offset, line.count)...]) { close(downTo: open.count - 1) }
    case .math:
      addVerbatim()
      let text = line[min(offset, line.count)...]
      if isMathEnd(text, isFirst: tip.segments.count == 1) {
        tip.label = Label.attribute(of: .equation, atEndOf: text)?.label
        close(downTo: open.count - 1)
      }
    case .indentedCode:
      let isContent = !isBlank
      addVerbatim(touching: isContent)
    default: addVerbatim()
    }
  }

  private mutating func addText(from start: Int) {
    tip.segments.append(Segment(line: number, range: start..<line.count))
    touch(upTo: open.count)
  }

  private mutating func addVerbatim(touching: Bool = true) {
    var segment = Segment(line: number, range: min(offset, line.count)..<line.count)
    if isInsideTab {
      segment.spaces = 4 - column % 4
      segment.range = (offset + 1)..<line.count
    }
    tip.segments.append(segment)
    if touching { touch(upTo: open.count) }
  }

  /// Open blocks reach down to this line.
  mutating func touch(upTo depth: Int) {
    for node in open[..<depth] { node.end = number + 1 }
  }

  /// Opens a block in the tip, closing what cannot hold it.
  @discardableResult
  mutating func add(_ kind: BlockNode.Kind) -> BlockNode {
    while !tip.canContain(kind) { close(downTo: open.count - 1) }
    let node = BlockNode(kind, start: number)
    tip.children.append(node)
    open.append(node)
    tip = node
    touch(upTo: open.count)
    return node
  }

  /// Closes the blocks at a depth and below.
  mutating func close(downTo depth: Int) {
    while open.count > max(depth, 1) {
      let node = open.removeLast()
      node.isOpen = false
      tip = open[open.count - 1]
      finish(node)
    }
    if depth == 0 { root.isOpen = false }
  }

  private mutating func finish(_ node: BlockNode) {
    switch node.kind {
    case .paragraph: takeDefinitions(from: node)
    case .indentedCode:
      while let last = node.segments.last, lines[last.line][last.range].isBlank {
        node.segments.removeLast()
      }
    default: break
    }
  }

  /// Takes definitions of links from the beginning of a paragraph.
  mutating func takeDefinitions(from node: BlockNode) {
    guard let first = node.segments.first, first.range.lowerBound < first.range.upperBound,
      lines[first.line][first.range.lowerBound] == UInt8(ascii: "[")
    else { return }
    let source = InlineSource(node.segments, lines: lines)
    var scanner = LinkScanner(source.bytes, dialect: dialect)
    var end = 0
    while let definition = scanner.definition(at: end) {
      if definitions[definition.label] == nil { definitions[definition.label] = definition.link }
      end = definition.end
    }
    guard end > 0 else { return }
    let used = source.lineIndex(after: end)
    node.segments.removeFirst(used)
    if node.segments.isEmpty { node.kind = .definitions }
  }
}

// MARK: - Indentation

extension BlockParser {
  var isBlank: Bool { nextNonspace >= line.count }

  /// The columns before the next character that is no space.
  var indent: Int { nextNonspaceColumn - column }

  /// Whether what follows is indented so far that it is code.
  var isIndented: Bool { indent >= 4 }

  /// The next byte that is no space.
  var nextByte: UInt8? { nextNonspace < line.count ? line[nextNonspace] : nil }

  mutating func findNonspace() {
    var index = offset
    var column = column
    while index < line.count, line[index].isBlank {
      column += line[index] == 9 ? 4 - column % 4 : 1
      index += 1
    }
    nextNonspace = index
    nextNonspaceColumn = column
  }

  mutating func advanceToNonspace() {
    offset = nextNonspace
    column = nextNonspaceColumn
    isInsideTab = false
  }

  /// Moves on by columns; a tab counts to the next multiple of four, and may be passed in part.
  mutating func advance(columns: Int) {
    var left = columns
    while left > 0, offset < line.count {
      guard line[offset] == 9 else {
        isInsideTab = false
        offset += 1
        column += 1
        left -= 1
        continue
      }
      let width = 4 - column % 4
      let step = min(left, width)
      isInsideTab = step < width
      column += step
      if !isInsideTab { offset += 1 }
      left -= step
    }
  }
}

// MARK: - Going on

extension BlockParser {
  private enum Continuation {
    case matches, fails
    /// The line closes the block and means nothing more.
    case ends
  }

  /// Whether an open block goes on in this line; moves past its markers.
  private mutating func continuation(at depth: Int) -> Continuation {
    let node = open[depth]
    switch node.kind {
    case .document, .list: return .matches
    case .quote:
      guard !isIndented, nextByte == UInt8(ascii: ">") else { return .fails }
      passQuoteMarker()
      touch(upTo: depth + 1)
      return .matches
    case .item(let marker):
      if isBlank {
        // An item that begins with a blank line ends with it.
        if node.children.isEmpty { return .fails }
        advanceToNonspace()
        return .matches
      }
      guard indent >= marker.offset + marker.padding else { return .fails }
      advance(columns: marker.offset + marker.padding)
      return .matches
    case .fence(let byte, let count, let indent):
      if !isIndented, isClosingFence(byte, count) { return .ends }
      var left = indent
      while left > 0, offset < line.count, line[offset].isBlank {
        advance(columns: 1)
        left -= 1
      }
      return .matches
    case .indentedCode:
      if isIndented {
        advance(columns: 4)
      } else if isBlank {
        advanceToNonspace()
      } else {
        return .fails
      }
      return .matches
    case .html(let start): return isBlank && start.endsAtBlankLine ? .fails : .matches
    case .paragraph, .table, .math: return isBlank ? .fails : .matches
    case .heading, .thematicBreak, .definitions: return .fails
    }
  }

  mutating func passQuoteMarker() {
    advanceToNonspace()
    offset += 1
    column += 1
    if offset < line.count, line[offset].isBlank { advance(columns: 1) }
  }

  private func isClosingFence(_ byte: UInt8, _ count: Int) -> Bool {
    let run = line[nextNonspace...].prefix { $0 == byte }.count
    return run >= count && line[(nextNonspace + run)...].isBlank
  }
}
