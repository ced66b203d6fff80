/// Paths as text. Nothing here asks the disk, except for the folder that relative ones start from.
package enum Paths {
  /// The folder that a path is in, to put before another name: `docs/`, or nothing.
  package static func folder(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? ""
  }

  /// The same, as a path of its own: `docs`, `/` or `.`.
  package static func parent(of path: String) -> String {
    var folder = folder(of: path)
    while folder.hasSuffix("/"), folder.utf8.count > 1 { folder.removeLast() }
    return folder.isEmpty ? "." : folder
  }

  /// The last component: `lab10.md`.
  package static func name(of path: String) -> String {
    String(path[path.index(path.startIndex, offsetBy: folder(of: path).count)...])
  }

  /// The last component without its suffix: `lab10`. A leading dot begins no suffix.
  package static func stem(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// What follows the last dot of the last component, in small letters: `md`; `nil` without a dot. A
  /// leading dot, a hidden file's, ends nothing.
  package static func ending(of path: String) -> String? {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return nil }
    return name[name.index(after: dot)...].lowercased()
  }

  /// A path below a folder.
  package static func join(_ folder: String, _ name: String) -> String {
    if folder.isEmpty || folder == "." { return name }
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// The components of a path from the root, without `.` and `..`.
  ///
  /// - Throws: When the path is relative and the working directory is gone.
  package static func components(of path: String) throws(FileError) -> [String] {
    var result: [String] = []
    let start = path.hasPrefix("/") ? "" : try workingFolder() + "/"
    for part in (start + path).split(separator: "/") where part != "." {
      if part == ".." { _ = result.popLast() } else { result.append(String(part)) }
    }
    return result
  }

  /// Whether two paths name the same place, as far as their text tells.
  package static func isSame(_ first: String, _ second: String) -> Bool {
    guard let first = try? components(of: first), let second = try? components(of: second) else {
      return first == second
    }
    return first.elementsEqual(second) { $0.utf8.elementsEqual($1.utf8) }
  }

  /// How a document names a path: relative to the document's own folder.
  ///
  /// - Throws: When a path is relative and the working directory is gone.
  package static func relative(
    _ path: String, toFolderOf document: String
  ) throws(FileError) -> String {
    let target = try components(of: path)
    let folder = try components(of: document).dropLast()
    let shared = zip(target, folder).prefix { $0.utf8.elementsEqual($1.utf8) }.count
    let up = Array(repeating: "..", count: folder.count - shared)
    return (up + target[shared...]).joined(separator: "/")
  }

  /// Sixteen digits that tell a name from others, for a name made of it: FNV-1a, 64 bits.
  package static func digest(_ name: String) -> String {
    let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The working directory.
  package static func workingFolder() throws(FileError) -> String {
    // `getcwd` without a buffer answers with one that the caller frees.
    guard let path = unsafe getcwd(nil, 0) else {
      throw FileError(reason: "the working directory does not exist any more")
    }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }
}
