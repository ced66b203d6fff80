import Foundation
import Numbers
import PNGCoding
import Raster
import Reports
import Testing

struct ReportCheckTests {
  static let forms: [(ReportCheck.Format, Bool)] = [
    (.markdown, false), (.markdown, true), (.notebook, false),
  ]

  @Test(arguments: forms)
  func `A fresh report is current`(format: ReportCheck.Format, isEmbedded: Bool) throws {
    let lab = try CheckedLab(format, isEmbedded: isEmbedded)
    try lab.commit()
    let atRest = try lab.atRest()
    #expect(atRest.isCurrent, "\(atRest)")
    let afterRun = try lab.afterRun()
    #expect(afterRun.isCurrent, "\(afterRun)")
    #expect(afterRun.diff == "" && afterRun.gitHubSummary == "")
  }

  @Test(arguments: forms)
  func `What is volatile or tolerable may differ`(format: ReportCheck.Format, isEmbedded: Bool)
    throws
  {
    var lab = try CheckedLab(format, isEmbedded: isEmbedded)
    try lab.commit()
    lab.took = "17 min"
    lab.timing = "80 ms\n"
    lab.loss = 0.2549
    let result = try lab.afterRun()
    #expect(result.isCurrent, "\(result)")
    lab.loss = 0.2611
    #expect(try lab.afterRun().findings.count == 1)
  }

  @Test func `The form of volatile outputs counts`() throws {
    var lab = try CheckedLab()
    try lab.commit()
    lab.timing = ""
    #expect(try lab.afterRun().findings.count == 1)
    func table(_ columns: Int, _ cell: Table.Cell) -> Table {
      Table(
        columns: Array(repeating: .init("ms"), count: columns),
        rows: [Array(repeating: cell, count: columns)])
    }
    lab.timings = table(2, "3")
    #expect(try lab.afterRun().findings.count == 1)
    try lab.commit()
    lab.timings = table(2, "500")
    #expect(try lab.afterRun().isCurrent)
    lab.timings = table(3, "3")
    #expect(try lab.afterRun().findings.count == 1)
  }

  @Test func `A column less is found`() throws {
    let lab = try CheckedLab()
    try lab.commit()
    try lab.edit("|  0.1250 |", "|")
    #expect(try lab.afterRun().findings.count == 1)
  }

