import Testing

@testable import Reports

@Suite
struct ReportOriginTests {
  @Test(arguments: [
    ReportOrigin(lab: "lab10"),
    ReportOrigin(lab: "lab10", options: ["--seeds", "40", "--full"]),
    ReportOrigin(lab: "a-b", options: ["--text", "-->", "\"quoted\"\n\u{1B}", "ü/é"]),
    ReportOrigin(lab: "benchmarks", isMeasurement: true),
  ])
  func `A comment says it back, whatever the options are`(_ origin: ReportOrigin) {
    let comment = origin.comment
    #expect(!comment.dropLast(3).contains("-->"))
    #expect(!comment.contains("\n"))
    #expect(ReportOrigin(in: "# Title\n\ntext\n\n\(comment)\n") == origin)
  }

  @Test
  func `A notebook has it in its metadata`() {
    let origin = ReportOrigin(lab: "lab10", options: ["--seeds", "40"])
    let notebook = Notebook(cells: [], title: nil, origin: origin)
    #expect(ReportOrigin(in: notebook.json.text) == origin)
  }

  @Test
  func `What a lab prints is not taken for it: the last such line counts`() {
    let printed = ReportOrigin(lab: "other").comment
    let own = ReportOrigin(lab: "lab10").comment
    #expect(ReportOrigin(in: "\(printed)\n\n\(own)\n")?.lab == "lab10")
  }

  @Test
  func `A guide that shows a report is none; a report with words below its end still is one`() {
    let comment = ReportOrigin(lab: "other").comment
    #expect(
      ReportOrigin(in: "# Guide\n\n````markdown\n# Title\n\n\(comment)\n````\n\nmore\n") == nil)
    #expect(ReportOrigin(in: "# Title\n\n\(comment)\n\n```\ncode\n```\n")?.lab == "other")
  }

  @Test func `A document without it, or with a broken one, is no report of a lab`() {
    let cases: [String] = [
      "", "# Title", "<!-- made by hand -->", "<!-- made by {\"lab\": 3} -->", "{", "{}",
    ]
    for text in cases {
      #expect(ReportOrigin(in: text) == nil)
    }
  }

  private static let pdf = Array("%PDF-1.4\n1 0 obj\n\u{0}\nstartxref\n9\n%%EOF\n".utf8)

  /// The end of an archive without a member.
  private static let archive: [UInt8] =
    Array("PK\u{5}\u{6}".utf8) + Array(repeating: 0, count: 18)

  @Test func `A PDF and a DOCX have it behind what is shown`() {
    let cases: [ReportOrigin] = [
      ReportOrigin(lab: "lab10"),
      ReportOrigin(lab: "a-b", options: ["--text", "%%EOF\nstartxref\r7", "PK\u{5}\u{6}", "é(\\"]),
      ReportOrigin(lab: "x", options: Array(repeating: "--word", count: 1000)),
    ]
    for origin in cases {
      for form in [Self.pdf, Self.archive] {
        let bytes = origin.added(to: form)
        #expect(ReportOrigin(in: form) == nil)
        #expect(ReportOrigin(in: bytes) == origin)
        #expect(ReportOrigin(in: Array(bytes.dropLast(3))) == nil)
      }
      // The last table of the PDF is still that of its objects.
      let pdf = String(decoding: origin.added(to: Self.pdf), as: UTF8.self)
      #expect(pdf.hasSuffix("\nstartxref\n9\n%%EOF\n"))
      let archive = origin.added(to: Self.archive)
      #expect(Int(archive[20]) + Int(archive[21]) << 8 == archive.count - 22)
    }
  }

  @Test func `Other bytes stay as they are`() {
    for bytes in [[], Array("%PDF-".utf8), Array("PK".utf8), Self.pdf + [0x41], Self.archive + [1]]
    {
      #expect(ReportOrigin(lab: "a").added(to: bytes) == bytes)
      #expect(ReportOrigin(in: bytes) == nil)
    }
  }
}
