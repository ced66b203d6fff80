import Foundation
import Reports
import Testing

@testable import labs

@Suite
struct EditionTests {
  @Test
  func `The exercise of a course has two editions, and the student's gives nothing away`() throws {
    let files = Template.exercise.files(try LabName("middle"))
    let source = try #require(files["Middle.swift"])
    let student = EditionText(source, .student)
    #expect(student.hasSolutions && student.faults.isEmpty)
    #expect(!student.text.contains("sorted.count") && !student.text.contains("solution {"))
    #expect(student.text.contains("Your code here.") && !student.text.contains("- Answer:"))
    for edition in Edition.allCases {
      let file = SourceFile(fileID: "middle/Middle.swift", path: "Middle.swift", text: source)
      _ = try LabSource(files: [file], parameters: [], edition: edition)
    }
  }

  @Test(arguments: Template.allCases)
  func `Every template is a lab that can be woven`(template: Template) throws {
    let lab = try LabName("double-pendulum")
    let text = try #require(template.files(lab)["DoublePendulum.swift"])
    #expect(!text.contains("LabType"))
    let file = SourceFile(
      fileID: "a/DoublePendulum.swift", path: "DoublePendulum.swift", text: text)
    _ = try LabSource(files: [file])
  }

  @Test
  func `Data beside a source are excluded in the manifest, in whichever form it has`() throws {
    let lab = try LabName("spring")
    let course = """
      func lab(_ name: String, path: String, exclude: [String] = []) -> Target {
      }
      let package = Package(
        name: "a",
        targets: [
        ])
      """
    let line = #"lab("spring", path: "Labs/Spring", exclude: ["measurements.csv"]),"#
    #expect(
      try #require(ManifestEdit(course).adding(lab, excluding: Template.data.excluded)).contains(
        line))
    // A function of an older course does not know of files to leave out.
    let older = course.replacing(", exclude: [String] = []", with: "")
    let edited = try #require(ManifestEdit(older).adding(lab, excluding: Template.data.excluded))
    #expect(edited.contains(#"path: "Labs/Spring", exclude: ["measurements.csv"],"#))
    #expect(edited.contains(".executableTarget("))
  }
}
