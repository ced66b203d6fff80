/// A notebook's cells, before they are JSON.
struct Notebook {
  /// A cell.
  struct Cell {
    enum Kind: String {
      case markdown, code
    }

    var kind: Kind
    var id: String
    var source: [DocumentLine]
    var outputs: [Output] = []
    var executionCount: Int?
    var isVolatile = false
    var isSourceHidden = false
    /// Whether its text comes from the run and not from the source.
    var isGenerated = false
  }

  /// An output of a code cell.
  enum Output {
    case stream(TextStream, [DocumentLine])
    case markdown([DocumentLine])
    case picture(name: String, png: [UInt8], width: Int, height: Int, alternativeText: String)
    case error(FailureOutput)
  }

  var cells: [Cell]
  var title: String?
  var origin: ReportOrigin?

  /// The pictures, for the check.
  var pictures: [RenderedReport.File] {
    cells.flatMap { cell in
      cell.outputs.compactMap { output in
        guard case .picture(let name, let png, _, _, _) = output else { return nil }
        return RenderedReport.File(name: name + ".png", bytes: png, isVolatile: cell.isVolatile)
      }
    }
  }
}

// MARK: - JSON

extension Notebook {
  var json: JSON {
    var metadata: [(key: String, value: JSON)] = [
      (
        "kernelspec",
        .object([
          ("display_name", .string("Swift")), ("language", .string("swift")),
          ("name", .string("swift")),
        ])
      ),
      (
        "language_info",
        .object([
          ("codemirror_mode", .string("swift")), ("file_extension", .string(".swift")),
          ("mimetype", .string("text/x-swift")), ("name", .string("swift")),
          ("pygments_lexer", .string("swift")),
        ])
      ),
    ]
    if let origin { metadata.append(("labkit", origin.json)) }
    if let title { metadata.append(("title", .string(title))) }
    return .object([
      ("cells", .array(cells.map(\.json))), ("metadata", .object(metadata)),
      ("nbformat", .integer(4)), ("nbformat_minor", .integer(5)),
    ])
  }

  /// Text as nbformat keeps it: an array of lines, each but the last with its line end.
  static func lines(_ lines: [DocumentLine], endsInNewline: Bool = false) -> JSON {
    .array(
      lines.enumerated().map { index, line in
        .string(line.text + (index < lines.count - 1 || endsInNewline ? "\n" : ""))
      })
  }
}

extension Notebook.Cell {
  var json: JSON {
    var metadata: [(key: String, value: JSON)] = []
    if kind == .code {
      if isSourceHidden {
        metadata.append(("jupyter", .object([("source_hidden", .truth(true))])))
        metadata.append(("tags", .array([.string(source.isEmpty ? "remove-input" : "hide-input")])))
      }
      if isVolatile { metadata.append(("volatile", .truth(true))) }
    }
    var members: [(key: String, value: JSON)] = [("cell_type", .string(kind.rawValue))]
    if kind == .code {
      members.append(("execution_count", executionCount.map { .integer($0) } ?? .null))
    }
    members += [("id", .string(id)), ("metadata", .object(metadata))]
    if kind == .code { members.append(("outputs", .array(outputs.map(\.json)))) }
    members.append(("source", Notebook.lines(source)))
    return .object(members)
  }
}

