@testable import Reports

/// HTML as cmark writes it, made from the tree: the form in which the specifications give their
/// examples.
struct SpecificationHTML {
  private(set) var text = ""

  /// Whether GitHub's filter of dangerous tags applies.
  let isGitHub: Bool

  init(_ markup: Markup, isGitHub: Bool) {
    self.isGitHub = isGitHub
    blocks(markup.blocks)
  }

  private mutating func line(_ line: String) {
    if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
    text += line
  }

  private mutating func blocks(_ blocks: [Markup.Block], isTight: Bool = false) {
    for block in blocks { self.block(block, isTight: isTight) }
  }

  private mutating func block(_ block: Markup.Block, isTight: Bool) {
    switch block.kind {
    case .heading(let level, let inlines):
      line("<h\(level)>" + html(inlines) + "</h\(level)>\n")
    case .paragraph(let inlines):
      if isTight {
        text += html(inlines)
      } else {
        line("<p>" + html(inlines) + "</p>\n")
      }
    case .code(let code):
      // GitHub puts the language on the outer tag; cmark's default for both is the inner one.
      let language = code.language.map { language in
        isGitHub
          ? (" lang=\"\(Self.escaped(language))\"", "")
          : ("", " class=\"language-\(Self.escaped(language))\"")
      }
      line(
        "<pre\(language?.0 ?? "")><code\(language?.1 ?? "")>" + Self.escaped(code.text)
          + "</code></pre>\n")
    case .list(let list):
      let tag = list.start == nil ? "ul" : "ol"
      let start = list.start.map { $0 == 1 ? "" : " start=\"\($0)\"" } ?? ""
      line("<\(tag)\(start)>\n")
      for item in list.items {
        line("<li>")
        if let isDone = item.isDone {
          text +=
            "<input type=\"checkbox\"" + (isDone ? " checked=\"\"" : "") + " disabled=\"\" /> "
        }
        if let first = item.blocks.first, !(list.isTight && first.isParagraph) { text += "\n" }
        blocks(item.blocks, isTight: list.isTight)
        if let last = item.blocks.last, !(list.isTight && last.isParagraph) { line("") }
        text += "</li>\n"
      }
      line("</\(tag)>\n")
    case .quote(let inside):
      line("<blockquote>\n")
      blocks(inside)
      line("</blockquote>\n")
    case .table(let grid): table(grid)
    case .html(let html): line(filtered(Self.plain(html)) + "\n")
    case .thematicBreak: line("<hr />\n")
    case .callout, .math: line("<!-- not in the specification -->\n")
    }
  }

  private mutating func table(_ grid: Markup.Grid) {
    func row(_ cells: [[Markup.Inline]], _ tag: String) {
      line("<tr>\n")
      for (cell, alignment) in zip(cells, grid.alignments) {
        let align =
          switch alignment {
          case .leading: " align=\"left\""
          case .center: " align=\"center\""
          case .trailing: " align=\"right\""
          case nil: ""
          }
        line("<\(tag)\(align)>" + html(cell) + "</\(tag)>\n")
      }
      line("</tr>\n")
    }
    line("<table>\n<thead>\n")
    row(grid.head, "th")
    line("</thead>\n")
    if !grid.rows.isEmpty {
      line("<tbody>\n")
      for cells in grid.rows { row(cells, "td") }
      line("</tbody>\n")
    }
    line("</table>\n")
  }

  private func html(_ inlines: [Markup.Inline]) -> String {
    inlines.map { inline in
      switch inline.kind {
      case .text(let text): Self.escaped(text)
      case .code(let code): "<code>\(Self.escaped(code))</code>"
      case .emphasis(let inside): "<em>\(html(inside))</em>"
      case .strong(let inside): "<strong>\(html(Self.flattened(inside)))</strong>"
      case .strikethrough(let inside): "<del>\(html(inside))</del>"
      case .link(let destination, let title, let inside):
        "<a href=\"\(Self.address(destination))\"\(Self.title(title))>\(html(inside))</a>"
      case .image(let source, let title, let inside):
        "<img src=\"\(Self.address(source))\" alt=\"\(Self.escaped(Self.words(inside)))\""
          + "\(Self.title(title)) />"
      case .html(let fragments): filtered(Self.plain(fragments))
      case .softBreak: "\n"
      case .hardBreak: "<br />\n"
      case .math, .value, .reference, .citation, .citations: "<!-- not in the specification -->"
      }
    }.joined()
  }

  /// cmark-gfm writes strong text inside strong text only once.
  private static func flattened(_ inlines: [Markup.Inline]) -> [Markup.Inline] {
    inlines.flatMap { inline in
      if case .strong(let inside) = inline.kind { flattened(inside) } else { [inline] }
    }
  }

  /// GitHub takes the meaning from tags that could run something.
  private func filtered(_ html: String) -> String {
    guard isGitHub else { return html }
    var result = html
    for tag in [
      "title", "textarea", "style", "xmp", "iframe", "noembed", "noframes", "script", "plaintext",
    ] {
      for tag in [tag, tag.uppercased(), "/" + tag] {
        result = result.replacing("<\(tag)", with: "&lt;\(tag)")
      }
    }
    return result
  }

  private static func words(_ inlines: [Markup.Inline]) -> String {
    inlines.map { inline in
      switch inline.kind {
      case .text(let text), .code(let text): text
      case .softBreak, .hardBreak: " "
      default: words(inline.children)
      }
    }.joined()
  }

  private static func plain(_ fragments: [Markup.Fragment]) -> String {
    fragments.map { if case .text(let text) = $0.kind { text } else { "" } }.joined()
  }

  private static func title(_ title: [Markup.Fragment]?) -> String {
    title.map { " title=\"\(escaped(plain($0)))\"" } ?? ""
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  private static func address(_ fragments: [Markup.Fragment]) -> String {
    var result = ""
    for byte in plain(fragments).utf8 {
      let isSafe =
        byte.isLetter || byte.isDigit || "-_.+!*'(),%#@?=;:/,+$~".utf8.contains(byte)
      if byte == UInt8(ascii: "&") {
        result += "&amp;"
      } else if byte == UInt8(ascii: "'") {
        result += "&#x27;"
      } else if isSafe {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }
}

extension Markup.Block {
  var isParagraph: Bool { if case .paragraph = kind { true } else { false } }
}
