internal import SystemCalls

/// The reports beside one that is written, which may keep their figures in the same folder.
///
/// Nobody has to name a folder for two reports, but `--figures` can. A picture that the other one shows
/// must then neither change nor go: it would stand under the other run's words.
struct OtherReports {
  /// The names of figures in the folder, each with the document that shows it.
  private(set) var shown: [String: String] = [:]

  /// Reads the Markdown documents of the folder that the document is in, and of the one that the
  /// figures' folder is in. What cannot be read is passed over, and so are documents that no lab made:
  /// a guide may well show the newest picture of a report.
  init(beside place: ReportPlace) {
    let disk = place.disk
    let folder = Escaping.path(Paths.name(of: place.figures))
    let own = (try? disk.status(place.document))??.identity
    var seen: [FileStatus.Identity] = own.map { [$0] } ?? []
    for home in [place.folder, Paths.parent(of: place.figures)] {
      for name in (try? disk.names(in: home)) ?? [] where name.hasSuffix(".md") {
        let path = Paths.join(home, name)
        guard !name.hasPrefix("."), let status = (try? disk.status(path)) ?? nil,
          status.kind == .file, !seen.contains(status.identity)
        else { continue }
        seen.append(status.identity)
        guard let bytes = (try? disk.contents(of: path, byteLimit: ReportCheck.byteLimit)) ?? nil,
          bytes[...].firstPlace(of: Array(folder.utf8)) != nil
        else { continue }
        let text = String(decoding: bytes, as: UTF8.self)
        guard ReportOrigin(in: text) != nil,
          let other = try? ReportPlace(document: path, figures: place.figures, disk: disk)
        else { continue }
        for figure in other.figures(linkedBy: text) where shown[figure] == nil {
          shown[figure] = path
        }
      }
    }
  }

  /// - Throws: A sentence, where a figure that is to be replaced stands in another report too.
  func refuse(_ replaced: Set<String>, of place: ReportPlace) throws(FileError) {
    guard let name = replaced.filter({ shown[$0] != nil }).min(), let other = shown[name] else {
      return
    }
    throw FileError(
      path: place.figure(name),
      reason: "cannot be replaced: \(other) shows it, and would then show a picture of this run. "
        + "With --figures each report has a folder of its own")
  }
}
