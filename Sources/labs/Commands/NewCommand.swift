import ArgumentParser
import Foundation

/// `labs new`: begins a lab, or a whole course.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begins a lab in the package at hand, or a package of labs.",
    discussion: """
        swift run labs new pendulum                     Labs/Pendulum and its target
        swift run labs new spring --template data       begun from a CSV file and a fit
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
    help: ArgumentHelp("Makes a package of labs in a new folder.", valueName: "folder"))
  var course: String?

  @Option(
    help: ArgumentHelp("With --course: where LabKit comes from.", valueName: "url"))
  var labkit = "https://github.com/labkit/LabKit"

  func validate() throws {
    if name == nil && course == nil {
      throw ValidationError("Say the name of the lab, or --course FOLDER for a package of labs.")
    }
    if name != nil && course != nil {
      throw ValidationError(
        "--course makes labs of its own; add more with 'labs new NAME' there.")
    }
  }

  func run() throws {
    if let course {
      try Course(folder: URL(filePath: course), labKit: labkit).make()
      let path = course
      print(
        """
        \(path) is a course with three labs. Next:

            cd \(path)
            swift run labs update --new
            swift run labs check
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
    try folder.write(template.files(lab))
    if let after = edit.adding(lab, excluding: template.excluded) {
      try Data(after.utf8).write(to: manifest)
      // Whether the edit is right, SwiftPM says.
      if let now = try? CoursePackage.atHand(), now.lab(lab.command) != nil {
        print(
          """
          Labs/\(lab.type)/\(lab.type).swift is a lab. Next:

              swift run \(lab.command) --output docs/\(lab.command).md
          """)
        return
      }
      try before.write(to: manifest)
    }
    try? FileManager.default.removeItem(at: folder)
    throw Complaint(
      "Package.swift cannot be edited safely, so nothing was made; add these lines to its targets "
        + "and make the folder Labs/\(lab.type) by hand:\n\n"
        + edit.lines(lab, excluding: template.excluded).map { "    " + $0 }.joined(separator: "\n")
        + ",")
  }
}
