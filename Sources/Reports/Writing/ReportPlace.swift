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

  /// The names of those that stand among the outputs of a run. What prose links to is the author's own,
  /// whatever folder it is in.
  func figures(shownByRunOf text: String) -> [String] {
    let document = CommittedDocument(text)
    let outputs = document.stretches.flatMap { stretch in
      document.lines[(stretch.lines.lowerBound - 1)..<stretch.lines.upperBound] + [""]
    }
    return figures(linkedBy: outputs.joined(separator: "\n"))
  }

  /// What tells this report from others that keep their figures in the same folder: a digest of how
  /// the figures' folder would name the document. It stays when both are moved.
  var digest: String {
    let name = (try? Paths.relative(document, toFolderOf: figure("x"))) ?? document
    return Paths.digest(name)
  }

  // MARK: One writer at a time

  /// The locks of the folders that a report is written to; given back by `release`, and by the
  /// system when the process ends.
  struct Lock {
    fileprivate let folders: [Descriptor]
    func release() { for folder in folders { folder.close() } }
  }

  /// Makes the folders where they are missing, and waits until no other report is being written
  /// there.
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
      for (_, path) in folders { if let lock = try disk.lockedFolder(path) { locked.append(lock) } }
    } catch {
      for folder in locked { folder.close() }
      throw error
    }
    return Lock(folders: locked)
  }
}
