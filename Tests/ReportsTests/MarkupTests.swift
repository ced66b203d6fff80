import Testing

@testable import Reports

/// What a lab adds to Markdown, places in the lines, and texts made to take long.
struct MarkupTests {
  /// The inlines of a paragraph in short: kinds with their text.
  static func sketch(_ inlines: [Markup.Inline]) -> String {
    inlines.map { inline in
      switch inline.kind {
      case .text(let text): text
      case .code(let code): "code(\(code))"
      case .math(let formula):
        (formula.isDisplay ? "display" : formula.isQuoted ? "quoted" : "math")
          + (formula.isFragile ? "!" : "") + "(" + sketch(formula.tex) + ")"
      case .emphasis(let inside): "em(\(sketch(inside)))"
      case .strong(let inside): "strong(\(sketch(inside)))"
      case .strikethrough(let inside): "del(\(sketch(inside)))"
      case .link(let to, _, let inside): "link(\(sketch(to)))(\(sketch(inside)))"
      case .image(let source, _, let inside): "image(\(sketch(source)))(\(sketch(inside)))"
      case .html(let html): "html(\(sketch(html)))"
      case .softBreak: "⏎"
      case .hardBreak: "⏎⏎"
      case .value(let name): "value(\(name))"
      case .reference(let label, let isNumberOnly):
        (isNumberOnly ? "number" : "ref") + "(\(label.name))"
      case .citation(let key, let citation): "\(citation)(\(key))"
      case .citations(let inside, let isLocator):
        (isLocator ? "locator" : "cited") + "(\(sketch(inside)))"
      }
    }.joined()
  }

  static func sketch(_ fragments: [Markup.Fragment]) -> String {
    fragments.map { fragment in
      switch fragment.kind {
      case .text(let text): text
      case .value(let name): "value(\(name))"
      }
    }.joined()
  }

  static func sketch(_ block: Markup.Block) -> String {
    switch block.kind {
    case .heading(let level, let inlines): "h\(level)(\(sketch(inlines)))"
    case .paragraph(let inlines): "p(\(sketch(inlines)))"
    case .code(let code): "pre(\(code.text))"
    case .math(let tex): "math(\(sketch(tex)))"
    case .list(let list):
      "list(\(list.items.map { $0.blocks.map(sketch).joined() }.joined(separator: ", ")))"
    case .quote(let blocks): "quote(\(blocks.map(sketch).joined()))"
    case .callout(let callout, let blocks): "\(callout.name)(\(blocks.map(sketch).joined()))"
    case .table: "table"
    case .html(let html): "html(\(sketch(html)))"
    case .thematicBreak: "hr"
    }
  }

