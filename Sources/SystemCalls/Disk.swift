/// The file system: each method is one system call.
///
/// ``watch`` is told of every call before it is made and may make it fail. So a test can have the
/// disk fill up, or the machine stop, after any one of them.
package struct Disk: Sendable {
  /// A call that is about to be made.
  package enum Call: Hashable, Sendable {
    case open(String)
    case create(String)
    case read(Int32)
    case write(Int32)
    case setMode(Int32)
    case synchronize(Int32)
    case close(Int32)
    case lock(Int32)
    case status(String)
    case names(String)
    case readLink(String)
    case makeFolder(String)
    case link(String, String)
    case rename(String, String)
    case remove(String)
    case removeFolder(String)
  }

  package var watch: (@Sendable (Call) throws(SystemError) -> Void)?

  /// The disk as it is.
  package init() {}

  private func about(to call: Call) throws(SystemError) {
    if let watch { try watch(call) }
  }

  /// Opens a file or a folder for reading. Does not wait for the writer of a pipe.
  package func open(_ path: String) throws(SystemError) -> Descriptor {
    try about(to: .open(path))
    let file = try retrying("opening") { systemOpen(path, O_RDONLY | O_NONBLOCK, 0) }
    return Descriptor(raw: file)
  }

  /// Opens what stands there for writing at its end, as a stream is: waits for a pipe's reader.
  package func openStream(_ path: String) throws(SystemError) -> Descriptor {
    try about(to: .open(path))
    return Descriptor(
      raw: try retrying("opening") { systemOpen(path, O_WRONLY | O_APPEND | O_NOCTTY, 0) })
  }

  /// Makes a file that is not there yet, for writing. Its mode is what the umask leaves.
  package func create(_ path: String) throws(SystemError) -> Descriptor {
    try about(to: .create(path))
    return Descriptor(
      raw: try retrying("creating") { systemOpen(path, O_WRONLY | O_CREAT | O_EXCL, 0o666) })
  }

  /// Reads at most `count` bytes; none at the end.
  package func read(_ file: Descriptor, _ count: Int) throws(SystemError) -> [UInt8] {
    try about(to: .read(file.raw))
    return try file.read(count) ?? []
  }

  /// Writes some of the bytes, and says how many.
  package func write(_ file: Descriptor, _ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
    try about(to: .write(file.raw))
    return try file.writeOnce(bytes)
  }

  /// Changes who may do what with an open file.
  package func setMode(_ file: Descriptor, _ mode: mode_t) throws(SystemError) {
    try about(to: .setMode(file.raw))
    try retrying("setting the mode") { fchmod(file.raw, mode) }
  }

  /// Gives an open file to somebody. Only the superuser may; nobody else is told.
  package func setOwner(_ file: Descriptor, _ owner: uid_t, _ group: gid_t) {
    _ = fchown(file.raw, owner, group)
  }

  /// Returns when the bytes of a file, or the names in a folder, would survive a power failure.
  package func synchronize(_ file: Descriptor) throws(SystemError) {
    try about(to: .synchronize(file.raw))
    do {
      try retrying("writing") { fsync(file.raw) }
    } catch {
      // Not every file system can do it for folders.
      if error.code != EINVAL, error.code != ENOTSUP { throw error }
    }
  }

  /// Closes a file. Some file systems tell only now that bytes were not written.
  package func close(_ file: Descriptor) throws(SystemError) {
    do {
      try about(to: .close(file.raw))
    } catch {
      file.close()
      throw error
    }
    if systemClose(file.raw) != 0, errno != EINTR { throw .last("closing") }
  }

  /// Takes the lock of an open file or folder, if nobody has it; it is given back on closing.
  package func lock(_ file: Descriptor) throws(SystemError) -> Bool {
    try about(to: .lock(file.raw))
    do {
      try retrying("locking") { flock(file.raw, LOCK_EX | LOCK_NB) }
      return true
    } catch {
      if error.code == EWOULDBLOCK { return false }
      throw error
    }
  }

  /// What stands under a path; nil when nothing does.
  package func status(
    _ path: String, followingLinks: Bool = true
  ) throws(SystemError) -> FileStatus? {
    try about(to: .status(path))
    var status = stat()
    do {
      // Both fill the struct that they are given.
      try retrying("looking") {
        unsafe followingLinks ? stat(path, &status) : lstat(path, &status)
      }
    } catch {
      if error.isAbsence { return nil }
      throw error
    }
    return FileStatus(status)
  }

  /// The names in a folder, sorted by their bytes.
  package func names(in folder: String) throws(SystemError) -> [String] {
    try about(to: .names(folder))
    guard let stream = unsafe opendir(folder) else { throw .last("listing") }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    // `readdir` answers with an entry of the stream's own, which is copied at once.
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: 1) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Where a symbolic link leads.
  package func readLink(_ path: String) throws(SystemError) -> String {
    try about(to: .readLink(path))
    var buffer = [CChar](repeating: 0, count: 4096)
    // `readlink` fills the buffer and says how far.
    let count = try retrying("following a link") {
      unsafe buffer.withUnsafeMutableBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return 0 }
        return unsafe readlink(path, base, bytes.count)
      }
    }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Makes a folder in one that is there.
  package func makeFolder(_ path: String) throws(SystemError) {
    try about(to: .makeFolder(path))
    try retrying("making a folder") { unsafe mkdir(path, 0o777) }
  }

  /// Gives a file a second name, which must be free.
  package func link(_ old: String, _ new: String) throws(SystemError) {
    try about(to: .link(old, new))
    try retrying("linking") { systemLink(old, new) }
  }

  /// Puts a file in the place of another, or of nothing, in one step.
  package func rename(_ old: String, _ new: String) throws(SystemError) {
    try about(to: .rename(old, new))
    try retrying("renaming") { systemRename(old, new) }
  }

  /// Removes a file.
  package func remove(_ path: String) throws(SystemError) {
    try about(to: .remove(path))
    try retrying("removing") { unsafe unlink(path) }
  }

  /// Removes an empty folder.
  package func removeFolder(_ path: String) throws(SystemError) {
    try about(to: .removeFolder(path))
    try retrying("removing") { unsafe rmdir(path) }
  }
}
