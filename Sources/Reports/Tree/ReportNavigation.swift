/// The links to the pages before and after that `labs index` keeps at the end of a document.
///
/// They belong to the folder and not to the lab: a lab that writes its report anew, or checks it, takes
/// those that the document has.
///
/// ```text
/// <!-- labs nav -->
///
/// [← Area](area.md) · [All pages](README.md) · [Springs →](springs.md)
///
/// <!-- /labs nav -->
/// ```
package enum ReportNavigation {
  package static let opening = "<!-- labs nav -->"
  package static let closing = "<!-- /labs nav -->"

  /// The line of links in a document; `nil` where it has no such place.
  ///
  /// The last one counts, as what a lab printed stands above it.
  package static func links(in document: String) -> String? {
    guard let place = place(in: document) else { return nil }
    return document[place].split(whereSeparator: \.isNewline).dropFirst().dropLast()
      .first { !$0.allSatisfy(\.isWhitespace) }.map(String.init) ?? ""
  }

  /// The document with other links. Without a place for them a report gets one, above the comment that
  /// says how it was made; another document stays as it is.
  package static func replacing(in document: String, with links: String) -> String {
    let block = "\(opening)\n\n\(links)\n\n\(closing)"
    if let place = place(in: document) {
      return document.replacingCharacters(in: place, with: block)
    }
    guard let origin = ReportOrigin(in: document),
      let comment = document.ranges(of: origin.comment).last
    else { return document }
    return String(document[..<comment.lowerBound]) + block + "\n\n"
      + String(document[comment.lowerBound...])
  }

  /// From the opening comment to the closing one.
  private static func place(in document: String) -> Range<String.Index>? {
    guard let end = document.ranges(of: closing).last,
      let start = document[..<end.lowerBound].ranges(of: opening).last
    else { return nil }
    return start.lowerBound..<end.upperBound
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
