import Foundation
import Reports

/// All files of a site, made in memory from what stands under docs/.
struct Site {
  private(set) var pages: [SitePage] = []
  /// The files, by their paths below the site's folder.
  private(set) var files: [String: Data] = [:]
  /// Links that lead nowhere, a sentence each.
  private(set) var brokenLinks: [String] = []

  /// The claims of all reports.
  var claims: [(page: SitePage, claim: SitePage.Claim)] {
    pages.flatMap { page in page.claims.map { (page, $0) } }
  }

  private let package: CoursePackage
  private let shell: SiteShell
  private let repository: String?
  /// Sources that pages link to, by their paths in the package.
  private var sources: Set<String> = []
  /// Pictures and other files below docs/ that pages show or link to.
  private var assets: Set<String> = []

  /// Reads the documents and makes the pages.
  init(_ package: CoursePackage, address: String?, repository: String?) throws {
    self.package = package
    self.repository = repository
    shell = SiteShell(course: package.name, address: address)
    let docs = package.root.appending(path: "docs")
    guard FileManager.default.isFolder(docs.path) == true else {
      throw Complaint("there is no docs/ to make a site of; 'labs update --new' makes reports")
    }
    let names =
      (FileManager.default.enumerator(atPath: docs.path)?.compactMap { $0 as? String } ?? [])
      .filter { name in
        name.hasSuffix(".md") && !name.split(separator: "/").contains { $0.hasPrefix(".") }
      }
    guard !names.isEmpty else {
      throw Complaint("docs/ holds no document; 'labs update --new' makes reports")
    }
    let index = try Self.text(docs.appending(path: "README.md"))
    for (done, name) in Self.ordered(names, as: index ?? "").enumerated() {
      Terminal.show("\(done) of \(names.count) pages · docs/\(name)")
      guard let text = try Self.text(docs.appending(path: name)) else { continue }
      pages.append(try SitePage("docs/\(name)", text))
    }
    Terminal.clear()
    let front = pages.firstIndex { $0.document == "docs/README.md" }.map { pages.remove(at: $0) }
    let name = front?.title ?? package.name
    try write(front: front, title: name == "Reports" ? package.name : name)
  }

