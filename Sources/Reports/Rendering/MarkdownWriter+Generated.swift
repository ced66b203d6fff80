extension MarkdownWriter {
  /// A phrase of a lab on one line, with its formulas in the notation of the place.
  func markdown(_ text: String) -> String {
    phrase(text, isPlain: false).replacing("\n", with: " ")
  }

  /// The text of a table's cell: on one line, its bars escaped. Emphasis, code and formulas mean
  /// something in it; links, pictures and HTML do not.
  func tableCell(_ text: String) -> String {
    var result = ""
    var previous: Character?
    // What a terminal shows may begin with blanks where the text does not.
    for character in phrase(PrintedText.visible(text).trimmed, isPlain: true) {
      switch character {
      // A bar that the lab escaped itself stays escaped once.
      case "|": result += previous == "\\" ? "|" : "\\|"
      case "\n": result += "<br>"
      default: result.append(character)
      }
      previous = character
    }
    return result
  }

  private func phrase(_ text: String, isPlain: Bool) -> String {
    let text = PrintedText.visible(text)
    guard text.utf8.contains(where: { "$<[~`".utf8.contains($0) }) else { return text }
    let prose = Report.Prose(Markup.line(text, dialect: .generated), at: [])
    return lines(of: prose, MarkupEdits(prose.markup, isPlain: isPlain)).joined(separator: "\n")
  }

  /// Blocks of Markdown that a lab made.
  mutating func blocks(_ text: String) {
    separate()
    let markup = Markup.parse([text.trimmed.documentLines], dialect: .generated)[0]
    let prose = Report.Prose(markup, at: [])
    let edits = MarkupEdits(markup)
    var texts = lines(of: prose, edits)
    for block in markup.blocks {
      guard case .html = block.kind, block.lines.count == 1 else { continue }
      // What looks like a mark of ours is none.
      if SlotName.isMark(markup.lines[block.lines.lowerBound]) {
        texts[block.lines.lowerBound] = "<!-- not a mark -->"
      }
    }
    if style.isGitHub {
      for block in markup.blocks.reversed() {
        guard case .math(let tex) = block.kind else { continue }
        let lines = tex.map { if case .text(let text) = $0.kind { text } else { "" } }.joined()
          .documentLines.map(\.trimmedEnd).filter { !$0.isEmpty }
        let fence = Escaping.fence(for: lines.joined(separator: "\n"))
        texts.replaceSubrange(block.lines, with: [fence + "math"] + lines + [fence])
      }
    }
    for line in texts { add(line) }
    if let end = BlockParser.missingEnd(of: texts, dialect: .generated) { add(end) }
  }

  private func lines(of prose: Report.Prose, _ edits: MarkupEdits) -> [String] {
    var prose = prose
    prose.locations = prose.markup.lines.map { _ in nil }
    return prose.markup.lines.indices.map { line($0, of: prose, edits).text }
  }
}

extension DocumentLine {
  /// Adds text that is exactly so.
  mutating func append(literal more: String) {
    guard !more.isEmpty else { return }
    text += more
    if case .literal(let before)? = pieces.last {
      pieces[pieces.count - 1] = .literal(before + more)
    } else {
      pieces.append(.literal(more))
    }
  }

  mutating func append(_ other: DocumentLine) {
    for piece in other.pieces {
      if case .literal(let more) = piece, case .literal(let before)? = pieces.last {
        pieces[pieces.count - 1] = .literal(before + more)
      } else {
        pieces.append(piece)
      }
    }
    text += other.text
  }
}
