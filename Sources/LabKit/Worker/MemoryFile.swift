internal import Foundation
internal import SystemCalls

/// A remembered value on disk: a line that says what it is, then its bytes.
///
/// The file's name is the digest of all that the value depends on, so a value that depends on
/// something else is another file. The line holds length and digest of the bytes: what a crash cut off,
/// or somebody else wrote, is not taken for a value.
struct MemoryFile {
  private let folder: String
  private let stem: String
  private let key: String

  /// Files of one name that are kept: the youngest.
  private static let most = 8

  /// Changes whenever remembered values of an older package must not be used any more.
  private static let version = 1

  /// The file of a value.
  init(name: String, inputs: [UInt8], type: String, code: String) {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["LABKIT_CACHE"], !folder.isEmpty {
      self.folder = folder
    } else {
      let caches = FileManager.default.urls(for: .cachesDirectory, in: .userDomainMask).first
      let base = caches?.path ?? FileManager.default.temporaryDirectory.path
      folder = base + "/labkit"
    }
    stem = SHA256.digest(of: Array("\(code.prefix { $0 != "\n" })\n\(name)".utf8)).prefix(16) + "-"
    // Each part with its length: no two lists of parts look alike.
    var bytes: [UInt8] = []
    for part in [Array("\(Self.version)".utf8), Array(name.utf8), inputs, Array(type.utf8)] {
      bytes += Array("\(part.count)\n".utf8) + part
    }
    bytes += Array(code.utf8)
    key = SHA256.digest(of: bytes)
  }

  private var path: String { "\(folder)/\(stem)\(key).value" }

  private struct Head: Codable {
    var labkit: Int
    var byteCount: Int
    var sha256: String
    var since: String
  }

  /// Why a file is no remembered value.
  struct Broken: Error, CustomStringConvertible {
    var description: String
  }

  /// The kept bytes and when they were computed; `nil` where nothing is kept.
  ///
  /// - Throws: A sentence where the file is not what was written.
  func read() throws -> (bytes: [UInt8], since: String)? {
    guard let contents = try Disk().contents(of: path) else { return nil }
    guard let end = contents.firstIndex(of: 0x0A),
      let head = try? JSONDecoder().decode(Head.self, from: Data(contents[..<end]))
    else { throw Broken(description: "\(path) is not a remembered value") }
    let bytes = Array(contents[(end + 1)...])
    guard head.byteCount == bytes.count, head.sha256 == SHA256.digest(of: bytes) else {
      throw Broken(description: "\(path) is damaged")
    }
    return (bytes, head.since)
  }

  /// Keeps bytes: written beside the place and put there in one step.
  func write(_ bytes: [UInt8]) throws {
    let head = Head(
      labkit: Self.version, byteCount: bytes.count, sha256: SHA256.digest(of: bytes),
      since: Date.now.formatted(.iso8601))
    let line = [UInt8](try JSONEncoder().encode(head)) + [0x0A]
    try Disk().replace(path, with: line + bytes)
    removeOldest()
  }

  /// Leaves the youngest files of the name.
  private func removeOldest() {
    let manager = FileManager.default
    let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
    let dated = names.filter { $0.hasPrefix(stem) && $0.hasSuffix(".value") }.map { name in
      let path = "\(folder)/\(name)"
      let date = try? manager.attributesOfItem(atPath: path)[.modificationDate] as? Date
      return (path: path, date: date ?? .distantPast)
    }
    for old in dated.sorted(by: { $0.date > $1.date }).dropFirst(Self.most) {
      try? manager.removeItem(atPath: old.path)
    }
  }

  // MARK: Codable values

  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "∞", negativeInfinity: "−∞", nan: "NaN")
    return [UInt8](try encoder.encode([value]))
  }

  static func decode<Value: Decodable>(_ bytes: [UInt8]) throws -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "∞", negativeInfinity: "−∞", nan: "NaN")
    guard let value = try decoder.decode([Value].self, from: Data(bytes)).first else {
      throw Broken(description: "it holds no value")
    }
    return value
  }
}
