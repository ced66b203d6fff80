import Foundation
import Reports

/// Which files changed since a commit, by git.
struct Changes {
  private var paths: [String]

  /// - Throws: A sentence where git does not know the commit.
  init(since commit: String) throws {
    let unknown = Complaint("git knows no commit '\(commit)'")
    // No commit begins so, but an option of git's, which may name a file to write.
    if commit.hasPrefix("-") { throw unknown }
    let changed = try Command("git", "diff", "--name-only", "--relative", commit, "--").run()
    guard changed.status == 0 else { throw unknown }
    let added = try Command("git", "ls-files", "--others", "--exclude-standard").run()
    paths = (changed.output + added.output).split(separator: "\n").map(String.init)
  }

  /// Whether a report may say something else: its lab, what that is built from, or it itself changed.
  func concern(_ report: ReportFile, _ package: CoursePackage) -> Bool {
    guard let lab = package.lab(report.origin.lab) else { return true }
    let folders = package.folders(of: lab)
    return paths.contains { path in
      path == report.path || path == "Package.swift"
        || folders.contains { path.hasPrefix($0 + "/") }
    }
  }
}
