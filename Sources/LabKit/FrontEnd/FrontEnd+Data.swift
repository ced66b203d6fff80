internal import Foundation
internal import SystemCalls

extension FrontEnd {
  /// The data files beside the lab's sources that are no longer what a report cites.
  ///
  /// A report names its data with their digests, so other data are noticed before anything runs. Files
  /// that stand elsewhere, or that are built into a program, are left to the run.
  ///
  /// - Parameter report: The committed report's text, Markdown or a notebook.
  func changedData(_ report: String) throws(FileError) -> [String] {
    guard let main = Body.sources.first?.path, main.contains("/") else { return [] }
    let folder = main.split(separator: "/").dropLast().joined(separator: "/")
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    var changed: [String] = []
    // Few lines of a long report are rows with code in them, and only those are worth an expression.
    let rows = report.utf8.split(separator: UInt8(ascii: "\n")).lazy.filter { line in
      line.contains(UInt8(ascii: "|")) && line.contains(UInt8(ascii: "`"))
    }
    for match in rows.flatMap({
      Substring($0).matches(of: /`([^`|]+)` \|[^`\n]*\| `([0-9a-f]{64})`/)
    }) {
      let (name, digest) = (String(match.1), String(match.2))
      let found = files.filter { $0 == name || $0.hasSuffix("/" + name) }
      // Two files of one name: which of them was read is not known.
      guard found.count == 1, let file = found.first,
        let bytes = try Disk().contents(of: folder + "/" + file, byteLimit: 1 << 30)
      else { continue }
      if SHA256.digest(of: bytes) != digest { changed.append(folder + "/" + file) }
    }
    return changed
  }
}