  @Test func `A cell of a table may have a tolerance`() throws {
    var lab = try CheckedLab()
    func table(_ value: Double) -> Table {
      Table(
        [value],
        columns: [
          .column("n", { _ in "all" }),
          .column("error", { $0 }, as: .scientific(digits: 2), tolerance: .relative(0.1)),
        ])
    }
    lab.body = lab.body.replacingOccurrences(of: "//| volatile: true\n", with: "")
    lab.timings = table(6e-8)
    try lab.commit()
    lab.timings = table(6.4e-8)
    #expect(try lab.afterRun().isCurrent)
    lab.timings = table(7e-8)
    #expect(
      try lab.afterRun().findings.map(\.message) == [
        "a table's row differs from what the run gives"
      ])
    lab.timings = Table(columns: [.init("n")], rows: [["all"]])
    #expect(!(try lab.afterRun().isCurrent))
  }

  struct Edit: CustomTestStringConvertible {
    var what: String
    var old: String
    var new: String
    /// What the first finding is to name.
    var names: [String]
    var testDescription: String { what }
  }

  /// Changes of one character that the source alone gives away.
  @Test(arguments: [
    Edit(
      what: "prose", old: "That is all.", new: "That is al1.", names: ["prose", "Lab.swift:20"]),
    Edit(
      what: "prose around a value", old: "The loss falls", new: "The 1oss falls",
      names: ["lab.md:3:", "prose", "Lab.swift:5"]),
    Edit(what: "title", old: "# A lab", new: "# A 1ab", names: ["lab.md:1:", "Lab.swift:4"]),
    Edit(
      what: "code", old: "let network", new: "var network", names: ["lab.md:6:", "code", "swift:6"]),
    Edit(what: "caption", old: "The curve", new: "The curse", names: ["fig-cap"]),
    Edit(what: "alternative text", old: "It falls", new: "It fells", names: ["fig-alt"]),
    Edit(what: "table caption", old: "All errors", new: "All terrors", names: ["tbl-cap"]),
    Edit(
      what: "label", old: "<!-- output fig-curve", new: "<!-- output fig-curse", names: ["output"]),
    Edit(what: "volatile", old: "output volatile", new: "output", names: ["lab.md:"]),
    Edit(what: "a line more", old: "That is all.", new: "That\nis all.", names: ["prose"]),
    Edit(what: "a line less", old: "That is all.\n", new: "", names: ["missing"]),
    Edit(what: "a blank line", old: "\n\nThat is all.", new: "\nThat is all.", names: ["lab.md:"]),
    Edit(what: "reference", old: "[Table 1](#tbl", new: "[Table 1](#tb1", names: ["lab.md:3:"]),
  ])
  func `A change is found without a run`(edit: Edit) throws {
    let lab = try CheckedLab()
    try lab.commit()
    let original = try lab.folder.read(lab.name)
    try lab.edit(edit.old, edit.new)
    let result = try lab.atRest()
    #expect(result.findings.count >= 1)
    for name in edit.names {
      #expect(result.findings.first?.description.contains(name) ?? false, "\(result)")
    }
    #expect(!(try lab.afterRun().isCurrent))
    try lab.folder.write(original, to: lab.name)
    #expect(try lab.atRest().isCurrent)
    #expect(try lab.afterRun().isCurrent)
  }

  /// Changes of one character that only a run gives away.
  @Test(arguments: [
    Edit(
      what: "printed number", old: "10 param", new: "11 param", names: ["lab.md:14:", "output"]),
    Edit(what: "table", old: "0.1250", new: "0.1251", names: ["row", "| first"]),
    Edit(what: "padding is nothing", old: "| first  |", new: "| first |", names: []),
    Edit(what: "figure number", old: "**Figure 1.**", new: "**Figure 2.**", names: ["output"]),
    Edit(
      what: "value beyond its tolerance", old: "falls to 0.250", new: "falls to 0.239",
      names: ["lab.md:3:", "0.239", "0.250"]),
  ])
  func `A change is found by a run`(edit: Edit) throws {
    let lab = try CheckedLab()
    try lab.commit()
    try lab.edit(edit.old, edit.new)
    #expect(try lab.atRest().isCurrent)
    let result = try lab.afterRun()
    #expect(result.isCurrent == edit.names.isEmpty, "\(result)")
    for name in edit.names {
      #expect(result.findings.first?.description.contains(name) ?? false, "\(result)")
    }
  }

  @Test(arguments: [
    Edit(what: "prose", old: "That is all.", new: "That is al1.", names: ["markdown cell"]),
    Edit(what: "code", old: "let network", new: "var network", names: ["code cell a-lab-1"]),
  ])
  func `A change of a notebook is found without a run`(edit: Edit) throws {
    let lab = try CheckedLab(.notebook)
    try lab.commit()
    try lab.edit(edit.old, edit.new)
    let result = try lab.atRest()
    for name in edit.names {
      #expect(result.findings.first?.description.contains(name) ?? false, "\(result)")
    }
  }

  @Test func `A printed number of a notebook is found`() throws {
    let lab = try CheckedLab(.notebook)
    try lab.commit()
    try lab.edit("10 param", "11 param")
    #expect(try lab.atRest().isCurrent)
    let result = try lab.afterRun()
    #expect(result.findings.first?.place.hasSuffix("outputs of cell a-lab-1") ?? false, "\(result)")
  }

  @Test(arguments: forms)
  func `A pixel is found`(format: ReportCheck.Format, isEmbedded: Bool) throws {
    var lab = try CheckedLab(format, isEmbedded: isEmbedded)
    try lab.commit()
    lab.picture = try ReportWriterTests.picture(Color(hex: 0x010000))
    let artifacts = lab.folder.path + "/artifacts"
    let result = try lab.afterRun(artifacts: artifacts)
    #expect(result.findings.count == 1)
    #expect(
      result.findings.first?.message.contains("differs in 1 pixel, columns 3–3, rows 5–5") ?? false,
      "\(result)")
    #expect(result.findings.first?.description.contains("fig-curve") ?? false)
    #expect(try lab.folder.bytes("artifacts/fig-curve.actual.png") == lab.picture)
    if !isEmbedded {
      let drawn = try PNGDecoder.decode(try lab.folder.bytes("artifacts/fig-curve.diff.png"))
      #expect(drawn[3, 5] == Color(hex: 0xDC0000))
      #expect(drawn[0, 0] == .white)
    }
  }

  @Test func `A missing figure is found`() throws {
    let lab = try CheckedLab()
    try lab.commit()
    try FileManager.default.removeItem(atPath: lab.folder.path + "/lab_files/fig-curve.png")
    let result = try lab.atRest()
    #expect(result.findings.count == 1)
    #expect(result.findings[0].message.contains("fig-curve.png does not exist"))
  }

  @Test func `A link in prose must lead somewhere`() throws {
    var lab = try CheckedLab()
    lab.body += """

      //: Read [this](other.md#part), [that](https://example.org/x.md), [there](#here),
      //: not `[code](code.md)` nor $f[n](x)$.
      """
    try lab.commit()
    let result = try lab.atRest()
    #expect(
      result.findings.map(\.message) == [
        "the linked file \(lab.folder.path)/other.md does not exist"
      ])
    try lab.folder.write("", to: "other.md")
    #expect(try lab.atRest().isCurrent)
  }

  /// What the report does not show, writing it leaves alone: so it makes nothing stale.
  @Test func `An extra figure is noted`() throws {
    let lab = try CheckedLab()
    try lab.commit()
    try lab.folder.write("", to: "lab_files/fig-old.png")
    let result = try lab.atRest()
    #expect(result.isCurrent)
    let file = lab.folder.path + "/lab_files/fig-old.png"
    #expect(result.notes == ["\(file): not shown by this report, and left alone"])
  }

  @Test func `A damaged figure is found`() throws {
    let lab = try CheckedLab()
    try lab.commit()
    try lab.folder.write("no picture", to: "lab_files/fig-curve.png")
    #expect(try lab.afterRun().findings.first?.message.contains("cannot be read") ?? false)
  }

  @Test func `A report that is not there is said`() throws {
    let lab = try CheckedLab()
    do {
      _ = try lab.atRest()
      Issue.record("expected an error")
    } catch {
      #expect("\(error)".contains("lab.md: there is no such file"))
      #expect("\(error)".contains("swift run lab --output lab.md"))
    }
  }

  @Test func `The check writes nothing beside the report`() throws {
    var lab = try CheckedLab()
    try lab.commit()
    let before = lab.folder.names
    lab.picture = try ReportWriterTests.picture(.white)
    lab.printed = "three layers\n"
    _ = try lab.atRest()
    _ = try lab.afterRun()
    #expect(lab.folder.names == before)
  }

  @Test func `Values that are not known yet do not look different`() throws {
    let lab = try CheckedLab()
    try lab.commit()
    try lab.edit("see [Figure 1]", "sea [Figure 1]")
    let words = try lab.atRest().description
    #expect(
      words.contains(
        """
          - The loss falls to 0.250, sea [Figure 1](#fig-curve) and [Table 1](#tbl-errors).
          + The loss falls to 0.250, see [Figure 1](#fig-curve) and [Table 1](#tbl-errors).
                                       ^
        """), "\(words)")
  }

  @Test func `The words for a person`() throws {
    let lab = try CheckedLab()
    try lab.commit()
    try lab.edit("two layers", "two 1ayers")
    let result = try lab.afterRun()
    let path = lab.folder.path + "/lab.md"
    #expect(
      difference(
        result.description,
        """
        \(path):13: error: output differs from what the run gives
          - two 1ayers
          + two layers
                ^

        \(path) is stale: 1 difference. To bring it up to date, run:

            swift run lab --output lab.md

        """) == "")
    #expect(
      difference(
        result.diff,
        """
        --- \(path)
        +++ \(path) (as the lab says today)
        @@ -10,7 +10,7 @@
         <!-- output -->
         
         ```text
        -two 1ayers
        +two layers
         10 parameters
         ```
         

        """) == "")
    #expect(result.gitHubSummary.contains("```diff\n--- \(path)"))
  }
}
