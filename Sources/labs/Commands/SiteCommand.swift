import ArgumentParser
import Foundation

/// `labs site`: reports, guides and an index as pages.
struct SiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site",
    abstract: "Makes a static site of everything under docs/.",
    discussion: """
      Reports and guides as they are committed; no lab runs. The pages need no server and no network:
      open site/index.html. They fit a phone and the dark, can be searched, and all claims stand on
      one page. pandoc makes them.

        swift run labs site
        swift run labs site --output public --url https://example.org/physics

      0: written; 1: written, and a link leads nowhere (each is named); 2: something cannot be used.
      """)

  @Option(name: [.short, .long], help: ArgumentHelp("Where it goes.", valueName: "folder"))
  var output = "site"

  @Option(
    help: ArgumentHelp(
      "Where it will stand on the web; pictures in other sites' previews need the whole address.",
      valueName: "address"))
  var url: String?

  @Option(
    help: ArgumentHelp(
      "What addresses of files in the repository begin with. Without it: from git's remote.",
      valueName: "address"))
  var repository: String?

  func validate() throws {
    for (name, address) in [("--url", url), ("--repository", repository)] {
      guard let address else { continue }
      guard let parsed = URL(string: address), parsed.host() != nil,
        ["http", "https"].contains(parsed.scheme)
      else { throw ValidationError("\(name) wants an address with https://, not '\(address)'.") }
    }
  }

  func run() throws {
    let package = try CoursePackage.atHand()
    let target = URL(filePath: output).standardizedFileURL
    try SiteFolder.refuse(target, output, package.root)
    let site = try Site(
      package, address: url, repository: repository ?? Site.repository(package.root))
    let broken = site.brokenLinks
    try SiteFolder.replace(target, with: site.files)
    print("\(output)/index.html: \(site.pages.count) pages, \(site.claims.count) claims")
    for link in broken { Terminal.say("labs: \(link)") }
    if !broken.isEmpty { throw ExitStatus.stale }
  }
}
