import ArgumentParser
import Foundation
import SystemCalls

/// `labs new`: begins a lab, or a whole course.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begins a lab in the package at hand, or a package of labs.",
    discussion: """
        swift run labs new pendulum                     Labs/Pendulum and its target
        swift run labs new spring --template data       begun from a CSV file and a fit
        swift run labs new pendulum --from pendulum.ipynb
        swift run labs new --course ../physics          a package with three labs, docs and CI

      Templates: plain (a calculation), data (measurements in a CSV file, a weighted fit with its
      uncertainties), network (a training), exercise (a solution with its stub, and a check that
      mutants test).

      Nothing that exists is overwritten.
      """)

  @Argument(
    help: ArgumentHelp("What one types after 'swift run': pendulum.", valueName: "name"))
  var name: String?

  @Option(help: "What it begins with: \(Template.allValueStrings.joined(separator: ", ")).")
  var template = Template.plain

  @Option(
    help: ArgumentHelp(
      "Begins from a Jupyter notebook: its Markdown, its code as quotations, what it showed.",
      valueName: "notebook"))
  var from: String?

  @Option(
    help: ArgumentHelp("Makes a package of labs in a new folder.", valueName: "folder"))
  var course: String?

  @Option(
    help: ArgumentHelp(
      "With --course: where LabKit comes from. Without it: where the package at hand has it from.",
      valueName: "url"))
  var labkit: String?

  func validate() throws {
    if name == nil && course == nil {
      throw ValidationError("Say the name of the lab, or --course FOLDER for a package of labs.")
    }
    if name != nil && course != nil {
      throw ValidationError(
        "--course makes labs of its own; add more with 'labs new NAME' there.")
    }
    if from != nil && (course != nil || template != .plain) {
      throw ValidationError("--from is a beginning of its own; leave out --course and --template.")
    }
  }

  func run() throws {
    if let course {
      try Course(folder: URL(filePath: course), labKit: labkit ?? LabKitOrigin.atHand()).make()
      let path = course
      print(
        """
        \(path) is a course with three labs. Next:

            cd \(path)
            swift run labs update --new     makes their reports; builds LabKit first, which takes minutes
            swift run labs check            proves that they are what the labs say
        """)
    } else if let name {
      try makeLab(try LabName(name))
    }
  }

  private func makeLab(_ lab: LabName) throws {
    let package = try CoursePackage.atHand()
    let folder = package.root.appending(path: "Labs/\(lab.type)")
    let taken = package.targetNames.first { $0.lowercased() == lab.command.lowercased() }
    if let taken { throw Complaint("the package has a target named '\(taken)' already") }
    if FileManager.default.fileExists(atPath: folder.path) {
      throw Complaint("Labs/\(lab.type) exists already")
    }
    let manifest = package.root.appending(path: "Package.swift")
    let before = try Data(contentsOf: manifest)
    let text = String(decoding: before, as: UTF8.self)
    let edit = ManifestEdit(text)
    let notebook = try from.map { try NotebookLab(try ForeignNotebook($0), lab) }
    let pictures = package.root.appending(path: "docs/\(lab.command)_notebook")
    if notebook?.pictures.isEmpty == false, FileManager.default.fileExists(atPath: pictures.path) {
      throw Complaint("docs/\(lab.command)_notebook, where its pictures would go, exists already")
    }
    do {
      try folder.write(notebook.map { ["\(lab.type).swift": $0.source] } ?? template.files(lab))
      for (path, data) in notebook?.pictures ?? [:] {
        try FileManager.default.createDirectory(at: pictures, withIntermediateDirectories: true)
        try data.write(to: package.root.appending(path: "docs/" + path))
      }
    } catch {
      try? FileManager.default.removeItem(at: folder)
      if notebook != nil { try? FileManager.default.removeItem(at: pictures) }
      throw (error as? Complaint) ?? Complaint("docs/ cannot be written: \(error)")
    }
    if let after = edit.adding(lab, excluding: template.excluded) {
      // In one step: half a manifest would be worse than none.
      try Disk().replace(manifest.path, with: Array(after.utf8))
      // Whether the edit is right, SwiftPM says.
      if let now = try? CoursePackage.atHand(), now.lab(lab.command) != nil {
        print(
          """
          Labs/\(lab.type)/\(lab.type).swift is a lab. Next:

              swift run labs preview \(lab.command)                  its report in a browser
              swift run \(lab.command) --output docs/\(lab.command).md     the report as a file
          """)
        if let quoted = notebook?.quoted, !quoted.isEmpty {
          Terminal.say(
            "labs: the Markdown of \(quoted.count == 1 ? "cell" : "cells") "
              + quoted.map(String.init).joined(separator: ", ")
              + " is quoted as it is, because a report would read it otherwise")
        }
        return
      }
      try Disk().replace(manifest.path, with: Array(before))
    }
    try? FileManager.default.removeItem(at: folder)
    if notebook != nil { try? FileManager.default.removeItem(at: pictures) }
    throw Complaint(
      "Package.swift cannot be edited safely, so nothing was made; add these lines to its targets "
        + "and make the folder Labs/\(lab.type) by hand:\n\n"
        + edit.lines(lab, excluding: template.excluded).map { "    " + $0 }.joined(separator: "\n")
        + ",")
  }
}
