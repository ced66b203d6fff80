import Testing

@testable import LabKit

/// Reading what the runtime says when a program traps.
@Suite struct BacktraceTests {
  static let sources = [
    SourceFile(fileID: "lab/Lab.swift", path: "Labs/Lab/Lab.swift", text: ""),
    SourceFile(fileID: "lab/Helper.swift", path: "Labs/Lab/Helper.swift", text: ""),
  ]

  static let report = """
    *** Signal 4: Backtracing from 0x7feae656df7f... done ***

    *** Program crashed: Illegal instruction at 0x00007feae656df7f ***

    Thread 0 "lab" crashed:

      0      0x00007feae656df7f _assertionFailure(_:_:file:line:flags:) + 623 in libswiftCore.so
      1 [ra] 0x000055fc14782420 helper(_:_:) + 47 in lab at /somewhere/Labs/Lab/Helper.swift:7:45
      2 [ra] 0x000055fc1478233f Lab.report() + 494 in lab at /somewhere/Labs/Lab/Lab.swift:24:9
    ...

    Backtrace took 0.02s

    """

  func read(_ words: String) -> Backtrace {
    Backtrace(lastWords: words, sources: Self.sources)
  }

  @Test func `Message without its place`() {
    let words = "Swift/ContiguousArrayBuffer.swift:692: Fatal error: Index out of range\n\n"
    let backtrace = read(words + Self.report)
    #expect(backtrace.message == "Index out of range")
    #expect(
      backtrace.locations == [
        SourceLocation(fileID: "lab/Helper.swift", line: 7),
        SourceLocation(fileID: "lab/Lab.swift", line: 24),
      ])
    #expect(backtrace.precedingText.isEmpty)
  }

  @Test func `Place from the message itself`() {
    let backtrace = read("lab/Lab.swift:31: Fatal error: two\nlines\n")
    #expect(backtrace.message == "two\nlines")
    #expect(backtrace.locations == [SourceLocation(fileID: "lab/Lab.swift", line: 31)])
  }

  /// A lab may print with the line ends of Windows before it crashes.
  @Test func `The line ends of windows change nothing`() {
    let words = "a warning\nFatal error: no\n" + Self.report
    let windows = words.replacing("\n", with: "\r\n")
    #expect(read(windows).locations == read(words).locations)
    #expect(read(windows).message == read(words).message)
    #expect(Backtrace.isReported(in: windows))
    #expect(Backtrace.isReported(in: "a\r\n*** Program crashed: x ***\r\n"))
    #expect(!Backtrace.isReported(in: "a *** Program crashed: x ***\r\n"))
  }

  @Test func `Empty message`() {
    #expect(read("lab/Lab.swift:31: Fatal error\n").message == "")
  }

  @Test func `What was said before is kept`() {
    let backtrace = read("a warning\nFatal error: no\n" + Self.report)
    #expect(backtrace.precedingText == "a warning\n")
    #expect(backtrace.message == "no")
  }

  @Test func `The runtimes own troubles are left out`() {
    let backtrace = read(
      "Fatal error: no\nswift-runtime: failed to suspend thread 7 while processing a crash\n"
        + Self.report)
    #expect(backtrace.message == "no")
    #expect(backtrace.precedingText.isEmpty)
  }

  @Test func `Crash in C says nothing`() {
    let backtrace = read("a warning\n" + Self.report)
    #expect(backtrace.message == nil)
    #expect(backtrace.precedingText == "a warning\n")
    #expect(backtrace.locations.count == 2)
  }

  @Test func `Files of others are not the labs`() {
    let words = "  1 0x0 f() in lab at /elsewhere/OtherLabs/Lab/Lab.swift:7:45\n"
    #expect(read("*** Program crashed\n" + words).locations.isEmpty)
    #expect(read("Tensors/Shape.swift:3: Fatal error: no\n").locations.isEmpty)
  }
}
