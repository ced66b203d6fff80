internal import Foundation

/// A file that could not be read or written, in one sentence.
public struct FileTrouble: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file's path.
  public var path: String

  /// What was tried and what the system said: `cannot be written: no space left on device`.
  public var reason: String

  /// A file and what is wrong with it.
  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  /// `docs/lab10.md: cannot be written: no space left on device`
  public var description: String { "\(path): \(reason)" }
}

/// Whole files, read and written.
enum DiskFile {
  /// The bytes of a file, or `nil` when there is none.
  static func read(_ path: String) throws(FileTrouble) -> [UInt8]? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let type = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    guard type != .typeDirectory else {
      throw FileTrouble(path: path, reason: "is a folder, not a file")
    }
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw FileTrouble(path: path, reason: "cannot be read: \(said(error))")
    }
  }

  /// The text of a file, or `nil` when there is none.
  static func readText(_ path: String) throws(FileTrouble) -> String? {
    guard let bytes = try read(path) else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileTrouble(path: path, reason: "is not UTF-8 text")
    }
    return text
  }

  /// Replaces a file in one step: whoever reads it sees the old bytes or the new ones. Makes the
  /// folders on the way.
  static func write(_ bytes: [UInt8], to path: String) throws(FileTrouble) {
    let url = URL(fileURLWithPath: path)
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: url, options: .atomic)
    } catch {
      throw FileTrouble(path: path, reason: "cannot be written: \(said(error))")
    }
  }

  /// Removes a file; one that is gone already is fine.
  static func remove(_ path: String) throws(FileTrouble) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw FileTrouble(path: path, reason: "cannot be removed: \(said(error))")
    }
  }

  /// The names in a folder, sorted; none when there is no folder.
  static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// Whether two paths name the same place.
  static func isSame(_ first: String, _ second: String) -> Bool {
    URL(fileURLWithPath: first).standardizedFileURL.path
      == URL(fileURLWithPath: second).standardizedFileURL.path
  }

  /// The folder that a path is in, to put before another name: `docs/`, or nothing.
  static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }

  /// How a document at `document` names a path: relative to its own folder.
  static func relative(_ path: String, toFolderOf document: String) -> String {
    func parts(_ path: String) -> [String] {
      URL(fileURLWithPath: path).standardizedFileURL.path.split(separator: "/").map { String($0) }
    }
    let target = parts(path)
    let folder = parts(document).dropLast()
    let shared = zip(target, folder).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: folder.count - shared)
    return (up + target[shared...]).joined(separator: "/")
  }

  /// The system's own words, which Foundation wraps more than once.
  private static func said(_ error: any Error) -> String {
    let error = error as NSError
    if error.domain == NSPOSIXErrorDomain, let code = POSIXErrorCode(rawValue: Int32(error.code)) {
      return words(code)
    }
    if let inner = error.userInfo[NSUnderlyingErrorKey] as? any Error { return said(inner) }
    guard error.domain == NSCocoaErrorDomain else { return error.localizedDescription }
    switch CocoaError.Code(rawValue: error.code) {
    case .fileReadNoPermission, .fileWriteNoPermission: return words(.EACCES)
    case .fileWriteOutOfSpace: return words(.ENOSPC)
    case .fileNoSuchFile, .fileReadNoSuchFile: return words(.ENOENT)
    case .fileWriteVolumeReadOnly: return words(.EROFS)
    case .fileWriteFileExists: return "a file stands where a folder should be"
    default: return error.localizedDescription
    }
  }

  private static func words(_ code: POSIXErrorCode) -> String {
    switch code {
    case .EACCES, .EPERM: "permission denied"
    case .ENOSPC: "no space left on device"
    case .ENOENT: "no such file or folder"
    case .ENOTDIR, .EEXIST: "a file stands where a folder should be"
    case .EROFS: "the file system is read-only"
    case .EISDIR: "a folder has that name"
    case .EDQUOT: "the disk quota is used up"
    default: "system error \(code.rawValue)"
    }
  }
}
