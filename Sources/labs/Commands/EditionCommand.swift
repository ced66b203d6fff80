import ArgumentParser
import Foundation
import Reports

/// `labs edition`: the package as students get it.
struct EditionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edition",
    abstract: "Copies the package with its solutions replaced by their stubs.",
    discussion: """
        swift run labs edition student ../for-students
        swift run labs edition teacher ../solved

      The copy has what git knows of, without the reports of labs that have solutions (they show
      them). In the teacher's edition the stubs are gone instead. The folder must be new or empty.
      """)

  @Argument(
    help: "student or teacher.",
    transform: { text in
      guard let edition = Edition(rawValue: text) else {
        throw ValidationError("there is a student's and a teacher's edition, none for '\(text)'")
      }
      return edition
    })
  var edition: Edition

  @Argument(help: ArgumentHelp("A new folder.", valueName: "folder"))
  var folder: String

  func run() throws {
    let package = try CoursePackage.atHand()
    let target = URL(filePath: folder).standardizedFileURL
    let there = (try? FileManager.default.contentsOfDirectory(atPath: target.path)) ?? []
    guard there.allSatisfy({ $0 == ".git" }) else {
      throw Complaint("\(folder) is not empty; an edition wants a new folder")
    }
    if FileManager.default.isFolder(target.path) == false {
      throw Complaint("\(folder) is a file; an edition wants a new folder")
    }
    let copy = try EditionCopy(package, edition)
    guard !copy.edited.isEmpty else {
      throw Complaint("no lab of this package has a solution, so there are no editions of it")
    }
    try copy.write(to: target)
    print(
      "\(folder) is the \(edition)'s edition: "
        + copy.edited.map { "\($0.path)" }.joined(separator: ", ")
        + (edition == .student ? " without solutions" : " without stubs"))
  }
}

/// The files of an edition of a package.
struct EditionCopy {
  /// A source with solutions, and what is left of it.
  struct Edited {
    var path: String
    var text: String
  }

  var root: URL
  /// The sources that differ from the package's.
  var edited: [Edited] = []
  /// What is copied as it is.
  var copied: [String] = []

  /// - Throws: A sentence where git does not know the files or a mark is wrong.
  init(_ package: CoursePackage, _ edition: Edition) throws {
    root = package.root
    let listed = try Command(
      "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", in: root
    ).run()
    guard listed.status == 0 else {
      throw Complaint("git does not know this folder, so what belongs to the package is not known")
    }
    let paths = Set(listed.output.split(separator: "\0").map(String.init)).sorted()
    var labs: Set<String> = []
    for path in paths where path.hasSuffix(".swift") {
      guard let data = FileManager.default.contents(atPath: root.appending(path: path).path),
        let lab = package.labs.first(where: { path.hasPrefix($0.path + "/") })
      else { continue }
      let text = EditionText(String(decoding: data, as: UTF8.self), edition)
      if let fault = text.faults.first {
        throw Complaint("\(path):\(fault.line):\(fault.column): \(fault.message)")
      }
      if text.hasSolutions {
        edited.append(Edited(path: path, text: text.text))
        labs.insert(lab.name)
      }
    }
    let sources = Set(edited.map(\.path))
    var solved: [String] = []
    for path in paths where ReportFile.endings.contains(where: path.hasSuffix) {
      let report = try? ReportFile(root.appending(path: path).path)
      guard let report, labs.contains(report.origin.lab) else { continue }
      solved.append(path)
      solved.append(path.split(separator: ".").dropLast().joined(separator: ".") + "_files/")
    }
    copied = paths.filter { path in
      !sources.contains(path)
        && !solved.contains { path == $0 || path.hasPrefix($0) && $0.last == "/" }
    }
  }

  /// Writes everything below a folder; where that fails, what was written is taken away.
  func write(to folder: URL) throws {
    let files = FileManager.default
    do {
      for path in copied {
        // A file that git knows of may be gone.
        let original = root.appending(path: path)
        guard files.fileExists(atPath: original.path) else { continue }
        let copy = folder.appending(path: path)
        try files.createDirectory(
          at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
        try files.copyItem(at: original, to: copy)
      }
      try folder.write(
        Dictionary(uniqueKeysWithValues: edited.map { ($0.path, $0.text) }))
    } catch {
      for path in copied + edited.map(\.path) {
        try? files.removeItem(at: folder.appending(path: path))
      }
      throw (error as? Complaint)
        ?? Complaint("\(folder.path) cannot be written: \(error.localizedDescription)")
    }
  }
}
