import Foundation
import Reports
import Testing

@testable import labs

/// Whether pandoc is there.
private let hasPandoc = (try? Command("pandoc", "--version").run())?.status == 0

@Suite
struct SiteTests {
  @Test
  func `Addresses are followed and made from wherever a page stands`() {
    func resolved(_ address: String, _ file: String) -> String? {
      SiteLinks.resolve(address, from: file).map {
        $0.path + ($0.anchor.isEmpty ? "" : "#" + $0.anchor)
      }
    }
    #expect(resolved("b.md", "docs/guides/a.md") == "docs/guides/b.md")
    #expect(resolved("../b%20c.md#d", "docs/guides/a.md") == "docs/b c.md#d")
    #expect(resolved("#d", "docs/a.md") == "docs/a.md#d")
    #expect(resolved("../../../etc/passwd", "docs/a.md") == nil)
    #expect(SiteLinks.relative("guides/b.html", from: "index.html") == "guides/b.html")
    #expect(SiteLinks.relative("index.html", from: "guides/b.html") == "../index.html")
    #expect(SiteLinks.relative("guides/a.html", from: "guides/b.html") == "a.html")
    #expect(SiteLinks.relative("guides", from: "guides/b.html") == "../guides")
    #expect(SiteLinks.relative("a b.html", from: "c.html") == "a%20b.html")
    #expect(SiteLinks.isOutside("https://a.org") && SiteLinks.isOutside("mailto:a@b.c"))
    #expect(SiteLinks.isOutside("//a.org/x") && !SiteLinks.isOutside("a.md#b:c"))
  }

