/// A heading of a document that somebody reads again.
package struct OutlineEntry: Hashable, Sendable {
  /// The index of its first line.
  package var line: Int

  /// From 1 to 6.
  package var level: Int

  /// Its text, without markers.
  package var text: String

  /// The headings of a Markdown document.
  package static func all(in document: String) -> [OutlineEntry] {
    let markup = Markup.parse([document.documentLines], dialect: .generated)[0]
    let names = Report.Names()
    return markup.headings.map { heading in
      OutlineEntry(
        line: heading.block.lines.lowerBound, level: heading.level,
        text: names.plain(heading.inlines))
    }
  }
}
