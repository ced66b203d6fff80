@testable import LabKit
@testable import Reports
@testable import SystemCalls

private let file = SourceFile(
  fileID: "lab/Lab.swift", path: "lab/Lab.swift",
  text: """
    //: # A lab
    struct Lab {
      func report() {
        //: A value \\(loss).
        a()
        //-
        b()
      }
    }

    """)

private let source: LabSource = {
  do { return try LabSource(files: [file]) } catch { fatalError("it cannot be read: \(error)") }
}()

/// What comes from the run of a lab: all that the front end does with it.
///
/// An input that begins with a line end is a list of events, a line each, which get the headers that
/// the wire wants. Random bytes hardly ever have the right lengths.
@Sendable func readWire(_ bytes: [UInt8]) throws {
  guard bytes.first == 10 else { return try weave(bytes) }
  var framed: [UInt8] = []
  for body in bytes.dropFirst().split(separator: 10) {
    framed += littleEndian(UInt32(body.count)) + [0]
    framed += [UInt8](repeating: 0, count: 16) + body
  }
  try weave(framed)
}

private func littleEndian(_ number: UInt32) -> [UInt8] {
  (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
}

private func weave(_ bytes: [UInt8]) throws {
  var arrived = bytes
  let messages = try Message.decode(from: &arrived)
  let printed = try Descriptor.anonymousFile()
  let null = try Descriptor.null()
  defer { for descriptor in [printed, null] { descriptor.close() } }
  try printed.write("printed".utf8)
  var collector = Collector(output: printed, error: printed)
  var display = ProgressDisplay(.terminal(isColored: true, isUnicode: true), on: null)
  for message in messages {
    if case .progress(let update) = message.event {
      display.update(update)
      display.refresh(at: .now + .seconds(5))
    } else {
      collector.add(message)
    }
  }
  collector.finish { _ in nil }
  display.finish()
  _ = collector.recording.troubles
  let report = try Report(source: source, recording: collector.recording)
  let markdown = MarkdownRenderer(figuresFolder: "files").render(report)
  let again = DocumentComparison(markdown.lines, committed: markdown.text, mode: .exact)
  try expect(again.differences.isEmpty, "a report is not found current by its own check")
  _ = NotebookRenderer().render(report)
}
