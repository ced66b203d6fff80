import Foundation
import Reports
import SystemCalls

extension FileManager {
  /// Whether a folder stands at a path, and not a file; `nil` where there is nothing.
  func isFolder(_ path: String) -> Bool? {
    guard let type = try? attributesOfItem(atPath: path)[.type] as? FileAttributeType else {
      return nil
    }
    guard type == .typeSymbolicLink else { return type == .typeDirectory }
    // The link's target; a link that leads nowhere is nothing.
    let target = URL(filePath: path).resolvingSymlinksInPath().path
    return target == path ? nil : isFolder(target)
  }
}

extension FileManager {
  /// The bytes of a file; nil where there is none. Does not wait for a pipe.
  ///
  /// - Throws: A sentence with the cause, also where it is larger than anything that a lab writes.
  func wholeFile(_ path: String) throws(FileError) -> Data? {
    try Disk().contents(of: path, byteLimit: ReportCheck.byteLimit).map { Data($0) }
  }
}

extension URL {
  /// Makes a folder, and those above it, where they are missing.
  func make() throws {
    do {
      try FileManager.default.createDirectory(at: self, withIntermediateDirectories: true)
    } catch {
      throw Complaint("\(relativePath) cannot be made: \(error.localizedDescription)")
    }
  }

  /// Writes files below a folder, which is made.
  ///
  /// - Parameter files: Texts by their path below the folder.
  func write(_ files: [String: String]) throws {
    for (name, text) in files.sorted(by: { $0.key < $1.key }) {
      let file = appending(path: name)
      do {
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      } catch {
        throw Complaint("\(file.relativePath) cannot be written: \(error.localizedDescription)")
      }
    }
  }
}
