import Foundation
import Reports

/// Links from each page to the one before and the one after, in the order of the index.
struct Navigation {
  /// Documents that have to be written, with their new texts.
  private(set) var changes: [(path: String, text: String)] = []

  /// Reads the pages that an index names.
  ///
  /// - Parameters:
  ///   - index: The path of the index.
  ///   - text: What it says.
  ///   - folder: Its folder, with a slash at the end.
  init(index: String, text: String, folder: String) throws {
    struct Page {
      var name: String
      var title: String
      var text: String
    }
    var pages: [Page] = []
    for match in text.matches(of: /\]\(([^)#\s]+\.md)\)/) {
      let name = String(match.1).removingPercentEncoding ?? String(match.1)
      let isInside = !SiteLinks.isOutside(name) && SiteLinks.resolve(name, from: "index.md") != nil
      guard isInside, !pages.contains(where: { $0.name == name }),
        let data = try FileManager.default.wholeFile(folder + name)
      else { continue }
      let text = String(decoding: data, as: UTF8.self)
      let takesLinks =
        ReportOrigin(in: text) != nil || ReportNavigation.links(in: text) != nil
      guard takesLinks else { continue }
      let lines = text.split(whereSeparator: \.isNewline)
      let title = lines.first { $0.hasPrefix("# ") }?.dropFirst(2)
      pages.append(Page(name: name, title: title.map(String.init) ?? name, text: text))
    }
    let own = URL(filePath: index).lastPathComponent
    for (number, page) in pages.enumerated() {
      func link(_ name: String, _ words: String) -> String {
        let words = words.replacing("[", with: "\\[").replacing("]", with: "\\]")
        return "[\(words)](\(SiteLinks.relative(name, from: page.name)))"
      }
      var links: [String] = []
      if number > 0 { links.append(link(pages[number - 1].name, "← " + pages[number - 1].title)) }
      links.append(link(own, "All pages"))
      if number + 1 < pages.count {
        links.append(link(pages[number + 1].name, pages[number + 1].title + " →"))
      }
      let new = ReportNavigation.replacing(
        in: page.text, with: links.joined(separator: " · "))
      if new != page.text { changes.append((folder + page.name, new)) }
    }
  }
}
