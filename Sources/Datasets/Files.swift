internal import Foundation

/// The bytes of a file.
///
/// - Throws: ``DataError`` that names the file and why it cannot be read.
func readFile(_ path: String) throws -> [UInt8] {
  guard fileExists(path) else { throw DataError("The file \(path) does not exist.") }
  let attributes = try? FileManager.default.attributesOfItem(
    atPath: URL(fileURLWithPath: path).resolvingSymlinksInPath().path)
  if attributes?[.type] as? FileAttributeType == .typeDirectory {
    throw DataError("The file \(path) cannot be read: it is a directory.")
  }
  do {
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  } catch let error as CocoaError where error.code == .fileReadNoPermission {
    throw DataError("The file \(path) cannot be read: permission is denied.")
  } catch {
    throw DataError("The file \(path) cannot be read.")
  }
}

/// Whether a file or a folder stands at a path.
func fileExists(_ path: String) -> Bool {
  FileManager.default.fileExists(atPath: path)
}

/// The value of an environment variable.
func environment(_ name: String) -> String? {
  ProcessInfo.processInfo.environment[name]
}

/// The last component of a path, without the suffix of a gzip file.
func fileName(_ path: String) -> String {
  let last = path.split(separator: "/").last.map(String.init) ?? path
  return last.hasSuffix(".gz") ? String(last.dropLast(3)) : last
}

/// Writes a file at once: a reader sees the old contents or the new ones.
///
/// - Throws: ``DataError`` that names the file.
func writeFile(_ bytes: [UInt8], to path: String) throws {
  do {
    try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
  } catch {
    throw DataError("The file \(path) cannot be written.")
  }
}
