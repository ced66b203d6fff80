public import Tensors

extension SafeTensors {
  /// Reads a safetensors file from disk.
  ///
  /// - Throws: `FileError` where the file cannot be read, `SafeTensorsError` where it is damaged;
  ///   either is one sentence that names the file.
  public init(path: String) throws {
    try self.init(bytes: readFile(path), name: path)
  }

  /// Writes a safetensors file to disk, whole or not at all.
  ///
  /// - Throws: `FileError` where the file cannot be written.
  public func write(to path: String) throws {
    try writeFile(encoded(), to: path)
  }
}
