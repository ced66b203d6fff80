/// Where the tree changes lines of Markdown on their way into a document: everything else is passed
/// on as the author wrote it.
struct MarkupEdits {
  /// A stretch of one line, in bytes, and what stands there instead.
  struct Edit {
    var range: Range<Int>
    var content: Content
  }

  enum Content {
    case value(String, Surroundings)
    case reference(Label, isNumberOnly: Bool)
    /// With what the author wrote, which stays where the key means nothing.
    case citation(key: String, Markup.Citation, written: String)
    case mathDelimiter(isOpening: Bool, isDisplay: Bool)
    /// Something invisible that links lead to.
    case anchor(String)
    /// Text that takes the meaning from what follows: a backslash.
    case text(String)
  }

  /// What a value has to be escaped for.
  enum Surroundings {
    case text
    /// The first thing on its line.
    case lineStart
    case tex
    /// HTML, or a title.
    case attribute
    /// The destination of a link.
    case destination
  }

  /// The edits of each line, from left to right.
  private(set) var lines: [[Edit]]

  /// Whether a line stands in code, where blank lines mean something.
  private(set) var isCode: [Bool]

  /// - Parameter isPlain: Whether links, pictures, struck text and HTML are to be text.
  init(_ markup: Markup, isPlain: Bool = false) {
    lines = Array(repeating: [], count: markup.lines.count)
    isCode = Array(repeating: false, count: markup.lines.count)
    var edits: [(line: Int, edit: Edit)] = []
    func add(_ range: Range<Markup.Position>, _ content: Content) {
      let start = range.lowerBound
      guard start.line < markup.lines.count, range.upperBound.line == start.line else { return }
      edits.append(
        (start.line, Edit(range: start.column..<range.upperBound.column, content: content)))
    }
    func mark(_ place: Markup.Position, _ text: String) { add(place..<place, .text(text)) }
    func fragments(_ fragments: [Markup.Fragment], _ surroundings: Surroundings) {
      for fragment in fragments {
        guard case .value(let name) = fragment.kind else { continue }
        add(fragment.range, .value(name, surroundings))
      }
    }
    var code: [Range<Int>] = []
    markup.visit { inline, _ in
      let (start, end) = (inline.range.lowerBound, inline.range.upperBound)
      switch inline.kind {
      case .value(let name):
        let before = markup.lines[start.line].utf8.prefix(start.column)
        let isFirst = before.allSatisfy(\.isBlank)
        add(inline.range, .value(name, isFirst ? .lineStart : .text))
      case .reference(let label, let isNumberOnly):
        add(inline.range, .reference(label, isNumberOnly: isNumberOnly))
      case .citation(let key, let citation):
        add(inline.range, .citation(key: key, citation, written: markup.source(inline.range)))
      case .citations(let inside, let isLocator):
        // ` [` and `]` become parentheses; the first of a locator stands before the year already.
        let last = Markup.Position(line: end.line, column: end.column - 1)
        add(last..<end, .text(")"))
        let open = isLocator ? inside.first?.range.lowerBound ?? last : start
        let first = Markup.Position(
          line: open.line, column: isLocator ? open.column : open.column + 1)
        add(start..<first, .text(isLocator ? ", " : "("))
      case .math(let formula):
        fragments(formula.tex, .tex)
        guard formula.isFragile else { break }
        let length = formula.isDisplay ? 2 : 1
        add(
          start..<Markup.Position(line: start.line, column: start.column + length),
          .mathDelimiter(isOpening: true, isDisplay: formula.isDisplay))
        add(
          Markup.Position(line: end.line, column: end.column - length)..<end,
          .mathDelimiter(isOpening: false, isDisplay: formula.isDisplay))
      case .html(let html):
        fragments(html, .attribute)
        if isPlain {
          add(start..<Markup.Position(line: start.line, column: start.column + 1), .text("&lt;"))
        }
      case .link(let destination, let title, let inside),
        .image(let destination, let title, let inside):
        fragments(destination, .destination)
        fragments(title ?? [], .attribute)
        // A bare address has no brackets; it may lead where it says.
        guard isPlain, inside.first?.range != inline.range else { break }
        if case .image = inline.kind {
          mark(Markup.Position(line: start.line, column: start.column + 1), "\\")
        } else {
          mark(start, "\\")
        }
      case .strikethrough:
        if isPlain { mark(start, "\\") }
      case .text:
        guard isPlain, start.line == end.line else { break }
        let bytes = Array(markup.lines[start.line].utf8)
        for column in start.column..<end.column where bytes[column] == UInt8(ascii: "<") {
          add(
            Markup.Position(
              line: start.line, column: column)..<Markup.Position(
                line: start.line, column: column + 1), .text("&lt;"))
        }
      case .code, .emphasis, .strong, .softBreak, .hardBreak: break
      }
    } block: { block in
      if let label = block.label, case .heading(_, let inlines) = block.kind,
        let start = inlines.first?.range.lowerBound, let end = inlines.last?.range.upperBound
      {
        add(start..<start, .anchor(label.name))
        let length = markup.lines[end.line].utf8.count
        add(end..<Markup.Position(line: end.line, column: length), .text(""))
      }
      switch block.kind {
      case .code: code.append(block.lines)
      case .html(let html): fragments(html, .attribute)
      case .math(let tex): fragments(tex, .tex)
      default: break
      }
    }
    for (line, edit) in edits.sorted(by: {
      ($0.line, $0.edit.range.lowerBound, $0.edit.range.upperBound)
        < ($1.line, $1.edit.range.lowerBound, $1.edit.range.upperBound)
    }) {
      lines[line].append(edit)
    }
    for range in code { for line in range { isCode[line] = true } }
  }
}
