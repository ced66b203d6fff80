import Foundation
import Testing

/// What helpers, closures, C code and other programs print stands under the cell that called them.
@Suite struct CallingTests {
  static let program = Program("CallingLab")

  /// The outputs of each cell, by its label, without fences and blank lines.
  static func outputs(of report: String) -> [String: [String]] {
    var result: [String: [String]] = [:]
    var label: String?
    for line in report.split(separator: "\n") {
      if line.hasPrefix("<!-- output ") {
        label = line.split(separator: " ")[2].description
      } else if line == "<!-- /output -->" {
        label = nil
      } else if let label, !line.hasPrefix("```"), line != ">", !line.hasPrefix("> ```") {
        result[label, default: []].append(String(line))
      }
    }
    return result
  }

  @Test(arguments: [[], ["--in-process"]])
  func `Every output has its cell`(options: [String]) async throws {
    let folder = try Folder()
    let run = try await Self.program.run(["--output", "report.md"] + options, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let outputs = Self.outputs(of: try folder.text("report.md"))
    #expect(outputs["declared"] == nil)
    #expect(outputs["closure"] == ["closure 1"])
    #expect(outputs["nested"] == ["nested 2"])
    #expect(outputs["later"] == ["closure of several lines"])
    #expect(outputs["others"] == ["closure 3", "branch"])
    #if os(Linux)
      if options.isEmpty {
        #expect(outputs["c-first"] == ["4, from printf"])
        #expect(
          outputs["c-second"] == ["5, from printf", "> **Standard error**", "> 6, a complaint"])
        #expect(outputs["silence"] == nil)
        #expect(outputs["program"] == ["one two"])
        #expect(outputs["program-again"] == ["three"])
        #expect(outputs["thrown"] == nil)
        #expect(outputs["last"]?.first == "7, from printf")
      }
    #endif
  }

  @Test func `Much that C prints takes little time`() async throws {
    let folder = try Folder()
    let run = try await Self.program.run(
      ["--output", "report.md", "--times", "20000"], in: folder)
    #expect(run.status == 0)
    #expect(try folder.text("report.md").contains("19940 lines not shown"))
  }
}
