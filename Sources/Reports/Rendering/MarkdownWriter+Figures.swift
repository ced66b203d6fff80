/// Figures and tables with their captions.
extension MarkdownWriter {
  mutating func placed(_ placed: Report.PlacedFigure, at location: SourceLocation?) {
    separate()
    let id = placed.label.map { " id=\"\($0)\"" } ?? ""
    let alt = Escaping.attribute(placed.alternativeText)
    let width = Int(placed.figure.width.rounded())
    let images = placed.figure.images
    guard let light = images.first(where: { $0.appearance == .light }) ?? images.first else {
      return
    }
    if style.pandoc == .paper { return paperFigure(placed, light, at: location) }
    let end = "\" width=\"\(width)\" alt=\"\(alt)\">"
    if let dark = images.first(where: { $0.appearance == .dark && $0 != light }) {
      add("<p\(id)><picture>")
      picture(
        dark, placed.name + "-dark",
        before: "<source media=\"(prefers-color-scheme: dark)\" srcset=\"", after: "\">")
      picture(light, placed.name, before: "<img src=\"", after: end)
      add("</picture></p>")
    } else {
      picture(light, placed.name, before: "<p\(id)><img src=\"", after: end + "</p>")
    }
    figureCaption(placed, at: location)
  }

  /// The caption alone; in a notebook it also carries the target of links, as the picture cannot.
  mutating func figureCaption(_ placed: Report.PlacedFigure, at location: SourceLocation?) {
    let isTarget = style.isGitHub || style.pandoc != nil
    let anchor = isTarget ? nil : placed.label.map { "<a id=\"\($0)\"></a>" }
    caption(
      placed.number.map { "Figure \($0)" }, placed.caption, anchor: anchor ?? "", at: location)
  }

  /// A tag around a picture: a link to its file, or the picture itself.
  private mutating func picture(
    _ image: FigureImage, _ name: String, before: String, after: String
  ) {
    let file = RenderedReport.File(name: name + ".png", bytes: image.png, isVolatile: isVolatile)
    guard let folder = style.figuresFolder else {
      let data = "data:image/png;base64," + Base64.encode(image.png)
      add(
        DocumentLine(
          text: before + data + after, pieces: [.literal(before), .picture(file), .literal(after)],
          kind: .output, at: nil))
      return
    }
    add(file)
    add(before + Escaping.path(folder.isEmpty ? file.name : "\(folder)/\(file.name)") + after)
  }

  /// `**Figure 3.** Training loss`
  private mutating func caption(
    _ number: String?, _ caption: Report.Prose?, anchor: String = "", at location: SourceLocation?
  ) {
    guard number != nil || caption != nil else { return }
    separate()
    let head = anchor + (number.map { "**\($0).**" + (caption == nil ? "" : " ") } ?? "")
    var result =
      caption.map { self.caption($0, prefix: head, startsLine: head.isEmpty) }
      ?? DocumentLine(head, .output)
    result.location = location
    add(result)
  }

  /// A caption on one line.
  ///
  /// - Parameter startsLine: Whether nothing stands before it: then a backslash keeps it from being
  ///   anything but a paragraph, as a fence or a heading.
  func caption(
    _ caption: Report.Prose, prefix: String, startsLine: Bool
  ) -> DocumentLine {
    let edits = MarkupEdits(caption.markup, isPlain: caption.isPlain)
    func written(by writer: MarkdownWriter) -> DocumentLine {
      var result = DocumentLine(prefix, .output)
      for index in caption.markup.lines.indices {
        if index > 0 { result.append(literal: " ") }
        result.append(writer.line(index, of: caption, edits))
      }
      return result
    }
    let result = written(by: self)
    return startsLine ? result.asParagraph(outline: written(by: beforeRun)) : result
  }

  mutating func placed(_ placed: Report.PlacedTable, at location: SourceLocation?) {
    let anchor = placed.label.map(style.anchor) ?? ""
    if placed.number == nil, placed.caption == nil, !anchor.isEmpty {
      separate()
      add(anchor)
    }
    caption(placed.number.map { "Table \($0)" }, placed.caption, anchor: anchor, at: location)
    table(placed.table, mostRows: placed.mostRows)
  }
}
