import Foundation

/// Where a new course gets LabKit from.
enum LabKitOrigin {
  /// Where it is published.
  static let published = "https://github.com/labkit/LabKit"

  /// The place that the package at hand has it from: of a clone of LabKit its own remote, of a course what
  /// its manifest says. So a course begun from a fork depends on the fork.
  static func atHand() -> String {
    guard let package = try? CoursePackage.atHand() else { return published }
    if package.name == "LabKit" {
      let remote = try? Command("git", "remote", "get-url", "origin", in: package.root).run()
      let url = remote?.output.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
      return place(remote?.status == 0 && !url.isEmpty ? url : package.root.path, package.root)
    }
    let manifest = try? String(
      contentsOf: package.root.appending(path: "Package.swift"), encoding: .utf8)
    return manifest.flatMap(dependency) ?? published
  }

  /// The URL of the dependency on LabKit that a manifest has.
  static func dependency(in manifest: String) -> String? {
    manifest.matches(of: /url:\s*"([^"]+)"/).map { String($0.1) }
      .first { $0.firstMatch(of: /(^|[\/:])[Ll]ab[Kk]it(\.git)?\/?$/) != nil }
  }

  /// A remote as a manifest may have it: git takes the path of a folder, a manifest wants a URL.
  static func place(_ remote: String, _ root: URL) -> String {
    if remote.contains("://") || remote.firstMatch(of: /^[^\/]+:/) != nil { return remote }
    return URL(filePath: remote, relativeTo: root.appending(path: "/")).standardizedFileURL
      .absoluteString.replacing(/\/$/, with: "")
  }
}
