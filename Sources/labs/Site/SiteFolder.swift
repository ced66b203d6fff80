import Foundation
import SystemCalls

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
    let there = ((try? files.contentsOfDirectory(atPath: path)) ?? []).filter { !isKept($0) }
    let index = files.contents(atPath: path + "/index.html") ?? Data()
    guard there.isEmpty || String(decoding: index, as: UTF8.self).contains(mark) else {
      throw Complaint("\(name) is not empty and no site; --output names another folder")
    }
  }

  /// Writes the files beside the folder, then puts them in its place.
  ///
  /// A run that is cut off leaves the old site, or the new one; where it is cut off between two renames,
  /// the next run puts the old one back. What has a hidden name, and GitHub's `CNAME`, are the user's
  /// (the folder may be the work tree of another branch) and stay.
  static func replace(_ folder: URL, with contents: [String: Data]) throws {
    let files = FileManager.default
    // A link stays one.
    let folder = folder.resolvingSymlinksInPath()
    let parent = folder.deletingLastPathComponent()
    let staging = parent.appending(path: ".\(folder.lastPathComponent)-labs-new")
    let former = parent.appending(path: ".\(folder.lastPathComponent)-labs-old")
    do {
      try files.createDirectory(at: parent, withIntermediateDirectories: true)
      let lock = try Disk().lockedFolder(parent.path)
      defer { lock?.close() }
      try recover(folder, staging, former)
      do {
        for (path, data) in contents.sorted(by: { $0.key < $1.key }) {
          let file = staging.appending(path: path)
          try files.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
          try data.write(to: file)
        }
        if files.fileExists(atPath: folder.path) { try files.moveItem(at: folder, to: former) }
        try files.moveItem(at: staging, to: folder)
      } catch {
        try? recover(folder, staging, former)
        throw error
      }
      try recover(folder, staging, former)
    } catch let error as FileError {
      throw error
    } catch {
      throw Complaint("\(folder.path) cannot be written: \(error.localizedDescription)")
    }
  }

  /// Whether a name is the user's, whatever a site consists of.
  private static func isKept(_ name: String) -> Bool { name.hasPrefix(".") || name == "CNAME" }

  /// Ends what a run had begun: the site stands, and nothing else is left.
  private static func recover(_ folder: URL, _ staging: URL, _ former: URL) throws {
    let files = FileManager.default
    if files.fileExists(atPath: staging.path) { try files.removeItem(at: staging) }
    guard files.fileExists(atPath: former.path) else { return }
    guard files.fileExists(atPath: folder.path) else {
      return try files.moveItem(at: former, to: folder)
    }
    for name in try files.contentsOfDirectory(atPath: former.path)
    where isKept(name) {
      let place = folder.appending(path: name)
      if files.fileExists(atPath: place.path) { try files.removeItem(at: place) }
      try files.moveItem(at: former.appending(path: name), to: place)
    }
    try files.removeItem(at: former)
  }
}
