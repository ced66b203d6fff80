import Foundation
import Reports

/// A document under docs/ on its way to be a page.
struct SitePage {
  /// `docs/guides/padding.md`.
  var document: String
  /// `guides/padding.html`.
  var path: String
  var title: String
  /// The HTML between header and footer.
  var body: String
  /// Which lab made it.
  var origin: ReportOrigin?

  /// A claim as the page shows it.
  struct Claim {
    var holds: Bool
    /// The sentence and what was measured, as HTML.
    var html: String
    /// The id of the heading above it.
    var anchor: String
  }

  /// Reads a document.
  init(_ document: String, _ markdown: String) throws {
    self.document = document
    let below = document.hasPrefix("docs/") ? String(document.dropFirst(5)) : document
    path = String(below.dropLast(".md".count)) + ".html"
    origin = ReportOrigin(in: markdown)
    body = try SiteMarkdown(markdown, path: document).html
    title = body.firstMatch(of: /<h1[^>]*>([\s\S]*?)<\/h1>/).map { HTML.text($0.1) } ?? below
  }

  init(document: String, path: String, title: String, body: String) {
    self.document = document
    self.path = path
    self.title = title
    self.body = body
  }

  /// The first paragraph that says something, for previews.
  var summary: String {
    for match in body.matches(of: /<p>([\s\S]*?)<\/p>/) {
      let text = HTML.text(match.1)
      if text.hasPrefix("✓") || text.hasPrefix("✗") || text.count < 30 { continue }
      return text.count > 200 ? String(text.prefix(199)) + "…" : text
    }
    return title
  }

  /// The first picture, as the page names it.
  var picture: String? {
    body.firstMatch(of: /<img[^>]* src="([^"]+)"/).map { String($0.1) }
  }

  /// Claims and comparisons, in order.
  var claims: [Claim] {
    var anchor = ""
    var claims: [Claim] = []
    let marks =
      /<h[1-6][^>]* id="([^"]+)"|(?:<li>(?:<p>)?|<p>)<span class="(holds|fails)">[✓✗]<\/span> ([\s\S]*?)<\/(?:li|p)>/
    for match in body.matches(of: marks) {
      if let id = match.1 { anchor = String(id) }
      guard let kind = match.2, let html = match.3 else { continue }
      claims.append(
        Claim(
          holds: kind == "holds",
          html: String(html).replacing("</p>", with: "").replacing("<p>", with: " "),
          anchor: anchor))
    }
    return claims
  }

  /// What a search finds: the text below each heading.
  struct Section: Encodable {
    var page: String
    var title: String
    var heading: String
    var anchor: String
    var text: String
  }

  var sections: [Section] {
    var sections: [Section] = []
    var heading = ""
    var anchor = ""
    var start = body.startIndex
    func close(at end: String.Index) {
      let text = HTML.text(
        String(body[start..<end]).replacing(/<pre[\s\S]*?<\/pre>/, with: " "))
      if !text.isEmpty || !heading.isEmpty {
        sections.append(
          Section(page: path, title: title, heading: heading, anchor: anchor, text: text))
      }
    }
    for match in body.matches(of: /<h[1-4]([^>]*)>([\s\S]*?)<\/h[1-4]>/) {
      close(at: match.range.lowerBound)
      anchor = match.1.firstMatch(of: /id="([^"]+)"/).map { String($0.1) } ?? ""
      heading = HTML.text(match.2)
      start = match.range.upperBound
    }
    close(at: body.endIndex)
    return sections
  }
}
