internal import SystemCalls

/// The bytes of a file, and no more than the limit: a device may have no end.
///
/// - Throws: `FileError` that names the file and why it cannot be read.
func readFile(_ path: String, byteLimit limit: Int = .max) throws(FileError) -> [UInt8] {
  guard let bytes = try Disk().contents(of: path, byteLimit: limit) else {
    throw FileError(path: path, reason: "does not exist")
  }
  return bytes
}

/// Whether a file or a folder stands at a path.
func fileExists(_ path: String) -> Bool { Disk().exists(path) }

/// The last component of a path, without the suffix of a gzip file.
func fileName(_ path: String) -> String {
  let last = Paths.name(of: path)
  return last.hasSuffix(".gz") ? String(last.dropLast(3)) : last
}
