import Numbers
import Reports
import Testing

/// How what a cell shows looks.
struct OutputTests {
  /// What one cell `a()` shows, without its code.
  private func expect(_ outputs: Output..., gives expected: String) throws {
    var recording = Recording()
    for output in outputs { recording.record(.show(output, line: 2)) }
    let text = try Sample.markdown([Sample.lab("//| echo: false\na()")], recording)
    let start = text.firstRange(of: "<!-- output -->\n\n")
    let end = text.firstRange(of: "\n\n<!-- /output -->", in: start)
    let inside = start.flatMap { start in end.map { text[start.upperBound..<$0.lowerBound] } }
    #expect(difference(String(inside ?? "(nothing)"), expected) == "")
  }

  @Test func `Printed pieces join streams are kept apart`() throws {
    try expect(
      .text("a", .standardOutput), .text("b\n", .standardOutput), .value("c"),
      .text("careful\n", .standardError), .text("  d\n\n", .standardOutput),
      gives: """
        ```text
        ab
        c
        ```

        > **Standard error**
        >
        > ```text
        > careful
        > ```

        ```text
          d
        ```
        """)
  }

  @Test func `A terminals tricks are undone`() throws {
    try expect(
      .text("\u{1B}[1;31mred\u{1B}[0m\r\n10%\r50%\r100%\nbell\u{7}\n", .standardOutput),
      gives: """
        ```text
        red
        100%
        bell␇
        ```
        """)
  }

  @Test func `A fence is longer than what it holds`() throws {
    try expect(
      .text("```\ncode\n<!-- /output -->\n", .standardOutput),
      gives: "````text\n```\ncode\n<!-- /output -->\n````")
  }

  @Test func `Long output is cut in the middle with a count`() throws {
    let lines = (1...200).map { "line \($0)" }
    try expect(
      .text(lines.joined(separator: "\n"), .standardOutput),
      gives: (["```text"] + lines.prefix(40) + ["… 140 lines not shown …"] + lines.suffix(20)
        + ["```"]).joined(separator: "\n"))
    try expect(
      .text(String(repeating: "x", count: 2500), .standardOutput),
      gives: "```text\n" + String(repeating: "x", count: 1000) + " … 500 characters not shown … "
        + String(repeating: "x", count: 1000) + "\n```")
  }

