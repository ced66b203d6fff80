extension MarkdownWriter {
  /// GitHub reads Markdown before math and would drop the backslash of `\,` and `\\`; only a fence
  /// keeps TeX as it is.
  mutating func displayMath(
    _ block: Markup.Block, of prose: Report.Prose, _ edits: MarkupEdits
  ) {
    let lines = block.lines
    // TeX with a row of backticks would end a short fence; those of values are none any more.
    let fence = Escaping.fence(for: prose.markup.lines[lines].joined(separator: "\n"))
    let (opening, closing) = style.isGitHub ? (fence + "math", fence) : ("$$", "$$")
    let isOnPage = style.pandoc == .page
    if let label = block.label {
      separate()
      let location = prose.locations[lines.lowerBound]
      add(
        isOnPage ? "::: {#\(label.name) .equation}" : style.anchor(label.name), .source,
        at: location)
      add("", .source)
    }
    add(opening, .source, at: prose.locations[lines.lowerBound])
    for index in lines {
      let bytes = Array(prose.markup.lines[index].utf8)
      var start = 0
      var end = bytes.count
      if index == lines.lowerBound, let dollar = bytes.firstIndex(of: UInt8(ascii: "$")) {
        start = dollar + 2
        while start < end, bytes[start].isBlank { start += 1 }
      }
      if index == lines.upperBound - 1 {
        if block.label != nil, let brace = bytes.lastIndex(of: UInt8(ascii: "{")) { end = brace }
        while end > start, bytes[end - 1].isBlank { end -= 1 }
        if end - start >= 2, bytes[end - 1] == UInt8(ascii: "$") { end -= 2 }
        while end > start, bytes[end - 1].isBlank { end -= 1 }
      }
      let rendered = line(index, of: prose, edits, columns: start..<end)
      if !rendered.text.trimmed.isEmpty || rendered.pieces.contains(.anything) { add(rendered) }
    }
    let end = prose.locations[lines.upperBound - 1]
    let number = block.label.flatMap { names.numbers[$0] }
    if let number, !isOnPage {
      // Neither MathML nor Word's formulas know a tag.
      add(
        style.pandoc == nil ? "\\tag{\(number)}" : "\\qquad\\text{ (\(number))}", .source, at: end)
    }
    add(closing, .source, at: end)
    if isOnPage, block.label != nil {
      if let number { add("[(\(number))]{.number}", .source, at: end) }
      separate()
      add(":::", .source, at: end)
    }
  }
}
