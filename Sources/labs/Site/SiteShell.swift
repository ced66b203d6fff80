import Foundation
import Reports

/// What stands around every page.
struct SiteShell {
  var course: String
  /// Where the site will stand.
  var address: String?

  /// The picture of a page for previews.
  static func card(_ path: String) -> String {
    "cards/" + path.dropLast(".html".count).replacing("/", with: "-") + ".png"
  }

  /// A whole page.
  ///
  /// - Parameters:
  ///   - made: Links to the sources of the lab that made it.
  ///   - isRead: Whether it was written by hand.
  func page(
    _ page: SitePage, made: [String], isRead: Bool, previous: SitePage?, next: SitePage?
  ) -> String {
    func to(_ path: String) -> String { SiteLinks.relative(path, from: page.path) }
    let title = page.path == "index.html" ? page.title : "\(page.title) · \(course)"
    let base = address.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""
    let image = base.isEmpty ? to(Self.card(page.path)) : base + Self.card(page.path)
    let hasCard = !page.path.hasPrefix("source/")
    var about = ""
    if let origin = page.origin {
      about =
        "Made by <code>swift run \(HTML.escaped(([origin.lab] + origin.options).joined(separator: " ")))</code>"
      if !made.isEmpty { about += " from " + made.joined(separator: ", ") }
    } else if isRead {
      about = "Written by hand: <code>\(HTML.escaped(page.document))</code>"
    }
    let turn = [("prev", "←", previous), ("next", "→", next)].compactMap { kind, arrow, other in
      other.map { other in
        let text = HTML.escaped(other.title)
        return "<a rel=\"\(kind)\" class=\"\(kind)\" href=\"\(to(other.path))\">"
          + (kind == "prev" ? "\(arrow) \(text)" : "\(text) \(arrow)") + "</a>"
      }
    }
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      \(SiteFolder.mark)
      <title>\(HTML.escaped(title))</title>
      <meta name="description" content="\(HTML.escaped(page.summary))">
      <meta property="og:title" content="\(HTML.escaped(page.title))">
      <meta property="og:site_name" content="\(HTML.escaped(course))">
      <meta property="og:type" content="article">
      <meta property="og:description" content="\(HTML.escaped(page.summary))">
      \(hasCard ? "<meta property=\"og:image\" content=\"\(image)\">\n<meta property=\"og:image:width\" content=\"1200\">\n<meta property=\"og:image:height\" content=\"630\">\n<meta name=\"twitter:card\" content=\"summary_large_image\">" : "")
      \(address == nil ? "" : "<meta property=\"og:url\" content=\"\(base + page.path)\">")
      <link rel="stylesheet" href="\(to("site.css"))">
      <script defer src="\(to("site.js"))" data-root="\(to("index.html").dropLast("index.html".count))"></script>
      </head>
      <body>
      <header class="bar">
      <a class="home" href="\(to("index.html"))">\(HTML.escaped(course))</a>
      <a href="\(to("claims.html"))">Claims</a>
      <search><input type="search" id="search" placeholder="Search" aria-label="Search all pages" autocomplete="off" hidden></search>
      </header>
      <section id="found" aria-live="polite" hidden></section>
      <main>
      \(page.body)
      </main>
      <footer>
      \(turn.isEmpty ? "" : "<nav class=\"turn\" aria-label=\"Pages\">\(turn.joined())</nav>")
      \(about.isEmpty ? "" : "<p>\(about)</p>")
      </footer>
      </body>
      </html>

      """
  }

  /// The first page: every report and guide, then what docs/README.md says.
  func index(_ pages: [SitePage], title: String, text: String) -> String {
    let cards = pages.map { page in
      let claims = page.claims
      let held = claims.count { $0.holds }
      let mark =
        claims.isEmpty
        ? ""
        : held == claims.count
          ? "<span class=\"holds\">✓</span> \(held) \(held == 1 ? "claim holds" : "claims hold")"
          : "<span class=\"fails\">✗</span> \(held) of \(claims.count) claims hold"
      let folder = page.path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
      let picture = page.picture.map { source in
        "<img src=\"\(source.hasPrefix("data:") ? source : folder + source)\" alt=\"\" loading=\"lazy\">"
      }
      return """
        <a class="card" href="\(SiteLinks.relative(page.path, from: "index.html"))">\
        <span class="frame">\(picture ?? "")</span>\
        <strong>\(HTML.escaped(page.title))</strong>\
        <span class="about">\(HTML.escaped(page.summary))</span>\
        <span class="mark">\(mark)</span></a>
        """
    }
    let body = text.replacing(/<h1[^>]*>[\s\S]*?<\/h1>/, with: "", maxReplacements: 1)
    return """
      <h1>\(HTML.escaped(title))</h1>
      <div class="cards">
      \(cards.joined(separator: "\n"))
      </div>
      \(body)
      """
  }

  /// All claims of all reports, those that do not hold first.
  func claims(_ pages: [SitePage]) -> String {
    let all = pages.flatMap { page in page.claims.map { (page, $0) } }
    let held = all.count { $0.1.holds }
    var html = """
      <h1>Claims</h1>
      <p class="total"><span class="\(held == all.count ? "holds" : "fails")">\
      \(held == all.count ? "✓" : "✗")</span> \(held) of \(all.count) claims hold.</p>

      """
    if held < all.count {
      html += "<h2 id=\"failing\">What does not hold</h2>\n"
      html += Self.list(all.filter { !$0.1.holds }.map { Self.item($0.0, $0.1) })
    }
    for page in pages where !page.claims.isEmpty {
      html +=
        "<h2><a href=\"\(SiteLinks.relative(page.path, from: "claims.html"))\">"
        + "\(HTML.escaped(page.title))</a></h2>\n"
      html += Self.list(page.claims.map { Self.item(page, $0) })
    }
    return html
  }

  private static func list(_ items: [String]) -> String {
    "<ul class=\"claims\">\n\(items.joined(separator: "\n"))\n</ul>\n"
  }

  private static func item(_ page: SitePage, _ claim: SitePage.Claim) -> String {
    let folder = page.path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
    // Links of the sentence are the page's own.
    let sentence = claim.html.replacing(/<\/?a\b[^>]*>/, with: "")
    let address =
      folder + SiteLinks.relative(page.path, from: page.path)
      + (claim.anchor.isEmpty ? "" : "#" + claim.anchor)
    return
      "<li><span class=\"\(claim.holds ? "holds" : "fails")\">\(claim.holds ? "✓" : "✗")</span> "
      + "\(sentence) <a href=\"\(address)\">where</a></li>"
  }
}
