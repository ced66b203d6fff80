internal import SystemCalls

/// Where a report goes: a file with a folder of figures beside it, or a stream.
struct Delivery {
  let options: EngineOptions
  /// The document's path, or that of the file that it is a symbolic link to.
  let document: String
  /// Whether the report is streamed: to standard output, or to something that is no plain file
  /// (a pipe, a terminal, `/dev/null`), which a rename would replace instead of fill.
  let isStream: Bool
  /// The folder of the figures, as this process can open it.
  let figuresPath: String
  /// The folder of the figures, as the report names it: relative to the report's own folder.
  private let figuresLink: String

  /// Throws where something stands in a folder's place: before the lab has run for hours.
  static func checkFolder(_ path: String) throws(FileError) {
    let found: FileStatus?
    do {
      found = try Disk().status(path)
    } catch {
      throw FileError(path: path, "cannot be used", error)
    }
    if let found, found.kind != .folder { throw FileError(path: path, reason: "is no folder") }
  }

  /// Reads where things go from the options.
  ///
  /// - Throws: When that cannot be: before the lab has run for hours.
  init(options: EngineOptions, program: String) throws(FileError) {
    self.options = options
    let disk = Disk()
    let path = options.check ?? options.output
    if path == "-" {
      isStream = true
      document = path
    } else {
      document = try disk.resolved(path)
      let kind: FileStatus?
      do {
        kind = try disk.status(document)
      } catch {
        throw FileError(path: path, "cannot be used", error)
      }
      isStream = options.check == nil && kind?.isStream ?? false
      if kind?.kind == .folder { throw FileError(path: path, reason: "is a folder, not a file") }
    }
    if var figures = options.figures {
      // A slash at the end names the same folder.
      while figures.hasSuffix("/"), figures.utf8.count > 1 { figures.removeLast() }
      figuresPath = figures
    } else if isStream {
      figuresPath = "\(program)_files"
    } else {
      figuresPath = Paths.folder(of: document) + Paths.stem(of: document) + "_files"
    }
    // Where nothing is written beside the report, the working directory may be gone.
    let isAlone = options.embed || options.resolvedFormat != .markdown
    figuresLink =
      isAlone
      ? ""
      : try Paths.relative(
        disk.canonical(figuresPath),
        toFolderOf: disk.canonical(isStream ? "report.md" : document))
  }

  func renderer() -> any Renderer { renderer(figuresFolder: figuresLink) }

  private func renderer(figuresFolder: String) -> any Renderer {
    switch options.resolvedFormat {
    case .notebook: NotebookRenderer()
    case .html, .pdf, .docx: PandocRenderer(options.resolvedFormat == .html ? .page : .paper)
    case .markdown: MarkdownRenderer(figuresFolder: options.embed ? nil : figuresFolder)
    }
  }

  /// Writes a report.
  func deliver(_ report: Report, isComplete: Bool) throws {
    let rendered = renderer().render(report)
    if isStream {
      try ReportWriter(path: "report.md", figuresPath: figuresPath).writeFigures(rendered)
      // From here on nothing is left half done by Ctrl-C, and the reader may be slow.
      Signals.unwatch()
      try stream(rendered.text)
    } else if isComplete || options.keepPartial {
      let writer = ReportWriter(path: document, figuresPath: figuresPath)
      try writer.write(rendered) { folder in
        renderer(figuresFolder: Paths.join(figuresLink, folder)).render(report).text
      }
    }
  }

  /// Writes a form that pandoc makes: one file, or its bytes on a stream.
  func deliver(_ report: Report, by handIn: HandIn, isComplete: Bool) throws {
    guard isStream || isComplete || options.keepPartial else { return }
    let bytes = try handIn.make(report)
    if isStream {
      Signals.unwatch()
      try stream(bytes)
    } else {
      try Disk().replace(options.output, with: bytes)
    }
  }

  private func stream(_ text: String) throws { try stream(Array(text.utf8)) }

  private func stream(_ bytes: [UInt8]) throws {
    if options.output == "-" {
      return try Self.write(bytes, to: .standardOutput, named: "standard output")
    }
    let file: Descriptor
    do {
      file = try Disk().openStream(options.output)
    } catch {
      throw FileError(path: options.output, "cannot be opened for writing", error)
    }
    defer { file.close() }
    try Self.write(bytes, to: file, named: options.output)
  }

  /// Writes to standard output. A reader that went away (`| head`) has what it wanted.
  static func toStandardOutput(_ text: String) throws {
    try write(Array(text.utf8), to: .standardOutput, named: "standard output")
  }

  private static func write(
    _ bytes: [UInt8], to stream: Descriptor, named name: String
  ) throws(FileError) {
    do {
      try stream.write(bytes)
    } catch {
      if error.isLostReader { return }
      throw FileError(path: name, "cannot be written", error)
    }
  }
}