extension Notebook.Output {
  var json: JSON {
    switch self {
    case .stream(let stream, let lines):
      return .object([
        ("name", .string(stream == .standardOutput ? "stdout" : "stderr")),
        ("output_type", .string("stream")), ("text", Notebook.lines(lines, endsInNewline: true)),
      ])
    case .markdown(let lines):
      let plain = lines.map { DocumentLine(Escaping.plainMarkdown($0.text)) }
      return .object([
        (
          "data",
          .object([("text/markdown", Notebook.lines(lines)), ("text/plain", Notebook.lines(plain))])
        ),
        ("metadata", .object([])), ("output_type", .string("display_data")),
      ])
    case .picture(let name, let png, let width, let height, let alternativeText):
      let size: JSON = .object([
        ("alt", .string(alternativeText)), ("height", .integer(height)), ("name", .string(name)),
        ("width", .integer(width)),
      ])
      return .object([
        (
          "data",
          .object([
            ("image/png", .string(Base64.encode(png))),
            ("text/plain", .array([.string(alternativeText)])),
          ])
        ),
        ("metadata", .object([("image/png", size)])), ("output_type", .string("display_data")),
      ])
    case .error(let failure):
      return .object([
        ("ename", .string(failure.kind.rawValue)), ("evalue", .string(failure.plainMessage)),
        ("output_type", .string("error")),
        ("traceback", .array([.string(failure.plainMessage)])),
      ])
    }
  }
}

// MARK: - Projection

extension Notebook {
  /// The notebook as plain lines, in the form in which ``CommittedNotebook`` reads it back: what
  /// the check compares, and where in them the outputs stand, which comments enclose as in Markdown.
  func projection(hasRun: Bool) -> (lines: [DocumentLine], stretches: [OutputStretch]) {
    var lines: [DocumentLine] = []
    var stretches: [OutputStretch] = []
    for cell in cells {
      let name = SlotName(label: cell.id, isVolatile: cell.isVolatile)
      let heading = DocumentLine("\(cell.kind.rawValue) cell \(cell.id)")
      // A cell without a source of its own is there only if the run showed something.
      let isAllOutput = cell.isGenerated || cell.source.isEmpty
      if !isAllOutput { lines.append(heading) }
      if !cell.isGenerated { lines += cell.source }
      if cell.kind == .markdown, !cell.isGenerated { continue }
      guard hasRun else {
        lines.append(DocumentLine(name.opening, .slot(name)))
        continue
      }
      if cell.outputs.isEmpty, !isAllOutput { continue }
      lines.append(DocumentLine(name.opening, .output))
      let start = lines.count
      if isAllOutput { lines.append(heading) }
      if cell.isGenerated { lines += cell.source }
      for output in cell.outputs { lines += output.projection }
      // Outputs are set off by a blank line, as in Markdown.
      lines += [DocumentLine(SlotName.closing, .output), DocumentLine("")]
      let form =
        (cell.isGenerated ? CommittedDocument.form(ofMarkdown: cell.source.map(\.text)) : [])
        + cell.outputs.flatMap(\.form)
      stretches.append(
        OutputStretch(name: name, lines: start...(lines.count - 1), form: form))
    }
    if let origin { lines.append(origin.line(hasRun: hasRun)) }
    return (lines, stretches)
  }
}

extension Notebook.Output {
  /// What remains when everything that may differ from run to run is taken away.
  fileprivate var form: [String] {
    switch self {
    case .stream(let stream, _): ["stream \(stream == .standardOutput ? "stdout" : "stderr")"]
    case .markdown(let text): CommittedDocument.form(ofMarkdown: text.map(\.text))
    case .picture(let name, _, _, _, _): ["picture \(name)"]
    case .error: ["error"]
    }
  }

  fileprivate var projection: [DocumentLine] {
    switch self {
    case .stream(let stream, let text):
      let name = stream == .standardOutput ? "stdout" : "stderr"
      return [DocumentLine("stream \(name)", .output)] + text
    case .markdown(let text): return [DocumentLine("markdown", .output)] + text
    case .picture(let name, _, let width, let height, let alternativeText):
      return [
        DocumentLine("picture \(name), \(width)×\(height)", .output),
        DocumentLine(alternativeText, .output),
      ]
    case .error(let failure):
      let lines = failure.plainMessage.documentLines
      return [DocumentLine("error", .output)] + lines.map { DocumentLine($0, .output) }
    }
  }
}

extension FailureOutput {
  /// The message as text: Jupyter would act upon a terminal's escape sequences.
  fileprivate var plainMessage: String { PrintedText.visible(message) }
}