  @Test func `Inlines of a lab`() {
    let cases: [(text: String, expected: String)] = [
      (#"\(a), \\(b), `\(c)`"#, #"value(a), \(b), code(\(c))"#),
      (
        #"<b title="\(x)">\(y)</b> <!-- \(z) -->"#,
        #"html(<b title="value(x)">)value(y)html(</b>) html(<!-- \(z) -->)"#
      ),
      (#"[a](\(url)?q=\(f(x)) "t")"#, #"link(value(url)?q=value(f(x)))(a)"#),
      (#"$x_i$ and $a\,b$, $$c\,d$$"#, #"math(x_i) and math!(a\,b), display!(c\,d)"#),
      ("$`x`$ and $p = \\(v)$", "quoted(x) and math!(p = value(v))"),
      ("It costs 6$, and 7$ more; $5 or $6.", "It costs 6$, and 7$ more; $5 or $6."),
      ("3 $ or 4 $, a `$x$` and \\$y$", "3 $ or 4 $, a code($x$) and $y$"),
      ("`$` and `$`, $a `$` b$", "code($) and code($), math(a `$` b)"),
      (
        "see @fig-a, -@tbl-b, me@fig-a, (@fig-c-)",
        "see ref(fig-a), number(tbl-b), me@fig-a, (ref(fig-c)-)"
      ),
      ("*a $*$ b*", "em(a math!(*) b)"),
      (#"$$\(v0$$)"#, #"display!(\(v0))"#),
      ("<a@-b.de> <a@b.de>", "<a@-b.de> link(mailto:a@b.de)(a@b.de)"),
      ("&#0000065; &#x00004A; &#00000065; &#x000004A;", "A J &#00000065; &#x000004A;"),
    ]
    for (text, expected) in cases {
      let inlines = Markup.line(text).blocks[0]
      guard case .paragraph(let inside) = inlines.kind else {
        Issue.record("'\(text)' is no paragraph")
        continue
      }
      #expect(Self.sketch(inside) == expected)
    }
  }

  @Test func `Blocks of a lab`() {
    let cases: [(text: String, expected: String)] = [
      ("a\n$$ y =\n- x $$\nb", "p(a)math( y =\n- x )p(b)"),
      ("$$x$$ inside", "p(display(x) inside)"),
      ("$$ never\n\nclosed $$", "p($$ never)p(closed $$)"),
      ("- $$\n  x\n  $$\n- b", "list(math(\nx\n), p(b))"),
      ("- Note: a\n  b\n\n  c\n- d\n- tip: e", "Note(p(a⏎b)p(c))list(p(d))Tip(p(e))"),
      ("> [!WARNING]\n> a", "Warning(p(a))"),
      ("> - Note: a", "quote(list(p(Note: a)))"),
      ("~~~\n\\(a)\n```\n~~~~\nb", "pre(\\(a)\n```\n)p(b)"),
      ("- ```\n  a\n- b", "list(pre(a\n), p(b))"),
      ("Title\n=\n# Two #\n    code\n", "h1(Title)h1(Two)pre(code\n)"),
    ]
    for (text, expected) in cases {
      #expect(Markup(text: text).blocks.map(Self.sketch).joined() == expected)
    }
  }

  @Test func `Places lead back to the lines`() throws {
    let lines = ["> - é \\(a) *b", ">\tc* $x$", "", "| h |", "|---|", "| \\| @fig-a |"]
    let markup = Markup(lines)
    var found: [String] = []
    func text(_ range: Range<Markup.Position>) -> String {
      let (start, end) = (range.lowerBound, range.upperBound)
      guard start.line == end.line else {
        return "\(start.line):\(start.column)…\(end.line):\(end.column)"
      }
      let bytes = Array(lines[start.line].utf8)[start.column..<end.column]
      return String(decoding: bytes, as: UTF8.self)
    }
    func visit(_ inlines: [Markup.Inline]) {
      for inline in inlines {
        found.append(text(inline.range))
        visit(inline.children)
      }
    }
    guard case .quote(let quoted) = markup.blocks[0].kind, case .list(let list) = quoted[0].kind,
      case .paragraph(let inlines) = list.items[0].blocks[0].kind,
      case .table(let grid) = markup.blocks[1].kind
    else {
      Issue.record("\(markup.blocks)")
      return
    }
    visit(inlines)
    visit(grid.rows[0][0])
    #expect(
      found == ["é ", "\\(a)", " ", "0:12…1:4", "b", "0:14…1:2", "c", " ", "$x$", "| ", "@fig-a"])
    #expect(markup.blocks.map(\.lines) == [0..<2, 3..<6])
  }

  @Test func `What is no name is complained of`() {
    let markup = Markup(["a \\(f(x)) and", "  \\(open, $\\(v$"])
    #expect(
      markup.complaints.map { "\($0.position.line):\($0.position.column) \($0.message.prefix(9))" }
        == ["0:2 'f(x)' is", "1:2 no ')' cl", "1:11 no ')' cl"])
  }

  /// Texts on which a parser that looks ahead, or back, again and again takes minutes.
  @Test func `Long texts take their length only`() {
    let cases: [String] = [
      "`a ``b ", "$a ", "$$a b ", "$a ` ", "\n", "\\(", "$\\(a", "*a **b ", "*_", "a**b_c* ",
      "[", "[a](", "[a](b", "![", "[a][", "<", "a <!-- ", "<a b=\"", "a <? ", ">", "> ", "- a\n",
      "- a\n\n", "* ", "1. ", "```\na\n", "~~~~ a\n", "|a", "|a|\n|-|-|\n", "a\n=\n", "$$\n",
      "$$a\n", "@fig-", "&", "~a ~~b ", "\\", "\t", "http://a.b(", "- Note: a\n", "[a]: b\n",
      "<b>\n",
      "a*", "_a", "](a)", "]", "![[", "***", "[*", "*[",
    ]
    for pattern in cases {
      func texts(_ size: Int) -> [String] {
        let count = size / pattern.utf8.count
        return [
          String(repeating: pattern, count: count),
          String(repeating: pattern, count: count / 3)
            + String(repeating: String(pattern.reversed()), count: count / 3),
        ]
      }
      for text in texts(3_000) {
        #expect(Markup(text: text).lines.count == text.documentLines.count)
      }
      let ratio = ProcessorTime.growth { factor in
        for text in texts(50_000 * factor) { _ = Markup(text: text) }
      }
      #expect(ratio <= 8, "four times as much takes \(ratio) times as long")
    }
  }
}
