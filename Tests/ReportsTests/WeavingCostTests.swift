import Foundation
import SystemCalls
import Testing

@testable import Reports

/// What weaving costs; measured where somebody asks: `LABKIT_WEAVING_COST=1 swift test --filter Cost`.
struct WeavingCostTests {
  static let isAsked = ProcessInfo.processInfo.environment["LABKIT_WEAVING_COST"] != nil

  /// A lab of so many lines: headings, prose with all that it can hold, cells with outputs.
  static func lab(lines count: Int) -> (SourceFile, Recording) {
    let section = """
      //: ## Section \\(v) with $x_1$ and `code`
      //: A paragraph with *emphasis*, a [link](x.md), a value \\(v), a formula $a_i + b_i$,
      //: and a second line that cites [see @t, p. 5].
      //:
      //: - an item
      //: - Note: a callout

      let a = [1, 2, 3].map { $0 + 1 }
      print(a)

      """
    let body = String(repeating: section, count: count / 10)
    var recording = Recording()
    recording.record(.publish(Published("v", text: "1")))
    for index in 0..<(count / 10) {
      recording.record(
        .show(Shown(.text("[2, 3, 4]\n", .standardOutput), at: Sample.line(6 + 10 * index + 9))))
    }
    return (Sample.lab(body, above: "//: ---\n//: bibliography: refs.bib\n//: ---\n"), recording)
  }

  @Test(.enabled(if: WeavingCostTests.isAsked, "only where it is asked for"))
  func `Weaving grows with its lines`() throws {
    let bib = SourceFile(
      fileID: "lab/refs.bib", path: "Labs/refs.bib", text: BibliographyTests.sample)
    for count in [10_000, 20_000, 40_000] {
      let (file, recording) = Self.lab(lines: count)
      var times: [Double] = []
      for _ in 0..<3 {
        let start = processorSeconds()
        let source = try LabSource(files: [file, bib])
        let parsed = processorSeconds()
        let report = try Report(source: source, recording: recording)
        let rendered = MarkdownRenderer(figuresFolder: "f").render(report)
        let woven = processorSeconds()
        let comparison = DocumentComparison(
          rendered, committed: CommittedDocument(rendered.text), mode: .exact)
        let compared = processorSeconds()
        #expect(comparison.differences.isEmpty)
        let parts = [start, parsed, woven, compared]
        print(
          "\(count) lines: parsed in \(parts[1] - parts[0]) s, woven in \(parts[2] - parts[1]) s, "
            + "compared in \(parts[3] - parts[2]) s of CPU")
        times.append(parts[3] - parts[0])
      }
      print("\(count) lines: \(times.min() ?? 0) s of CPU at least")
    }
  }
}
