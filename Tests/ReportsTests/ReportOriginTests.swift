import Testing

@testable import Reports

@Suite("How a report was made")
struct ReportOriginTests {
  @Test(
    "A comment says it back, whatever the options are",
    arguments: [
      ReportOrigin(lab: "lab10"),
      ReportOrigin(lab: "lab10", options: ["--seeds", "40", "--full"]),
      ReportOrigin(lab: "a-b", options: ["--text", "-->", "\"quoted\"\n\u{1B}", "ü/é"]),
      ReportOrigin(lab: "benchmarks", isMeasurement: true),
    ])
  func roundTrip(_ origin: ReportOrigin) {
    let comment = origin.comment
    #expect(!comment.dropLast(3).contains("-->"))
    #expect(!comment.contains("\n"))
    #expect(ReportOrigin(in: "# Title\n\ntext\n\n\(comment)\n") == origin)
  }

  @Test("A notebook has it in its metadata")
  func notebook() {
    let origin = ReportOrigin(lab: "lab10", options: ["--seeds", "40"])
    let notebook = Notebook(cells: [], title: nil, origin: origin)
    #expect(ReportOrigin(in: notebook.json.text) == origin)
  }

  @Test("What a lab prints is not taken for it: the last such line counts")
  func printed() {
    let printed = ReportOrigin(lab: "other").comment
    let own = ReportOrigin(lab: "lab10").comment
    #expect(ReportOrigin(in: "\(printed)\n\n\(own)\n")?.lab == "lab10")
  }

  @Test("A guide that shows a report is none; a report with words below its end still is one")
  func shown() {
    let comment = ReportOrigin(lab: "other").comment
    #expect(
      ReportOrigin(in: "# Guide\n\n````markdown\n# Title\n\n\(comment)\n````\n\nmore\n") == nil)
    #expect(ReportOrigin(in: "# Title\n\n\(comment)\n\n```\ncode\n```\n")?.lab == "other")
  }

  @Test(
    "A document without it, or with a broken one, is no report of a lab",
    arguments: ["", "# Title", "<!-- made by hand -->", "<!-- made by {\"lab\": 3} -->", "{", "{}"])
  func none(_ text: String) {
    #expect(ReportOrigin(in: text) == nil)
  }
}
