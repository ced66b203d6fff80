internal import SystemCalls

/// Where a report goes: a file with a folder of figures beside it, or a stream.
struct Delivery {
  let options: EngineOptions
  let program: String

  func renderer() throws -> any Renderer {
    switch options.resolvedFormat {
    case .notebook: NotebookRenderer()
    case .markdown: MarkdownRenderer(figuresFolder: options.embed ? nil : try figuresLink())
    }
  }

  /// Whether the report is streamed: to standard output, or to something that is no plain file
  /// (a pipe, a terminal, `/dev/null`), which a rename would replace instead of fill.
  var isStream: Bool {
    if options.check != nil { return false }
    if options.output == "-" { return true }
    return (try? Disk().status(options.output))?.isStream ?? false
  }

  /// The folder of the figures, as this process can open it.
  var figuresPath: String {
    if let figures = options.figures { return figures }
    if isStream { return "\(program)_files" }
    let path = options.check ?? options.output
    return Paths.folder(of: path) + Paths.stem(of: path) + "_files"
  }

  /// The folder of the figures, as the report names it: relative to the report's own folder.
  func figuresLink() throws -> String {
    let document = isStream ? "report.md" : options.check ?? options.output
    return try Paths.relative(figuresPath, toFolderOf: document)
  }

  /// Writes the rendered report.
  func deliver(_ rendered: RenderedReport, complete: Bool) throws {
    if isStream {
      try ReportWriter(path: "report.md", figuresPath: figuresPath).writeFigures(rendered)
      // From here on nothing is left half done by Ctrl-C, and the reader may be slow.
      Signals.unwatch()
      try stream(rendered.text)
    } else if complete || options.keepPartial {
      try ReportWriter(path: options.output, figuresPath: figuresPath).write(rendered)
    }
  }

  private func stream(_ text: String) throws {
    if options.output == "-" { return try Self.toStandardOutput(text) }
    let file: Descriptor
    do {
      file = try Disk().openStream(options.output)
    } catch {
      throw FileError(path: options.output, "cannot be opened for writing", error)
    }
    defer { file.close() }
    try Self.write(text, to: file, named: options.output)
  }

  /// Writes to standard output. A reader that went away (`| head`) has what it wanted.
  static func toStandardOutput(_ text: String) throws {
    try write(text, to: .standardOutput, named: "standard output")
  }

  private static func write(
    _ text: String, to stream: Descriptor, named name: String
  ) throws(FileError) {
    do {
      try stream.write(text.utf8)
    } catch {
      if error.isLostReader { return }
      throw FileError(path: name, "cannot be written", error)
    }
  }
}
