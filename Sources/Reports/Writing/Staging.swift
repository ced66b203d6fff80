internal import SystemCalls

/// The way of a report to its place, in steps after each of which a whole report stands there.
///
/// 1. The new figures are written and synced in a folder of their own inside the figures' folder,
///    the new document beside the old one under another name. Nothing shows any of this yet: a full
///    disk ends here.
/// 2. Where figures are replaced, a passing document takes the place of the old one: the new report
///    with links into that folder. From here on the new report stands, whole.
/// 3. Each figure gets its name in the figures' folder as a second name, by a link and a rename.
/// 4. The new document takes its place; it links to the figures' folder.
/// 5. Figures that nothing shows any more, and the folder, are removed.
///
/// A run that is cut off leaves that folder or a temporary document. The next one that writes this
/// report finds both by their names, goes the rest of the way or takes back what was begun. The
/// folder also holds a list of the figures that were not there before or are to go: what of those
/// no report shows, and nothing else, is removed.
struct Staging {
  let place: ReportPlace
  /// The folder's name inside the figures' folder.
  let name: String
  private let disk: Disk
  let folder: String
  private let fresh: String
  private let passing: String

  private static let listName = "figures.txt"
  /// Marks the second name that a figure has for a moment.
  private static let linkSuffix = ".link"

  init(_ place: ReportPlace) {
    self.place = place
    disk = place.disk
    name = Disk.temporaryPrefix + place.digest
    folder = place.figure(name)
    let base = Paths.join(place.folder, name)
    fresh = base + ".md"
    passing = base + "-passing.md"
  }

  /// Puts a report in place.
  ///
  /// - Parameters:
  ///   - document: The new document; nil when it is not written.
  ///   - passing: The same with links into ``name``; nil when no figure is replaced that the old
  ///     document may show.
  ///   - figures: The figures that change.
  ///   - all: All figures of the report.
  ///   - replaced: The names of those that change and were there.
  ///   - stale: The names of figures to remove.
  func put(
    document: [UInt8]?, passing passingDocument: [UInt8]?, figures: [RenderedReport.File],
    all: [RenderedReport.File], replaced: Set<String>, stale: [String]
  ) throws(FileError) {
    var trouble = place.document
    var stands = false
    do {
      if !figures.isEmpty || !stale.isEmpty {
        trouble = place.figures
        try disk.makeFolder(folder)
        let new = figures.map(\.name).filter { !replaced.contains($0) }
        let list = (new + stale).map { $0 + "\n" }.joined()
        try disk.make(Paths.join(folder, Self.listName), Array(list.utf8))
        for figure in passingDocument == nil ? figures : all {
          trouble = place.figure(figure.name)
          try disk.make(
            Paths.join(folder, figure.name), figure.bytes, like: status(place.figure(figure.name)))
        }
        try synchronize(folder)
        try synchronize(place.figures)
      }
      trouble = place.document
      let model = status(place.document)
      if let document { try disk.make(fresh, document, like: model) }
      if let passingDocument {
        try disk.make(passing, passingDocument, like: model)
        try synchronize(place.folder)
        try disk.rename(passing, place.document)
        stands = true
        try synchronize(place.folder)
      }
      for figure in figures {
        trouble = place.figure(figure.name)
        try install(figure.name, bytes: figure.bytes)
      }
      if !figures.isEmpty { try synchronize(place.figures) }
      trouble = place.document
      if document != nil {
        try disk.rename(fresh, place.document)
        stands = true
        try synchronize(place.folder)
      }
      trouble = place.figures
      for name in stale {
        trouble = place.figure(name)
        try disk.removeIfThere(place.figure(name))
      }
      if !figures.isEmpty || !stale.isEmpty { try clear() }
    } catch {
      let attempt =
        stands
        ? "cannot be written (the new report stands all the same; the next run tidies up)"
        : "cannot be written"
      if !stands { takeBack() }
      if let error = error as? SystemError { throw FileError(path: trouble, attempt, error) }
      throw FileError(path: trouble, reason: "\(attempt): \(error)")
    }
    removeEmptyFolder(if: !stale.isEmpty)
  }

