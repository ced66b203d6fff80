import Foundation
import Testing

/// However a run ends, the exit code says how, the report is finished, and nothing is left behind.
@Suite struct EndingTests {
  @Test func `Report is finished`() async throws {
    let cases: [(mode: String, status: Int32, says: String)] = [
      ("fine", 0, "done"),
      ("heldClaims", 0, "done"),
      ("falseClaim", 3, "Two is more than three"),
      ("brokenClaim", 3, "Two is more than one"),
      ("brokenComparison", 3, "the same"),
      ("comparisonWithoutMutant", 3, "one and two"),
      ("missingError", 3, "none was thrown"),
      ("error", 3, "the fixture throws"),
      ("trap", 3, "the fixture traps"),
      ("index", 3, "Index out of range"),
      ("arithmetic", 3, "signal 4"),
      ("cCrash", 3, "signal 11 (segmentation fault)"),
      ("cAbort", 3, "signal 6 (abort)"),
      ("killed", 3, "signal 9 (killed)"),
      ("exit", 3, "exit code 0"),
    ]
    for (mode, status, says) in cases {
      let folder = try Folder()
      let result = try await Program.fixture.run(["--mode", mode], in: folder)
      #expect(result.status == status, "\(result)")
      #expect(result.output.hasPrefix("# The fixture"))
      #expect(result.output.contains(says), "\(result.output)")
      // The person at the terminal hears of it too, even when the report went elsewhere.
      #expect(status == 0 || result.errors.contains("error: "), "\(result.errors)")
      // Nobody saw where it was killed: then the last line that showed something.
      let isSeen = result.errors.contains("last seen at FixtureLab/FixtureLab.swift:")
      let isNeeded = ["killed", "exit", "cAbort"].contains(mode)
      #expect(isSeen == isNeeded, "\(result.errors)")
      #expect(folder.files == ["FixtureLab_files/fig-ramp.png"])
    }
  }

  /// The error stands in the cell that led to it, though a helper in another file made it; what was
  /// to run after that did not.
  @Test(arguments: [
    ("error", "in FixtureLab/Misbehaviour.swift:"), ("trap", "Fatal error: the fixture traps"),
    ("trap", "in FixtureLab/Misbehaviour.swift:"),
    ("index", "Fatal error: Index out of range"), ("cCrash", "segmentation fault"),
  ])
  func `Failure stands where it happened`(mode: String, says: String) async throws {
    let folder = try Folder()
    let text = try await Program.fixture.run(["--mode", mode], in: folder).output
    let code = try #require(text.range(of: "try misbehave(mode)"))
    let after = text[code.upperBound...]
    let error = try #require(after.range(of: says), "\(text)")
    let third = try #require(after.range(of: "## Third"))
    let notRun = try #require(after.range(of: "*Not run.*"))
    #expect(error.lowerBound < third.lowerBound)
    #expect(third.lowerBound < notRun.lowerBound)
    // Addresses and paths of this machine are no part of a report.
    #expect(!text.contains("0x") && !text.contains("/Tests/FixtureLab"), "\(text)")
  }

  /// What a helper in another file shows belongs to the cell that called it.
  @Test func `Helper shows under its caller`() async throws {
    let folder = try Folder()
    let text = try await Program.fixture.run(["--mode", "heldClaims"], in: folder).output
    let code = try #require(text.range(of: "try misbehave(mode)"))
    let claim = try #require(text.range(of: "✓ **Two is more than one**"))
    #expect(code.lowerBound < claim.lowerBound)
  }
}