  @Test
  func `Formulas in GitHub's notation become pandoc's; code stays`() {
    let markdown = """
      As $`a < b`$ says:

      ```math
      a = b \\tag{1}
      ```

      ````text
      ```math
      $`x`$
      ```
      ````
      """
    #expect(
      SiteMarkdown.forPandoc(markdown) == """
        As $a < b$ says:

        $$
        a = b \\qquad (1)
        $$

        ````text
        ```math
        $`x`$
        ```
        ````
        """)
  }

  @Test
  func `Alerts, verdicts and comments`() {
    #expect(
      SiteMarkdown.fromPandoc("<blockquote>\n<p>[!NOTE]\nBeware.</p>\n</blockquote>")
        == "<blockquote class=\"alert note\"><p class=\"alert-title\">Note</p><p>Beware.</p>\n</blockquote>"
    )
    #expect(SiteMarkdown.fromPandoc("<!-- output --><p>a</p><!-- /output -->") == "<p>a</p>")
  }

  private static let body = """
    <h1 id="lab">Lab</h1>
    <p><strong><span class="holds">✓</span> 2 claims</strong></p>
    <p>What happened when the dice were thrown a thousand times.</p>
    <h2 id="one">One</h2>
    <ul>
    <li><span class="holds">✓</span> <strong>the die is fair</strong>: measured 3.5.</li>
    </ul>
    <p><img src="lab_files/fig.png" alt="x"></p>
    <h2 id="two">Two &amp; more</h2>
    <blockquote class="alert caution"><p class="alert-title">Caution</p><p><span class="fails">✗</span> <strong>it is loaded</strong> does not hold.</p></blockquote>
    <pre>secret code</pre>
    """

  @Test
  func `Claims are found with the heading above them, those that fail too`() {
    let page = SitePage(document: "docs/a.md", path: "a.html", title: "Lab", body: Self.body)
    #expect(page.claims.map(\.holds) == [true, false])
    #expect(page.claims.map(\.anchor) == ["one", "two"])
    #expect(page.claims[0].html == "<strong>the die is fair</strong>: measured 3.5.")
    #expect(page.summary == "What happened when the dice were thrown a thousand times.")
    #expect(page.picture == "lab_files/fig.png")
    #expect(page.sections.map(\.heading) == ["Lab", "One", "Two & more"])
    #expect(!page.sections.contains { $0.text.contains("secret") })
    let shell = SiteShell(course: "Physics", address: "https://example.org/physics")
    let overview = shell.claims([page])
    #expect(overview.contains("1 of 2 claims hold") && overview.contains("id=\"failing\""))
    #expect(overview.contains("href=\"a.html#two\""))
    let html = shell.page(page, made: [], isRead: true, previous: nil, next: page)
    #expect(html.contains("og:image\" content=\"https://example.org/physics/cards/a.png\""))
    #expect(html.contains("rel=\"next\"") && !html.contains("rel=\"prev\""))
    // Nothing is loaded from elsewhere.
    #expect(html.matches(of: /(?:src|href)="https?:/).isEmpty)
  }

  @Test
  func `Pages stand in the order of the index`() {
    let index = "[b](b.md) and [x](guides/x.md#there), [z](https://z.org/a.md)"
    #expect(
      Site.ordered(["a.md", "guides/x.md", "b.md"], as: index) == ["b.md", "guides/x.md", "a.md"])
  }

  @Test
  func `A folder with something else in it is refused, a site is replaced whole`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let root = URL(filePath: "/nowhere")
    try folder.write(["notes.txt": "mine"])
    #expect(throws: Complaint.self) { try SiteFolder.refuse(folder, "site", root) }
    #expect(throws: Complaint.self) {
      try SiteFolder.refuse(folder.appending(path: "notes.txt"), "site", root)
    }
    #expect(throws: Complaint.self) {
      try SiteFolder.refuse(folder, "site", folder.appending(path: "package"))
    }
    try FileManager.default.removeItem(at: folder)
    try SiteFolder.refuse(folder, "site", root)
    try SiteFolder.replace(folder, with: ["index.html": Data(SiteFolder.mark.utf8), "a/b": Data()])
    try SiteFolder.refuse(folder, "site", root)
    try SiteFolder.replace(folder, with: ["index.html": Data(SiteFolder.mark.utf8)])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["index.html"])
  }

  /// What a run leaves that was killed while it wrote, or between its two renames.
  @Test(arguments: ["writing", "between", "removing"])
  func `A run that was cut off leaves nothing behind, and the user's own files stay`(state: String)
    throws
  {
    let parent = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: parent) }
    let folder = parent.appending(path: "site")
    let old = ["index.html": SiteFolder.mark, ".git": "mine", "CNAME": "example.org"]
    try folder.write(old.merging(["old.html": "x"]) { $1 })
    switch state {
    case "writing": try parent.write([".site-labs-new/half.html": "x"])
    case "between":
      try FileManager.default.moveItem(at: folder, to: parent.appending(path: ".site-labs-old"))
    default: try parent.write([".site-labs-old/old.html": "x", ".site-labs-old/.nojekyll": ""])
    }
    try SiteFolder.refuse(folder, "site", URL(filePath: "/nowhere"))
    try SiteFolder.replace(folder, with: ["index.html": Data(SiteFolder.mark.utf8)])
    let left = try FileManager.default.contentsOfDirectory(atPath: parent.path)
    #expect(left == ["site"])
    let names = try Set(FileManager.default.contentsOfDirectory(atPath: folder.path))
    #expect(names.subtracting([".nojekyll"]) == ["index.html", ".git", "CNAME"])
    // One that cannot be written leaves the old one.
    #expect(throws: (any Error).self) {
      try SiteFolder.replace(folder, with: ["a": Data(), "a/b": Data()])
    }
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: folder.path)) == names)
    #expect(try FileManager.default.contentsOfDirectory(atPath: parent.path) == ["site"])
  }

  @Test(.enabled(if: hasPandoc))
  func `A document becomes a page`() throws {
    let page = try SitePage(
      "docs/guides/a.md",
      "# A *page*\n\n- ✓ **so it is**: measured $x^2$.\n\n<!-- made by {\"lab\":\"dice\"} -->\n")
    #expect(page.path == "guides/a.html" && page.title == "A page" && page.origin?.lab == "dice")
    #expect(page.claims.count == 1 && page.body.contains("<math") && !page.body.contains("made by"))
  }

  @Test
  func `The picture for previews has the size that is asked for`() throws {
    let card = SiteCard(
      course: "Physics", title: "A title that is much too long for one line of a picture",
      claims: "3 of 3 claims hold", holds: true)
    let png = [UInt8](try card.png())
    #expect(Array(png[16..<24]) == [0, 0, 0x04, 0xB0, 0, 0, 0x02, 0x76])
  }
}
