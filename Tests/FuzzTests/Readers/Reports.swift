@testable import Reports

/// The text of an input, made of whatever bytes it has.
private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

/// The source of a lab, woven as if all that its prose names were published and nothing shown; what is
/// written is read back by both of the check's phases.
@Sendable func readSource(_ bytes: [UInt8]) throws {
  let text = text(bytes)
  let file = SourceFile(fileID: "lab/Lab.swift", path: "Labs/Lab.swift", text: text)
  let names = names(in: text)
  let source = try LabSource(files: [file], parameters: Array(names))
  let skeleton = Report(skeleton: source, options: Report.Options())
  let renderer = MarkdownRenderer(figuresFolder: "lab_files")
  let sketch = renderer.render(skeleton)
  var recording = Recording()
  for name in names { recording.record(.publish(Published(name, value: 0.5))) }
  recording.record(.end(.completed))
  let report = try Report(source: source, recording: recording)
  let markdown = renderer.render(report)
  let exact = DocumentComparison(markdown.lines, committed: markdown.text, mode: .exact)
  try expect(exact.differences.isEmpty, "a report is not found current")
  let atRest = DocumentComparison(sketch.lines, committed: markdown.text, mode: .source)
  try expect(atRest.differences.isEmpty, "a report is not found to be of its source")
  let notebook = try CommittedNotebook(NotebookRenderer().render(report).text, path: "fuzz.ipynb")
  let lines = NotebookRenderer().render(report).lines
  let again = DocumentComparison(lines, committed: notebook.text, mode: .exact)
  try expect(again.differences.isEmpty, "a notebook is not found current")
}

/// What stands in `\(name)`, wherever that is.
private func names(in text: String) -> Set<String> {
  let bytes = Array(text.utf8)
  var result: Set<String> = []
  for index in bytes.indices.dropLast() where bytes[index] == 92 && bytes[index + 1] == 40 {
    guard let end = bytes[index...].firstIndex(of: 41) else { break }
    let name = String(decoding: bytes[(index + 2)..<end], as: UTF8.self)
    result.insert(name.trimmingPrefix { $0 == " " }.description)
  }
  return result
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

/// A file of BibTeX, and the references that its entries make.
@Sendable func readBibliography(_ bytes: [UInt8]) throws {
  let text = text(bytes)
  let file = BibTeX(text)
  let lineCount = text.documentLines.count
  for mistake in file.mistakes {
    try expect((1...lineCount).contains(mistake.line), "a mistake in line \(mistake.line)")
    try expect(mistake.column >= 1, "a mistake in column \(mistake.column)")
  }
  let main = SourceFile(fileID: "lab/Lab.swift", path: "Lab.swift", text: "")
  let references = SourceFile(fileID: "lab/a.bib", path: "a.bib", text: text)
  let bibliography = Bibliography(["a.bib"], main: main, files: [main, references]) {
    Diagnostic(path: "Lab.swift", line: 1, column: 1, message: $0, sourceLine: "")
  }
  let list = bibliography.references(to: Set(bibliography.keys))
  try expect(list.count == Set(file.entries.map(\.key)).count, "\(list.count) references")
  for reference in list {
    let blocks = Markup(text: reference.text).blocks
    try expect(blocks.count <= 1, "a reference is \(blocks.count) blocks")
  }
}
