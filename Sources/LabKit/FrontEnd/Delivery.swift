internal import Foundation

/// Where a report goes: a file with a folder of figures beside it, or a stream.
struct Delivery {
  let options: EngineOptions
  let program: String

  var renderer: any Renderer {
    switch options.resolvedFormat {
    case .notebook: NotebookRenderer()
    case .markdown: MarkdownRenderer(figuresFolder: options.embed ? nil : figuresLink)
    }
  }

  /// Whether the report is streamed: to standard output, or to something that is no plain file
  /// (a pipe, a terminal, `/dev/null`), which a rename would replace instead of fill.
  var isStream: Bool {
    if options.check != nil { return false }
    if options.output == "-" { return true }
    return FileKind(path: options.output) == .stream
  }

  /// The folder of the figures, as this process can open it.
  var figuresPath: String {
    if let figures = options.figures { return figures }
    if isStream { return "\(program)_files" }
    let path = options.check ?? options.output
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    return path.dropLast(name.count) + stem + "_files"
  }

  /// The folder of the figures, as the report names it: relative to the report's own folder.
  var figuresLink: String {
    let document = isStream ? "report.md" : options.check ?? options.output
    return Self.relative(figuresPath, to: document)
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
    guard let file = FileHandle(forWritingAtPath: options.output) else {
      throw FileTrouble(path: options.output, reason: "cannot be opened for writing")
    }
    try Self.write(text, to: Descriptor(raw: file.fileDescriptor), named: options.output)
  }

  /// Writes to standard output. A reader that went away (`| head`) has what it wanted.
  static func toStandardOutput(_ text: String) throws {
    try write(text, to: .standardOutput, named: "standard output")
  }

  private static func write(
    _ text: String, to stream: Descriptor, named name: String
  ) throws(FileTrouble) {
    do {
      try stream.write(text.utf8)
    } catch {
      if error.isLostReader { return }
      throw FileTrouble(path: name, reason: "cannot be written: \(error.reason)")
    }
  }

  /// How a document names a path.
  static func relative(_ path: String, to document: String) -> String {
    func components(_ path: String) -> [Substring] {
      let absolute =
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
      var result: [Substring] = []
      for part in absolute.split(separator: "/") where part != "." {
        if part == "..", !result.isEmpty { result.removeLast() } else { result.append(part) }
      }
      return result
    }
    let target = components(path)
    let folder = components(document).dropLast()
    var shared = 0
    while shared < min(target.count, folder.count), target[shared] == folder[shared] { shared += 1 }
    let up = Array(repeating: Substring(".."), count: folder.count - shared)
    return (up + target[shared...]).joined(separator: "/")
  }
}
