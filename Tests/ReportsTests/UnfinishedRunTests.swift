import Reports
import Testing

/// Reports of runs that did not come to their end, and the summary of those that did.
struct UnfinishedRunTests {
  static let body = """
    //: # Title
    one()

    //: Then \\(loss).
    two()

    //: After.
    three()
    """

  private func text(_ end: Recording.End) throws -> String {
    var recording = Recording()
    recording.record(.print("1\n", line: 2))
    recording.record(.end(end))
    return try Sample.markdown([Sample.lab(Self.body)], recording)
  }

  @Test func `A trap leaves a finished report`() throws {
    #expect(
      difference(
        try text(.trapped(message: "Fatal error: Index out of range", location: Sample.line(5))),
        """
        # Title

        <!-- output summary -->

        > [!CAUTION]
        > **The run did not come to its end at `lab/Lab.swift:8`:** Fatal error: Index out of range

        <!-- /output -->

        ```swift
        one()
        ```

        <!-- output -->

        ```text
        1
        ```

        <!-- /output -->

        Then *not run*.

        ```swift
        two()
        ```

        <!-- output -->

        > [!CAUTION]
        > **The run crashed here in `lab/Lab.swift`.**

        ```text
        Fatal error: Index out of range
        ```

        <!-- /output -->

        After.

        ```swift
        three()
        ```

        <!-- output -->

        *Not run.*

        <!-- /output -->

        """) == "")
  }

  @Test(arguments: [
    (Recording.End.threw(message: "no data", location: nil), "The run ended here"),
    (.interrupted, "The run was interrupted here"),
    (.timedOut(seconds: 2.5), "Stopped after 2.5 seconds."),
  ])
  func `Without a line the error comes after what was shown last`(
    end: Recording.End, words: String
  ) throws {
    let text = try text(end)
    let error = try #require(text.firstRange(of: words, after: "```text\n1\n```"))
    let next = try #require(text.firstRange(of: "Then *not run*."))
    #expect(error.lowerBound < next.lowerBound)
    #expect(text.split(separator: "*Not run.*").count == 3)
  }

  @Test func `The summary names what fails`() throws {
    var recording = Recording()
    for (sentence, isMet) in [("first", true), ("second", false), ("third", false)] {
      recording.record(
        .show(
          .verdict(Verdict(sentence, measured: "1", requirement: "above 2", isMet: isMet)), line: 2)
      )
    }
    recording.record(.publish(Published("loss", text: "1")))
    let text = try Sample.markdown([Sample.lab(Self.body)], recording)
    #expect(
      text.contains(
        """
        > [!CAUTION]
        > **✗ 2 of 3 claims do not hold:**
        >
        > - [second](#claim-2)
        > - [third](#claim-3)
        """))
    #expect(!recording.succeeded)
  }

  @Test func `A hidden cell cannot hide its failure`() throws {
    var recording = Recording()
    recording.record(
      .show(.verdict(Verdict("a", measured: "1", requirement: "above 2", isMet: false)), line: 2))
    let text = try Sample.markdown([Sample.lab("//| include: false\na()")], recording)
    #expect(text.contains("✗ 1 of 1 claim does not hold"))
  }

  @Test func `A hidden cell cannot hide a crash`() throws {
    var recording = Recording()
    recording.record(.end(.trapped(message: "boom", location: Sample.line(2))))
    let text = try Sample.markdown([Sample.lab("//| include: false\na()")], recording)
    #expect(text.contains("The run crashed here"))
  }
}

extension String {
  fileprivate func firstRange(of text: String, after earlier: String) -> Range<Index>? {
    firstRange(of: earlier).flatMap { self[$0.upperBound...].firstRange(of: text) }
  }
}