  @Test func `Tables are aligned and escaped`() throws {
    struct Row {
      var name: String
      var count: Int
      var loss: Double?
    }
    let rows = [
      Row(name: "a|b", count: 10118, loss: 0.5), Row(name: "two\nlines <b>", count: 7, loss: nil),
    ]
    try expect(
      .table(
        Table(
          rows,
          columns: [
            .column("Name", \.name), .column("Count", \.count),
            .column("Loss", \.loss, as: .decimal(places: 2), unit: "nats"),
            .column("Mark", { _ in "✓" }, alignment: .center),
          ], caption: "Of **two** rows")),
      gives: #"""
        Of **two** rows

        | Name                |  Count | Loss (nats) | Mark |
        | :------------------ | -----: | ----------: | :--: |
        | a\|b                | 10,118 |        0.50 |  ✓   |
        | two<br>lines &lt;b> |      7 |           – |  ✓   |
        """#)
  }

  @Test func `Long tables are cut wide ones not padded`() throws {
    let long = Table((1...150).map { $0 }, columns: [.column("n", { $0 })])
    let recording = Sample.recording(.show(.table(long), line: 1))
    let text = try Sample.markdown([Sample.lab("a()")], recording)
    #expect(text.contains("|                    60 |\n| … 70 rows not shown … |\n|"))
    let wide = Table(
      columns: [.init("a"), .init("b")],
      rows: [[.init(String(repeating: "x", count: 200)), "1"]])
    try expect(
      .table(wide),
      gives: "| a | b |\n| :-- | :-- |\n| \(String(repeating: "x", count: 200)) | 1 |")
  }

  @Test func `A figure may have a dark twin`() throws {
    try expect(
      .figure(
        FigureOutput(
          alternativeText: "a \"<b>\" & c", width: 520.4, height: 1,
          images: [.init(.dark, png: [2]), .init(.light, png: [1])])),
      gives: """
        <p><picture>
        <source media="(prefers-color-scheme: dark)" srcset="lab_files/cell-1-dark.png">
        <img src="lab_files/cell-1.png" width="520" alt="a &quot;&lt;b&gt;&quot; &amp; c">
        </picture></p>
        """)
  }

  @Test func `Claims show their value and failing ones stand out`() throws {
    let mutant = Verdict.Mutant("untrained", measured: "10%", passes: false)
    try expect(
      .verdict(
        Verdict("good", measured: "90%", requirement: "above 50%", isMet: true, mutants: [mutant])),
      .verdict(Verdict("also good", measured: "1", requirement: "equal to 1", isMet: true)),
      .verdict(Verdict("bad $a\\,b$", measured: "40%", requirement: "above 50%", isMet: false)),
      .verdict(
        Verdict(
          "hollow", measured: "90%", requirement: "above 5%", isMet: true,
          mutants: [mutant, .init("zero", measured: "8%", passes: true)])),
      gives: """
        - ✓ **good**: measured 90%, required above 50%; rejects *untrained* (10%).
        - ✓ **also good**: measured 1, required equal to 1.

        > [!CAUTION]
        > <a id="claim-3"></a>✗ **bad $`a\\,b`$** does not hold: measured 40%, required above 50%.

        > [!CAUTION]
        > <a id="claim-4"></a>✗ **hollow** proves nothing, for a deliberately wrong subject passes \
        too: *zero* (8%). Here: measured 90%, required above 5%; rejects *untrained* (10%).
        """)
  }

  private static func comparison(
    within: Bool = true, mutants: [ComparisonResult.Mutant]
  ) -> ComparisonResult {
    ComparisonResult(
      "dL/dx", requirement: "largest absolute error at most 1e-5",
      parts: [
        .init(
          "all", count: 1234,
          distance: .init(absolute: 6e-8, relative: 0.0123, unitsInLastPlace: 2),
          isWithinTolerance: within)
      ], mutants: mutants)
  }

  private static let trimmed = ComparisonResult.Mutant(
    "trimmed", distance: .init(absolute: 1.3, relative: 1e4, unitsInLastPlace: 2e9), passes: false)

  @Test func `A comparison is a table`() throws {
    try expect(
      .comparison(Self.comparison(mutants: [Self.trimmed])),
      gives: """
        - ✓ **dL/dx**: largest absolute error at most 1e-5.

        | Verdict    | Compared        | Elements | Largest absolute error | \
        Largest relative error | Units in the last place |
        | :--------- | :-------------- | -------: | ---------------------: | \
        ---------------------: | ----------------------: |
        | ✓\u{A0}within   | all             |    1,234 |               6.0×10⁻⁸ | \
                         0.012 |                       2 |
        | ✓\u{A0}rejected | mutant: trimmed |          |                    1.3 | \
                       1.0×10⁴ |                 2.0×10⁹ |
        """)
  }

  @Test func `A comparison that is broken says so`() throws {
    var passing = Self.trimmed
    passing.passes = true
    for (comparison, words) in [
      (Self.comparison(mutants: []), "proves nothing: it was given no mutant to reject."),
      (Self.comparison(mutants: [passing]), "lets a deliberately wrong result pass"),
      (Self.comparison(within: false, mutants: [Self.trimmed]), "does not hold"),
    ] {
      let text = try Sample.markdown(
        [Sample.lab("a()")], Sample.recording(.show(.comparison(comparison), line: 1)))
      #expect(text.contains(words), "\(text)")
      #expect(text.contains("> **✗ 1 of 1 claim does not hold:**"), "\(text)")
    }
  }

  @Test func `Expected errors are shown`() throws {
    try expect(
      .failure(FailureOutput(.expected, message: "size 0 is *no* size")),
      .failure(FailureOutput(.missing, message: "plan(0)")),
      gives: #"""
        > **Throws, as it should:** size 0 is \*no\* size

        > [!CAUTION]
        > ✗ **An error was expected, and none was thrown:** plan(0)
        """#)
  }
}

extension String {
  fileprivate func firstRange(of text: String, in after: Range<Index>?) -> Range<Index>? {
    guard let after else { return nil }
    return self[after.upperBound...].firstRange(of: text)
  }
}
