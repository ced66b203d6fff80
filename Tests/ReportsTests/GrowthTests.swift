import SystemCalls
import Testing

@testable import Reports

/// What becomes four times as long takes about four times the work, not sixteen times: measured by the
/// time of the processor, both in one test, so that neither the machine nor its other work counts.
struct GrowthTests {
  /// A kind of input, by its size.
  struct Kind: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// A size that takes some hundredths of a second.
    var size: Int
    var work: @Sendable (_ size: Int) throws -> Void

    init(_ description: String, size: Int, _ work: @escaping @Sendable (Int) throws -> Void) {
      testDescription = description
      self.size = size
      self.work = work
    }

    /// A committed report with something at its end, held against its source.
    static func checking(
      _ description: String, size: Int, _ text: @escaping @Sendable (Int) -> String
    ) -> Kind {
      Kind(description, size: size) { size in
        let lab = try CheckedLab()
        try lab.commit()
        try lab.folder.write(
          try lab.folder.read(lab.name) + "\n" + text(size), to: lab.name)
        _ = try lab.atRest()
      }
    }

    /// The prose of a lab, woven into both forms.
    static func prose(
      _ description: String, size: Int, _ text: @escaping @Sendable (Int) -> String
    ) -> Kind {
      Kind(description, size: size) { size in
        let source = try LabSource(files: [Sample.lab(text(size))])
        var recording = Recording()
        recording.record(.publish(Published("v", value: 1)))
        recording.record(.end(.completed))
        let report = try Report(source: source, recording: recording)
        _ = MarkdownRenderer(figuresFolder: "files").render(report)
        _ = NotebookRenderer().render(report)
      }
    }
  }

  static func lines(_ count: Int, _ line: (Int) -> String) -> String {
    (0..<count).map { line($0) + "\n" }.joined()
  }

  /// Fewer came out than went in.
  struct Missing: Error {}

  static let kinds: [Kind] = [
    .checking("links", size: 20_000) { lines($0) { "[a](gone-\($0).md)" } },
    .checking("links in one line", size: 20_000) { (0..<$0).map { "[a](\($0)) " }.joined() },
    .checking("links that are defined", size: 10_000) {
      lines($0) { "[a\($0)]: gone-\($0).md" } + "\n" + (0..<$0).map { "[a\($0)] " }.joined()
    },
    .checking("pictures", size: 10_000) { lines($0) { "<img src=\"gone-\($0).png\">\n" } },
    .checking("pictures in one line", size: 10_000) {
      "<p>" + (0..<$0).map { "<img src=\"gone-\($0).png\"> " }.joined()
    },
    .checking("markers", size: 10_000) { lines($0) { _ in "<!-- output -->\n<!-- /output -->" } },
    .checking("openings without an end", size: 20_000) { lines($0) { _ in "<!-- output -->" } },
    .checking("fences without an end", size: 20_000) {
      lines($0) { String(repeating: "`", count: 3 + $0 % 50) + "a" }
    },
    .checking("verbatim HTML", size: 40_000) { "<pre>\n" + lines($0) { _ in "</a b" } },
    Kind("changed lines", size: 10_000) { size in
      let old = lines(size) { "old \($0)" }
      let new = (0..<size).map { DocumentLine("new \($0 * 7)") }
      _ = DocumentComparison(new, committed: old, mode: .exact)
    },
    Kind("every other line changed", size: 10_000) { size in
      let old = lines(size) { "line \($0)" }
      let new = (0..<size).map { DocumentLine($0 % 2 == 0 ? "line \($0)" : "new \($0)") }
      _ = DocumentComparison(new, committed: old, mode: .exact)
    },
    .prose("blank lines", size: 20_000) { "//: a\n" + lines($0) { _ in "//:" } + "//: b\n" },
    .prose("backticks without an end", size: 20_000) {
      "//: " + String(repeating: "` ``", count: $0)
    },
    .prose("dollars without an end", size: 20_000) { "//: " + String(repeating: "$ a", count: $0) },
    .prose("brackets", size: 20_000) { "//: " + String(repeating: "[a](", count: $0) },
    .prose("stars", size: 3_000) { "//: " + String(repeating: "*a _b ", count: $0) },
    .prose("values in a line", size: 2_000) { "//: " + String(repeating: "\\(v) ", count: $0) },
    .prose("headings", size: 2_000) { lines($0) { "//: ## Heading \($0)\n" } },
    .prose("cells", size: 2_000) { lines($0) { "//: Text \($0)\nprint(\($0))\n" } },
    .prose("hidden lines", size: 2_000) { lines($0) { _ in "a.b  //hide\n  .c()  //hide" } },
    .prose("rows of a table", size: 4_000) {
      "//: | a | b |\n//: |---|---|\n" + lines($0) { "//: | \($0) | b |" }
    },
    .prose("items of a list", size: 4_000) { lines($0) { "//: - item \($0)" } },
    .prose("quotes", size: 4_000) { lines($0) { _ in "//: > a" } },
    Kind("unknown names", size: 1_000) { size in
      let lab = Sample.lab(lines(size) { "//: \\(first\($0))\npublish(\"second\($0)\", 1)" })
      let source = try LabSource(files: [lab])
      guard source.unknownNames(parameters: []).count == size else { throw Missing() }
    },
    Kind("unknown references", size: 1_000) { size in
      let text = lines(size) { "//: @fig-a\($0)\n//| label: fig-b\($0)\na()" }
      _ = try? LabSource(files: [Sample.lab(text)])
    },
    Kind("entries of a bibliography", size: 1_000) { size in
      let text = lines(size) { "@misc{key\($0),\n title = {Title \($0)},\n year = 2000}" }
      guard BibTeX(text).entries.count == size else { throw Missing() }
    },
    Kind("printed lines", size: 20_000) { size in
      _ = PrintedText.cut(PrintedText.clean(lines(size) { "line \($0)\u{8}\u{1B}[31m" }))
    },
    Kind("one printed line, written over", size: 20_000) { size in
      _ = PrintedText.clean((0..<size).map { "\r\($0) %\u{1B}[K" }.joined())
    },
  ]

  @Test func `The work grows with the input`() throws {
    for kind in Self.kinds {
      let ratio = try ProcessorTime.growth { try kind.work(kind.size * $0) }
      #expect(
        ratio <= 8, "\(kind.testDescription): four times as much takes \(ratio) times as long")
    }
  }
}

/// How much longer work takes that is four times as much, by the time of the processor.
enum ProcessorTime {
  /// The best of five tries: what disturbs one adds work, and never takes any away.
  static func growth(_ work: (_ factor: Int) throws -> Void) rethrows -> Double {
    var ratio = Double.infinity
    for _ in 0..<5 where ratio > 8 {
      let small = try seconds { try work(1) }
      let large = try seconds { try work(4) }
      ratio = min(ratio, large / small)
    }
    return ratio
  }

  /// The time that this thread has the processor for.
  private static func seconds(_ work: () throws -> Void) rethrows -> Double {
    func now() -> Double {
      var time = timespec()
      // The struct lives on the stack for the call.
      unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
    let start = now()
    try work()
    return now() - start
  }
}
