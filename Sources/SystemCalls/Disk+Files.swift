internal import Synchronization

/// Whole files.
extension Disk {
  private static func tooLarge(_ path: String, _ limit: Int) -> FileError {
    FileError(path: path, reason: "is too large: more than \(limit) bytes are not read")
  }

  /// The bytes of a file; nil when there is none.
  ///
  /// - Parameter limit: The most bytes that it may have: a device may have no end.
  /// - Throws: When it cannot be read, with the cause: a folder, a pipe, a missing right.
  package func contents(
    of path: String, byteLimit limit: Int = .max
  ) throws(FileError) -> [UInt8]? {
    var attempt = "cannot be read"
    do {
      guard let status = try status(path) else { return nil }
      switch status.kind {
      case .folder: throw FileError(path: path, reason: "is a folder, not a file")
      case .pipe: throw FileError(path: path, reason: "is a pipe, not a file")
      case .file, .device, .link: break
      }
      let isTooLarge = status.kind == .file && status.byteCount > limit
      if isTooLarge { throw Self.tooLarge(path, limit) }
      let file = try open(path)
      defer { file.close() }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(min(status.byteCount, limit))
      while true {
        // One more than is known: a file that has not grown is read in a single call.
        let more = try read(file, max(1 << 16, min(1 << 24, status.byteCount + 1)))
        if more.isEmpty { return bytes }
        guard more.count <= limit - bytes.count else { throw Self.tooLarge(path, limit) }
        if bytes.isEmpty { bytes = more } else { bytes += more }
      }
    } catch let error as SystemError {
      // Gone between two calls.
      if error.code == ENOENT { return nil }
      if error.code == ENOMEM { attempt = "cannot be held in memory" }
      throw FileError(path: path, attempt, error)
    } catch let error as FileError {
      throw error
    } catch {
      throw FileError(path: path, reason: "\(attempt): \(error)")
    }
  }

  /// The text of a file; nil when there is none.
  package func text(
    of path: String, byteLimit limit: Int
  ) throws(FileError) -> String? {
    guard let bytes = try contents(of: path, byteLimit: limit) else { return nil }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw FileError(path: path, reason: "is not UTF-8 text")
    }
    return text
  }

  /// Makes a new file with these bytes, which survive a power failure when this returns.
  ///
  /// - Parameter model: The status of the file that it is going to replace, whose mode it takes.
  package func make(
    _ path: String, _ bytes: [UInt8], like model: FileStatus? = nil
  ) throws(SystemError) {
    let file = try create(path)
    do {
      var rest = bytes[...]
      while !rest.isEmpty { rest = rest.dropFirst(try write(file, rest)) }
      if let model {
        setOwner(file, model.owner, model.group)
        try setMode(file, model.mode)
      }
      try synchronize(file)
    } catch {
      file.close()
      throw error
    }
    try close(file)
  }

  /// Replaces a file in one step: whoever reads it sees the old bytes or the new ones, and its mode
  /// stays. Follows a symbolic link to the file that it stands for. What a writer that was killed had
  /// left of the same file goes.
  package func replace(
    _ path: String, with bytes: [UInt8], makingFolders: Bool = true
  ) throws(FileError) {
    let target = try resolved(path)
    do {
      if makingFolders { try makeFolders(Paths.parent(of: target)) }
      let old = try status(target)
      if old?.kind == .folder { throw FileError(path: path, reason: "is a folder, not a file") }
      let folder = try lockedFolder(Paths.parent(of: target))
      defer { folder?.close() }
      // Whoever holds the lock is alone: what has the name is left of one who was killed. Without
      // locks each writer needs a name of its own.
      let number = Self.replacements.add(1, ordering: .relaxed).newValue
      let own = "\(getpid())-\(number)"
      let name = folder == nil ? own : Paths.digest(Paths.name(of: target)) + ".tmp"
      let fresh = Paths.folder(of: target) + Self.temporaryPrefix + name
      try removeIfThere(fresh)
      do {
        try make(fresh, bytes, like: old)
        try rename(fresh, target)
      } catch {
        try? removeIfThere(fresh)
        throw error
      }
    } catch let error as SystemError {
      throw FileError(path: path, "cannot be written", error)
    } catch let error as FileError {
      throw error
    } catch {
      throw FileError(path: path, reason: "cannot be written: \(error)")
    }
  }

  /// Counts the replacements of this process.
  private static let replacements = Atomic<Int>(0)

  /// How the names of files begin that are only there while something is being written.
  package static var temporaryPrefix: String { ".labkit-new-" }

  /// How long a writer waits for another one. Writing takes milliseconds.
  private static let longestWait = Duration.seconds(60)

  /// A folder with its lock, which other writers wait for; nil where there is none to be had: the
  /// folder may not be listed, or the file system knows no locks.
  ///
  /// The folder itself is locked: a file for the lock would have to be left behind.
  package func lockedFolder(_ path: String) throws(FileError) -> Descriptor? {
    guard let folder = try? open(path) else { return nil }
    let start = ContinuousClock.now
    while true {
      do {
        if try lock(folder) { return folder }
      } catch {
        folder.close()
        return nil
      }
      if ContinuousClock.now - start > Self.longestWait {
        folder.close()
        throw FileError(
          path: path, reason: "cannot be written: another run has been writing there for a minute")
      }
      Pause.sleep(.milliseconds(10))
    }
  }

  /// Removes a file; one that is gone already is fine.
  package func removeIfThere(_ path: String) throws(SystemError) {
    do {
      try remove(path)
    } catch {
      if !error.isAbsence { throw error }
    }
  }

  /// Makes a folder and those that it is in, as far as they are not there.
  package func makeFolders(_ path: String) throws(SystemError) {
    switch try status(path)?.kind {
    case .folder: return
    case nil: break
    default: throw SystemError(action: "making a folder", code: ENOTDIR)
    }
    let parent = Paths.parent(of: path)
    if parent != path { try makeFolders(parent) }
    do {
      try makeFolder(path)
    } catch {
      // Somebody else was quicker.
      if error.code != EEXIST { throw error }
    }
  }

  /// The path of the file that a symbolic link stands for, whether that exists or not; a path that
  /// is no link stays as it is.
  package func resolved(_ path: String) throws(FileError) -> String {
    var path = path
    do {
      // As many as Linux follows.
      for _ in 0..<40 {
        guard try status(path, followingLinks: false)?.kind == .link else { return path }
        let target = try readLink(path)
        path = target.hasPrefix("/") ? target : Paths.folder(of: path) + target
      }
    } catch {
      throw FileError(path: path, "cannot be written", error)
    }
    throw FileError(
      path: path, "cannot be written", SystemError(action: "following a link", code: ELOOP))
  }

  /// The path of a file with all symbolic links followed and without `.` and `..`; what does not
  /// exist yet is taken as it is written.
  package func canonical(_ path: String) throws(FileError) -> String {
    var known = path.hasPrefix("/") ? path : Paths.join(try Paths.workingFolder(), path)
    var rest: [String] = []
    while true {
      // `realpath` without a buffer answers with one that the caller frees.
      if let real = unsafe realpath(known, nil) {
        defer { unsafe free(real) }
        return rest.reversed().reduce(unsafe String(cString: real)) { Paths.join($0, $1) }
      }
      while known.hasSuffix("/"), known.utf8.count > 1 { known.removeLast() }
      if known == "/" { return path }
      rest.append(Paths.name(of: known))
      known = Paths.parent(of: known)
    }
  }

  /// Whether something stands under a path. What cannot be looked at counts as being there.
  package func exists(_ path: String) -> Bool {
    do { return try status(path) != nil } catch { return true }
  }
}
