@testable import Reports

/// The text of an input, made of whatever bytes it has.
private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// The source of a lab, woven without a run and with what it writes read back.
@Sendable func readSource(_ bytes: [UInt8]) throws {
  let file = SourceFile(fileID: "lab/Lab.swift", path: "Labs/Lab.swift", text: text(bytes))
  let source = try LabSource(files: [file])
  let report = Report(skeleton: source, options: Report.Options())
  let rendered = MarkdownRenderer(figuresFolder: "lab_files").render(report)
  _ = NotebookRenderer().render(report)
  let again = DocumentComparison(rendered.lines, committed: rendered.text, mode: .source)
  expect(again.differences.isEmpty, "a report of the source is not found current")
}

/// A small lab's report, to hold committed documents against.
private let sample: RenderedReport = {
  let file = SourceFile(
    fileID: "lab/Lab.swift", path: "Labs/Lab.swift",
    text: """
      @main
      struct Lab: LabKit.Lab {
        func report() throws {
          //: # A lab
          //: The loss is \\(loss), $x$ and `y`.
          publish("loss", 1)
          print("two")
          //: End.
        }
      }

      """)
  do {
    return MarkdownRenderer(figuresFolder: "lab_files").render(
      Report(skeleton: try LabSource(files: [file]), options: Report.Options()))
  } catch { fatalError("the sample cannot be read: \(error)") }
}()

/// A committed Markdown report.
@Sendable func readMarkdown(_ bytes: [UInt8]) throws {
  let text = text(bytes)
  _ = DocumentLinks.files(in: text)
  _ = DocumentComparison(sample.lines, committed: text, mode: .source).differences
  _ = DocumentComparison(sample.lines, committed: text, mode: .tolerant).differences
}

/// A committed notebook.
@Sendable func readNotebook(_ bytes: [UInt8]) throws {
  let notebook = try CommittedNotebook(text(bytes), path: "fuzz.ipynb")
  _ = DocumentComparison(sample.lines, committed: notebook.text, mode: .source).differences
}
