extension Report {
  /// A stretch of prose or a caption, parsed, with the places that it comes from.
  ///
  /// Values and references stand in the tree by their names; ``Report/names`` says what they mean.
  package struct Prose: Hashable, Sendable {
    /// The tree.
    package var markup: Markup

    /// For each of its lines, the line of the source that it comes from.
    package var locations: [SourceLocation?]

    /// The lines that are shown: without the title that was taken out at the beginning.
    package var lines: Range<Int>

    /// Whether links, pictures, struck text and HTML in it are to be text.
    package var isPlain = false

    /// The whole of a text.
    package init(_ markup: Markup, at locations: [SourceLocation?]) {
      self.markup = markup
      self.locations = locations
      lines = markup.lines.indices
    }

    /// The blocks that are shown.
    package var blocks: [Markup.Block] {
      markup.blocks.filter { lines.contains($0.lines.lowerBound) }
    }
  }

  /// What the names and labels in prose mean.
  package struct Names: Hashable, Sendable {
    /// Published values and parameters, by their names.
    package var values: [String: Published] = [:]

    /// The numbers of what was shown under a label.
    package var numbers: [Label: Int] = [:]

    /// The headings that have a label: a reference to one shows its text.
    package var sections: [Label: [Markup.Inline]] = [:]

    /// The works that are cited, by their keys.
    var references: [String: Reference] = [:]

    /// The works that are cited, in the order of their list.
    var referenceList: [Reference] = []

    /// Whether there was a run: without one, what is not here may still come.
    package var hasRun = true

    init() {}
  }
}

extension Report {
  /// Takes the title out of the first prose: a heading of the first level that everything else stands
  /// below.
  static func takeTitle(from blocks: inout [Block]) -> Prose? {
    guard case .prose(var prose)? = blocks.first, let first = prose.blocks.first,
      case .heading(level: 1, _) = first.kind
    else { return nil }
    var title = prose
    title.lines = first.lines
    var start = first.lines.upperBound
    while start < prose.lines.upperBound, prose.markup.lines[start].trimmed.isEmpty { start += 1 }
    prose.lines = start..<prose.lines.upperBound
    if prose.lines.isEmpty { blocks.removeFirst() } else { blocks[0] = .prose(prose) }
    return title
  }
}

extension Report {
  /// The title without markers; `nil` when there is none.
  package var plainTitle: String? {
    if let title = frontMatter.title { return title }
    guard let title else { return nil }
    return title.markup.headings.first { title.lines.contains($0.block.lines.lowerBound) }
      .map { names.plain($0.inlines) }
  }
}

extension Report.Names {
  /// What a reference says: `Figure 1`, or the text of a heading; `nil` where nothing has the label.
  package func words(for label: Label, isNumberOnly: Bool) -> String? {
    if let heading = sections[label] {
      // A heading that refers to itself would never end.
      return plain(heading.filter { if case .reference = $0.kind { false } else { true } })
    }
    guard let number = numbers[label] else { return nil }
    return (isNumberOnly ? "" : (label.kind?.word ?? "") + " ") + "\(number)"
  }

  /// What a citation says, without markers.
  private func words(for key: String, _ citation: Markup.Citation) -> String {
    guard let reference = references[key] else { return "@" + key }
    let (names, year) = (reference.names.replacing("\\", with: ""), reference.year)
    return switch citation {
    case .inText: "\(names) (\(year))"
    case .beforeLocator: "\(names) (\(year)"
    case .inParentheses: "\(names) \(year)"
    case .yearOnly: year
    }
  }

  /// Numbers the formulas of prose, and notes its headings.
  mutating func read(_ markup: Markup) {
    func read(_ blocks: [Markup.Block]) {
      for block in blocks {
        switch block.kind {
        case .heading(_, let inlines): if let label = block.label { sections[label] = inlines }
        case .math:
          guard let label = block.label, numbers[label] == nil else { continue }
          numbers[label] = numbers.keys.count { $0.kind == .equation } + 1
        case .list(let list): for item in list.items { read(item.blocks) }
        case .quote(let inside), .callout(_, let inside): read(inside)
        default: break
        }
      }
    }
    read(markup.blocks)
  }
  /// Running text as a reader sees it, without its markers.
  func plain(_ inlines: [Markup.Inline]) -> String {
    func plain(_ fragments: [Markup.Fragment]) -> String {
      fragments.map { fragment in
        switch fragment.kind {
        case .text(let text): text
        case .value(let name): values[name]?.text ?? ""
        }
      }.joined()
    }
    return inlines.map { inline in
      switch inline.kind {
      case .text(let text), .code(let text): text
      case .math(let formula): plain(formula.tex)
      case .emphasis(let inside), .strong(let inside), .strikethrough(let inside),
        .link(_, _, let inside), .image(_, _, let inside):
        self.plain(inside)
      case .citation(let key, let citation):
        words(for: key, citation)
      case .citations(let inside, let isLocator):
        (isLocator ? ", " : "(") + self.plain(inside) + ")"
      case .html: ""
      case .softBreak, .hardBreak: " "
      case .value(let name): values[name]?.text ?? ""
      case .reference(let label, let isNumberOnly):
        words(for: label, isNumberOnly: isNumberOnly) ?? "?"
      }
    }.joined()
  }
}

