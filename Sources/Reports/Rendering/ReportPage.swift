package import SystemCalls

/// A report as one HTML file that needs nothing beside it: no picture, no style, no network.
///
/// It carries the report's own text, the same Markdown that GitHub would show, and a digest of what
/// readers see. The check compares the one with the lab and the other with the page, so it needs no
/// pandoc and does not ask what one pandoc's tags are and the next one's.
package struct ReportPage: Sendable {
  /// The whole file.
  package let html: String

  /// What readers see, as HTML.
  package let body: String

  /// The report's own text.
  package let source: String

  /// The digest that the file gives for what readers see; empty when there is none.
  package let digest: String

  private static let begin = "<main>\n"
  private static let end = "\n</main>\n"
  private static let digestMark = "<meta name=\"labkit-page\" content=\""
  private static let sourceMark = "<script type=\"text/plain\" id=\"labkit-report\">"

  /// Puts a page together.
  ///
  /// - Parameters:
  ///   - title: What the browser's tab says.
  ///   - body: The report as pandoc wrote it.
  ///   - source: The report's own text.
  ///   - digest: Makes a digest of what readers see.
  package init(
    title: String, body written: String, source: String, digest: (String) -> String
  ) {
    // Marks of verdicts get their colours: after a tag they begin an item, a cell or a sentence.
    let body = written.trimmed
      .replacing(">✓ ", with: "><span class=\"holds\">✓</span> ")
      .replacing(">✗ ", with: "><span class=\"fails\">✗</span> ")
    self.body = body
    self.source = source
    self.digest = digest(body)
    html = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="LabKit">
      \(Self.digestMark)\(self.digest)">
      <title>\(Escaping.attribute(title))</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      \(Self.begin)\(body)\(Self.end)\(Self.sourceMark)
      \(Base64.encode(Array(source.utf8)))
      </script>
      </body>
      </html>

      """
  }

  /// Reads a page from a file.
  ///
  /// - Throws: One sentence when it is none that a lab wrote.
  package init(reading html: String, path: String) throws(FileError) {
    func between(_ start: String, _ end: String) -> String? {
      guard let first = html.firstRange(of: start),
        let last = html[first.upperBound...].firstRange(of: end)
      else { return nil }
      return String(html[first.upperBound..<last.lowerBound])
    }
    guard let body = between(Self.begin, Self.end),
      let encoded = between(Self.sourceMark, "</script>"),
      let bytes = Base64.decode(encoded.trimmed)
    else {
      throw FileError(path: path, reason: "is not a page that a lab wrote")
    }
    self.html = html
    self.body = body
    source = String(decoding: bytes, as: UTF8.self)
    digest = between(Self.digestMark, "\"") ?? ""
  }

  /// The pictures inside, by the names that the report's own text has for them: both show them in
  /// the same order.
  var pictures: [String: [UInt8]] {
    let names = Self.values(in: source) { $0.hasSuffix(".png") }
    let data = Self.values(in: body) { $0.hasPrefix("data:image/png;base64,") }
    var result: [String: [UInt8]] = [:]
    for (name, uri) in zip(names, data) {
      result[name.split(separator: "/").last.map { String($0) } ?? name] =
        DocumentLine.picture(in: uri[...])
    }
    return result
  }

  /// The addresses of pictures that a filter lets pass.
  private static func values(in text: String, where isWanted: (String) -> Bool) -> [String] {
    var result: [String] = []
    var rest = text[...]
    while let mark = rest.firstRange(of: "src") {
      rest = rest[mark.upperBound...]
      let start = rest.hasPrefix("set=\"") ? "set=\"" : "=\""
      guard rest.hasPrefix(start) else { continue }
      let value = rest.dropFirst(start.count).prefix { $0 != "\"" }
      if isWanted(String(value)) { result.append(String(value)) }
      rest = rest[value.endIndex...]
    }
    return result
  }
}
