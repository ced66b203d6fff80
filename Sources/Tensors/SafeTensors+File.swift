internal import SystemCalls

extension SafeTensors {
  /// Reads a safetensors file from disk.
  ///
  /// - Throws: `FileError` where the file cannot be read, ``SafeTensorsError`` where it is damaged;
  ///   either is one sentence that names the file.
  public init(path: String) throws {
    guard let bytes = try Disk().contents(of: path) else {
      throw FileError(path: path, reason: "does not exist")
    }
    try self.init(bytes: bytes, name: path)
  }

  /// Writes a safetensors file to disk, whole or not at all.
  ///
  /// - Throws: `FileError` where the file cannot be written.
  public func write(to path: String) throws {
    try Disk().replace(path, with: encoded(), makingFolders: false)
  }
}