extension Markup {
  /// A heading at the top level.
  struct Heading {
    var level: Int
    var inlines: [Inline]
    var block: Block

    /// Where its text stands; `nil` when it has none.
    var range: Range<Position>? {
      guard let first = inlines.first, let last = inlines.last else { return nil }
      return first.range.lowerBound..<last.range.upperBound
    }
  }

  /// The headings that stand at the top level.
  var headings: [Heading] {
    blocks.compactMap { block in
      guard case .heading(let level, let inlines) = block.kind else { return nil }
      return Heading(level: level, inlines: inlines, block: block)
    }
  }

  /// What was written in a range, on one line.
  func source(_ range: Range<Position>?) -> String {
    guard let range else { return "" }
    let parts = (range.lowerBound.line...range.upperBound.line).map { index in
      let bytes = Array(lines[index].utf8)
      let start = index == range.lowerBound.line ? range.lowerBound.column : 0
      let end = index == range.upperBound.line ? range.upperBound.column : bytes.count
      return String(decoding: bytes[min(start, end)..<min(end, bytes.count)], as: UTF8.self)
    }
    return parts.joined(separator: " ")
  }

  /// Visits every inline and fragment, in order, and says whether it stands in a table.
  func visit(
    _ inline: (Inline, _ isInTable: Bool) -> Void,
    block: (Block) -> Void = { _ in }
  ) {
    Self.visit(blocks, inline, block: block)
  }

  /// Visits every inline of some blocks.
  static func visit(
    _ blocks: [Block], _ inline: (Inline, _ isInTable: Bool) -> Void,
    block: (Block) -> Void = { _ in }
  ) {
    func visit(_ inlines: [Inline], isInTable: Bool) {
      for item in inlines {
        inline(item, isInTable)
        visit(item.children, isInTable: isInTable)
      }
    }
    func visit(_ blocks: [Block]) {
      for item in blocks {
        block(item)
        switch item.kind {
        case .heading(_, let inlines), .paragraph(let inlines): visit(inlines, isInTable: false)
        case .list(let list): for item in list.items { visit(item.blocks) }
        case .quote(let inside), .callout(_, let inside): visit(inside)
        case .table(let grid):
          for cell in grid.head + grid.rows.joined() { visit(cell, isInTable: true) }
        case .code, .math, .html, .thematicBreak: break
        }
      }
    }
    visit(blocks)
  }
}

extension Markup {
  /// The names of values in it, with their places.
  var valueUses: [(name: String, position: Position)] {
    var result: [(String, Position)] = []
    func add(_ fragments: [Fragment]) {
      for fragment in fragments {
        if case .value(let name) = fragment.kind {
          result.append((name, fragment.range.lowerBound))
        }
      }
    }
    visit { inline, _ in
      if case .value(let name) = inline.kind { result.append((name, inline.range.lowerBound)) }
      add(inline.fragments)
    } block: { block in
      switch block.kind {
      case .html(let fragments), .math(let fragments): add(fragments)
      default: break
      }
    }
    return result
  }

  /// The labels that it gives, with the lines on which they stand.
  var labels: [(label: Label, line: Int)] {
    var result: [(Label, Int)] = []
    visit { _, _ in
    } block: { block in
      if let label = block.label { result.append((label, block.lines.upperBound - 1)) }
    }
    return result
  }

  /// The keys of the works that it cites, with their places, and whether there are brackets around
  /// them: without, a `@name` may be meant as it stands.
  var citations: [(key: String, isBracketed: Bool, position: Position)] {
    var result: [(String, Bool, Position)] = []
    visit({ inline, _ in
      guard case .citation(let key, let citation) = inline.kind else { return }
      result.append(
        (key, citation == .inParentheses || citation == .beforeLocator, inline.range.lowerBound))
    })
    return result
  }

  /// The references in it, with their places.
  var references: [(label: Label, position: Position)] {
    var result: [(Label, Position)] = []
    visit({ inline, _ in
      if case .reference(let label, _) = inline.kind {
        result.append((label, inline.range.lowerBound))
      }
    })
    return result
  }
}