  /// Ends what a run that was cut off had begun: forward where its document stands, else backward.
  func recover() throws(FileError) {
    do {
      try disk.removeIfThere(passing)
      guard let kind = try disk.status(folder, followingLinks: false)?.kind else {
        return try disk.removeIfThere(fresh)
      }
      // No run made it: what a link leads to must not be tidied up.
      guard kind == .folder else {
        try disk.remove(folder)
        return try disk.removeIfThere(fresh)
      }
      if let text = try documentText(), text.contains(name + "/") {
        for name in try disk.names(in: folder) where name.hasSuffix(".png") {
          try install(name, bytes: try disk.contents(of: Paths.join(folder, name)) ?? [])
        }
        try synchronize(place.figures)
        // What the passing document says, with the links of the last one.
        let document = text.replacing(name + "/", with: "")
        try disk.removeIfThere(fresh)
        try disk.make(fresh, Array(document.utf8), like: status(place.document))
        try disk.rename(fresh, place.document)
        try synchronize(place.folder)
      }
      takeBack()
      if disk.exists(folder) {
        throw FileError(
          path: folder, reason: "is left of a run that was cut off, and cannot be removed")
      }
    } catch let error as FileError {
      throw error
    } catch let error as SystemError {
      throw FileError(path: place.document, "cannot be written", error)
    } catch {
      throw FileError(path: place.document, reason: "cannot be written: \(error)")
    }
  }
}

extension Staging {
  /// Gives a staged figure its name in the figures' folder, beside the one that it has.
  private func install(_ name: String, bytes: @autoclosure () throws -> [UInt8]) throws {
    let staged = Paths.join(folder, name)
    let second = staged + Self.linkSuffix
    try disk.removeIfThere(second)
    do {
      try disk.link(staged, second)
    } catch {
      // Some file systems know one name a file only.
      guard error.meansNoLinks else { throw error }
      try disk.make(second, bytes(), like: status(staged))
    }
    try disk.rename(second, place.figure(name))
  }

  /// Removes what was staged, and the figures of the list that no report shows.
  private func takeBack() {
    // Who cannot read the document cannot know what it shows.
    guard let text = try? documentText() ?? "" else { return }
    let shown = Set(place.figures(linkedBy: text)).union(OtherReports(beside: place).shown.keys)
    let list =
      (try? disk.text(of: Paths.join(folder, Self.listName), byteLimit: ReportCheck.byteLimit))
      ?? nil
    for name in (list ?? "").split(separator: "\n").map(String.init)
    where !shown.contains(name) && Paths.name(of: name) == name && name.hasSuffix(".png") {
      try? disk.remove(place.figure(name))
    }
    try? disk.removeIfThere(fresh)
    try? disk.removeIfThere(passing)
    try? clear()
    removeEmptyFolder(if: true)
  }

  /// Removes the folder with the files that are put into it, and no other.
  private func clear() throws(SystemError) {
    for name in try disk.names(in: folder)
    where name.hasSuffix(".png") || name.hasSuffix(Self.linkSuffix) {
      try disk.remove(Paths.join(folder, name))
    }
    // Last: without it nobody knows any more what to take back.
    try disk.removeIfThere(Paths.join(folder, Self.listName))
    try disk.removeFolder(folder)
  }

  /// The document that stands there, whatever its bytes; nil when there is none.
  private func documentText() throws(FileError) -> String? {
    try disk.contents(of: place.document).map { String(decoding: $0, as: UTF8.self) }
  }

  private func removeEmptyFolder(if isWanted: Bool) {
    if isWanted, (try? disk.names(in: place.figures))?.isEmpty ?? false {
      try? disk.removeFolder(place.figures)
    }
  }

  private func status(_ path: String) -> FileStatus? {
    guard let status = try? disk.status(path), status.kind == .file else { return nil }
    return status
  }

  private func synchronize(_ folder: String) throws(SystemError) {
    // A folder that may be written to but not listed cannot be synced.
    guard let open = try? disk.open(folder) else { return }
    defer { open.close() }
    try disk.synchronize(open)
  }
}
