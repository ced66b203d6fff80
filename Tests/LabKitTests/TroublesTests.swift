import Reports
import Testing

@testable import LabKit

/// What the terminal hears of a run that went wrong.
@Suite struct TroublesTests {
  private static let line = SourceLocation(fileID: "lab/Lab.swift", line: 12)

  private func recording(_ end: Recording.End, says words: String? = "one\n\ntwo\n \n") -> Recording
  {
    var recording = Recording()
    recording.record(.reach(SourceLocation(fileID: "lab/Lab.swift", line: 3)))
    recording.record(.show(Shown(.value("1"), at: Self.line)))
    if let words { recording.record(.show(Shown(.text(words, .standardError), at: nil))) }
    recording.end = end
    return recording
  }

  @Test func `A run that was killed says where it was seen last, and its last words`() {
    #expect(
      recording(.trapped(message: "Killed.", location: nil)).troubles == [
        "error: the run did not come to its end: Killed.\n"
          + "last seen at lab/Lab.swift:12\nlast words: two"
      ])
    #expect(
      recording(.timedOut(seconds: 3), says: nil).troubles == [
        "the run did not come to its end within 3 s\nlast seen at lab/Lab.swift:12"
      ])
  }

  @Test func `A run whose place is known says that alone`() {
    #expect(
      recording(.trapped(message: "No.", location: Self.line)).troubles == [
        "lab/Lab.swift:12: error: the run did not come to its end: No."
      ])
  }
}
