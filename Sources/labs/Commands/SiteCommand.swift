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

/// The folder of a site: written whole or not at all.
enum SiteFolder {
  static let mark = "<meta name=\"generator\" content=\"LabKit labs site\">"

  /// Refuses a folder that holds something else than a site.
  static func refuse(_ folder: URL, _ name: String, _ root: URL) throws {
    let files = FileManager.default
    let path = folder.path
    if files.isFolder(path) == false { throw Complaint("\(name) is a file; a site wants a folder") }
    if root.standardizedFileURL.path == path || root.path.hasPrefix(path + "/") {
      throw Complaint("\(name) holds the package itself; a site wants a folder of its own")
    }
    let there = (try? files.contentsOfDirectory(atPath: path)) ?? []
    let index = files.contents(atPath: path + "/index.html") ?? Data()
    guard there.isEmpty || String(decoding: index, as: UTF8.self).contains(mark) else {
      throw Complaint("\(name) is not empty and no site; --output names another folder")
    }
  }

  /// Writes the files beside the folder, then puts them in its place.
  static func replace(_ folder: URL, with contents: [String: Data]) throws {
    let files = FileManager.default
    let staging = folder.deletingLastPathComponent().appending(
      path: ".\(folder.lastPathComponent)-\(UUID().uuidString)")
    do {
      for (path, data) in contents.sorted(by: { $0.key < $1.key }) {
        let file = staging.appending(path: path)
        try files.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
      }
      if files.fileExists(atPath: folder.path) { try files.removeItem(at: folder) }
      try files.moveItem(at: staging, to: folder)
    } catch {
      try? files.removeItem(at: staging)
      throw Complaint("\(folder.path) cannot be written: \(error.localizedDescription)")
    }
  }
}