  /// A text, `nil` where there is none.
  private static func text(_ file: URL) throws -> String? {
    guard let data = try FileManager.default.wholeFile(file.path) else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  /// Documents in the order in which the index names them, the others behind.
  static func ordered(_ names: [String], as index: String) -> [String] {
    let named = index.matches(of: /\]\(([^)#\s]+\.md)/).map { String($0.1) }
    func place(_ name: String) -> Int {
      named.firstIndex { $0.removingPercentEncoding == name } ?? named.count
    }
    return names.sorted { (place($0), $0) < (place($1), $1) }
  }

  /// Where the repository's files are on the web, from git's remote.
  static func repository(_ root: URL) -> String? {
    guard let result = try? Command("git", "remote", "get-url", "origin", in: root).run(),
      result.status == 0
    else { return nil }
    let remote = result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    guard
      let match = remote.firstMatch(
        of: /(?:https:\/\/|git@)(github\.com|gitlab\.com|codeberg\.org)[:\/](.+?)(?:\.git)?$/)
    else { return nil }
    return "https://\(match.1)/\(match.2)"
  }
}

// MARK: - Writing

extension Site {
  private mutating func write(front: SitePage?, title: String) throws {
    let known = Dictionary(
      uniqueKeysWithValues: pages.map { ($0.document, $0.path) } + [
        ("docs/README.md", "index.html")
      ])
    for index in pages.indices {
      pages[index].body = moved(pages[index].body, pages[index].document, pages[index].path, known)
    }
    var html: [String: String] = [:]
    for (index, page) in pages.enumerated() {
      let lab = page.origin.flatMap { package.lab($0.lab) }
      let made = lab.map { lab in
        lab.sources.map { file in link(to: lab.path + "/" + file, from: page.path) }
      }
      html[page.path] = shell.page(
        page, made: made ?? [], isRead: page.origin == nil,
        previous: index > 0 ? pages[index - 1] : nil,
        next: index + 1 < pages.count ? pages[index + 1] : nil)
    }
    var start = SitePage(
      document: "docs/README.md", path: "index.html", title: title,
      body: moved(front?.body ?? "", "docs/README.md", "index.html", known))
    start.body = shell.index(pages, title: title, text: start.body)
    html["index.html"] = shell.page(
      start, made: [], isRead: false, previous: nil, next: pages.first)
    let overview = SitePage(
      document: "", path: "claims.html", title: "Claims", body: shell.claims(pages))
    html["claims.html"] = shell.page(overview, made: [], isRead: false, previous: nil, next: nil)
    try writeSources(&html)
    for (path, text) in html { files[path] = Data(text.utf8) }
    try writeAssets(start, overview)
    checkLinks(html)
  }

  /// A page's addresses as the site has them.
  private mutating func moved(
    _ body: String, _ document: String, _ path: String, _ known: [String: String]
  ) -> String {
    var sources = sources
    var assets = assets
    let result = SiteLinks.rewritten(body) { address in
      if SiteLinks.isOutside(address) || address.hasPrefix("#") { return address }
      guard let (target, anchor) = SiteLinks.resolve(address, from: document) else { return nil }
      let suffix = anchor.isEmpty ? "" : "#" + anchor
      if let page = known[target] { return SiteLinks.relative(page, from: path) + suffix }
      let file = package.root.appending(path: target)
      let kind = FileManager.default.isFolder(file.path)
      if target.hasPrefix("docs/"), kind != true {
        assets.insert(target)
        return SiteLinks.relative(String(target.dropFirst(5)), from: path) + suffix
      }
      if target.hasSuffix(".swift"), kind == false {
        sources.insert(target)
        return SiteLinks.relative("source/\(target).html", from: path) + suffix
      }
      guard kind != nil, let repository else { return kind == nil ? address : nil }
      return "\(repository)/\(kind == true ? "tree" : "blob")/HEAD/\(target)" + suffix
    }
    self.sources = sources
    self.assets = assets
    return result
  }

  /// A link to a source file of the package, which gets a page.
  private mutating func link(to source: String, from path: String) -> String {
    sources.insert(source)
    let address = SiteLinks.relative("source/\(source).html", from: path)
    let name = source.split(separator: "/").last.map(String.init) ?? source
    return "<a href=\"\(address)\">\(HTML.escaped(name))</a>"
  }

  private func writeSources(_ html: inout [String: String]) throws {
    for source in sources.sorted() {
      guard let text = try Self.text(package.root.appending(path: source)) else { continue }
      let longest = text.matches(of: /`+/).map(\.0.count).max() ?? 0
      let fence = String(repeating: "`", count: max(3, longest + 1))
      let code = try SiteMarkdown("\(fence)swift\n\(text)\n\(fence)\n", path: source).html
      let outside = repository.map {
        " <a href=\"\($0)/blob/HEAD/\(source)\">In the repository</a>"
      }
      let page = SitePage(
        document: source, path: "source/\(source).html", title: source,
        body: "<h1>\(HTML.escaped(source))</h1>\n<p>\(outside ?? "")</p>\n\(code)")
      html[page.path] = shell.page(page, made: [], isRead: false, previous: nil, next: nil)
    }
  }

  private mutating func writeAssets(_ start: SitePage, _ overview: SitePage) throws {
    for asset in assets {
      guard
        let data = try FileManager.default.wholeFile(package.root.appending(path: asset).path)
      else { continue }
      files[String(asset.dropFirst(5))] = data
    }
    files["site.css"] = Data(SiteShell.style.utf8)
    files["site.js"] = Data(SiteShell.script.utf8)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let sections = try encoder.encode(pages.flatMap(\.sections))
    // A script and no JSON: a browser reads no JSON beside a page that was opened as a file.
    files["search.js"] = Data("window.labsSections = ".utf8) + sections + Data(";\n".utf8)
    for page in pages + [start, overview] {
      let claims = page.claims
      files[SiteShell.card(page.path)] = try SiteCard(
        course: page.path == "index.html" ? "" : package.name, title: page.title,
        claims: claims.isEmpty
          ? ""
          : claims.count == 1
            ? (claims[0].holds ? "1 claim, it holds" : "1 claim, it does not hold")
            : "\(claims.count { $0.holds }) of \(claims.count) claims hold",
        holds: claims.allSatisfy(\.holds)
      ).png()
    }
  }

  /// Follows every link inside of the site.
  private mutating func checkLinks(_ html: [String: String]) {
    let ids = html.mapValues(SiteLinks.ids)
    for (path, text) in html.sorted(by: { $0.key < $1.key }) {
      for address in SiteLinks.all(text) where !SiteLinks.isOutside(address) {
        guard let (target, anchor) = SiteLinks.resolve(address, from: path), files[target] != nil
        else {
          brokenLinks.append("\(path): '\(address)' leads nowhere")
          continue
        }
        let isThere = anchor.isEmpty || ids[target]?.contains(anchor) ?? true
        let decoded = anchor.removingPercentEncoding ?? anchor
        if !isThere, ids[target]?.contains(decoded) != true {
          brokenLinks.append("\(path): '\(address)' leads to no such place of \(target)")
        }
      }
    }
  }
}
