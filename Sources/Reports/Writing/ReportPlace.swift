internal import SystemCalls

/// Where a report stands: its document, and the folder of its figures.
struct ReportPlace {
  /// The document, links followed.
  let document: String

  /// The folder of the figures.
  let figures: String

  let disk: Disk

  init(document: String, figures: String, disk: Disk) throws(FileError) {
    self.document = try disk.resolved(document)
    self.figures = figures
    self.disk = disk
  }

  /// The folder of the document.
  var folder: String { Paths.parent(of: document) }

  /// The path of a figure.
  func figure(_ name: String) -> String { Paths.join(figures, name) }

  /// What stands under a path, links not followed; nil when nothing does.
  func kind(of path: String) throws(FileError) -> FileStatus.Kind? {
    do {
      return try disk.status(path, followingLinks: false)?.kind
    } catch {
      throw FileError(path: path, "cannot be looked at", error)
    }
  }

  /// The names of the figures in the figures' folder that a document here links to.
  func figures(linkedBy text: String) -> [String] {
    DocumentLinks.files(in: text).compactMap { link in
      let name = Paths.name(of: link)
      return Paths.isSame(Paths.join(folder, link), figure(name)) ? name : nil
    }
  }

  /// What tells this report from others that keep their figures in the same folder: a digest of how
  /// the figures' folder would name the document. It stays when both are moved.
  var digest: String {
    let name = (try? Paths.relative(document, toFolderOf: figure("x"))) ?? document
    // FNV-1a, 64 bits.
    let hash = name.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  // MARK: One writer at a time

  /// The locks of the folders that a report is written to; given back by `release`, and by the
  /// system when the process ends.
  struct Lock {
    fileprivate let folders: [Descriptor]
    func release() { for folder in folders { folder.close() } }
  }

  /// How long a writer waits for another one. Writing takes milliseconds.
  private static let longestWait = Duration.seconds(60)

  /// Makes the folders where they are missing, and waits until no other report is being written
  /// there.
  ///
  /// The folders themselves are locked: a file for the lock would have to be left behind.
  func lock(withFigures: Bool) throws(FileError) -> Lock {
    var folders: [(FileStatus.Identity, String)] = []
    for path in withFigures || disk.exists(figures) ? [folder, figures] : [folder] {
      do {
        try disk.makeFolders(path)
        guard let status = try disk.status(path) else { continue }
        if !folders.contains(where: { $0.0 == status.identity }) {
          folders.append((status.identity, path))
        }
      } catch {
        throw FileError(path: path == folder ? document : path, "cannot be written", error)
      }
    }
    // Always in the same order, so that two writers never wait for each other.
    folders.sort { $0.0 < $1.0 }
    var locked: [Descriptor] = []
    do {
      for (_, path) in folders { if let lock = try lock(path) { locked.append(lock) } }
    } catch {
      for folder in locked { folder.close() }
      throw error
    }
    return Lock(folders: locked)
  }

  private func lock(_ path: String) throws(FileError) -> Descriptor? {
    // A folder that may not be listed, or a file system without locks: then there is none.
    guard let folder = try? disk.open(path) else { return nil }
    let start = ContinuousClock.now
    while true {
      do {
        if try disk.lock(folder) { return folder }
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
}
