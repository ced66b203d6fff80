/// What a source says about names before it runs: labels, references, and names in prose.
///
/// The code itself decides what is published and which labels it gives. Reading its string literals
/// is enough to find a misspelt name without a run, and never wrong about a right one: a name whose
/// literal appears nowhere, while no `publish` computes its name, cannot come to be.
struct SourceNames: Sendable {
  /// A use of a name or label.
  struct Use: Hashable, Sendable {
    var name: String
    var file: Int
    var line: Int
    var column: Int
  }

  private(set) var names: [Use] = []
  private(set) var references: [Use] = []

  /// The works that prose and captions cite.
  private(set) var citations: [(use: Use, isBracketed: Bool)] = []

  /// The keys in the strings of the code: a caption that the code gives may cite too.
  private(set) var keysInCode: Set<String> = []

  private var complaints: [(use: Use, message: String)] = []
  private let literals: Set<String>
  private let computesNames: Bool
  private let labelPrefixes: [String]

  init(files: [ScannedFile], blocks: [SourceBlock]) {
    var literals: Set<String> = []
    var prefixes: [String] = []
    var computesNames = false
    let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
    let publish = Array("publish(".utf8)
    for line in files.lazy.flatMap(\.lines) where line.marker == nil {
      // Bytes are read many times faster than characters.
      let code = Array(line.code.utf8)
      guard code.contains(where: { $0 == quote || $0 == UInt8(ascii: "(") }) else { continue }
      for piece in code.split(separator: quote, omittingEmptySubsequences: false) {
        literals.insert(String(decoding: piece, as: UTF8.self))
        if let end = piece.firstIndex(of: backslash) {
          let prefix = String(decoding: piece[..<end], as: UTF8.self)
          if Label(prefix).kind != nil { prefixes.append(prefix) }
        }
      }
      var rest = code[...]
      while let call = rest.firstPlace(of: publish) {
        rest = rest[(call + publish.count)...]
        // The literal may stand on the next line; then it is among the literals anyway.
        let argument = rest.prefix { $0 != UInt8(ascii: ",") }
        if let first = argument.first, first != quote || argument.contains(backslash) {
          computesNames = true
        }
      }
    }
    for literal in literals where literal.utf8.contains(UInt8(ascii: "@")) {
      keysInCode.formUnion(Markup.line(literal).citations.map(\.key))
    }
    self.literals = literals
    self.labelPrefixes = prefixes
    self.computesNames = computesNames
    for block in blocks { read(block) }
  }

  private mutating func read(_ block: SourceBlock) {
    switch block {
    case .prose(let prose):
      read(prose.markup) { position in
        let line = prose.lines[position.line]
        return (line.file, line.line, line.column + position.column)
      }
    case .cell(let cell):
      let captions = [cell.options.figureCaption, cell.options.tableCaption]
      for caption in captions.compactMap(\.self) {
        if SlotName.isMark(caption.trimmed) {
          complaints.append(
            (
              Use(name: "", file: cell.file, line: max(1, cell.lines.lowerBound - 1), column: 1),
              "a comment that marks outputs in a report is no caption"
            ))
        }
        read(Markup.line(caption)) { position in
          (cell.file, max(1, cell.lines.lowerBound - 1), 1 + position.column)
        }
      }
    }
  }

  private mutating func read(
    _ markup: Markup, place: (Markup.Position) -> (file: Int, line: Int, column: Int)
  ) {
    func use(_ name: String, _ position: Markup.Position) -> Use {
      let (file, line, column) = place(position)
      return Use(name: name, file: file, line: line, column: column)
    }
    for complaint in markup.complaints {
      complaints.append((use("", complaint.position), complaint.message))
    }
    markup.visit { _, _ in
    } block: { block in
      guard case .html(let html) = block.kind, case .text(let text)? = html.first?.kind,
        SlotName.isMark(text.trimmed)
      else { return }
      complaints.append(
        (
          use("", Markup.Position(line: block.lines.lowerBound, column: 0)),
          "this comment marks outputs in a report; prose cannot hold it"
        ))
    }
    for (name, position) in markup.valueUses { names.append(use(name, position)) }
    for (label, position) in markup.references { references.append(use(label.name, position)) }
    for (key, isBracketed, position) in markup.citations {
      citations.append((use(key, position), isBracketed))
    }
  }

  /// Equal labels, and references to labels that nothing has.
  func diagnostics(files: [SourceFile], blocks: [SourceBlock]) -> [Diagnostic] {
    let files = SourceLines(files)
    var result = complaints.map { diagnostic($0.use, $0.message, files: files) }
    var labels: [String: SourceLocation] = [:]
    for case .cell(let cell) in blocks {
      guard let label = cell.options.label else { continue }
      let use = Use(name: label, file: cell.file, line: cell.labelLine, column: 1)
      if let first = labels[label] {
        result.append(
          diagnostic(use, "the label '\(label)' is used already at \(first)", files: files))
      } else {
        labels[label] = SourceLocation(fileID: files.path(cell.file), line: cell.labelLine)
      }
    }
    for case .prose(let prose) in blocks {
      for (label, index) in prose.markup.labels {
        let line = prose.lines[index]
        let use = Use(name: label.name, file: line.file, line: line.line, column: line.column)
        if let first = labels[label.name] {
          result.append(
            diagnostic(use, "the label '\(label.name)' is used already at \(first)", files: files))
        } else {
          labels[label.name] = SourceLocation(fileID: files.path(line.file), line: line.line)
        }
      }
    }
    let near = NameSuggestions(among: Array(labels.keys))
    for reference in references where labels[reference.name] == nil {
      let isPossible =
        literals.contains(reference.name)
        || labelPrefixes.contains { reference.name.hasPrefix($0) }
      if !isPossible {
        result.append(
          diagnostic(
            reference,
            "nothing is labelled '\(reference.name)'"
              + near.suggestion(for: reference.name), files: files))
      }
    }
    return result
  }

  /// Works that are cited and that no bibliography has.
  func uncitable(in bibliography: Bibliography, files: [SourceFile]) -> [Diagnostic] {
    let files = SourceLines(files)
    let near = NameSuggestions(among: bibliography.keys)
    return citations.filter { citation in
      // Without a bibliography `@name` is text.
      !bibliography.has(citation.use.name) && (bibliography.isNamed || citation.isBracketed)
    }.map { citation in
      let key = citation.use.name
      let why =
        bibliography.isNamed
        ? "no bibliography has the key '\(key)'"
          + near.suggestion(for: key)
        : "'\(key)' is cited, and the front matter names no 'bibliography'"
      return diagnostic(citation.use, why + " (\\@ is the sign itself)", files: files)
    }
  }

  /// Names in prose that are no parameters and that nothing can publish.
  func unknown(parameters: [String], files: [SourceFile]) -> [Diagnostic] {
    if computesNames { return [] }
    let files = SourceLines(files)
    let near = NameSuggestions(among: parameters + literals)
    return names.filter { !parameters.contains($0.name) && !literals.contains($0.name) }.map {
      diagnostic(
        $0,
        "nothing is published under the name '\($0.name)', and no parameter has it"
          + near.suggestion(for: $0.name), files: files)
    }
  }

  private func diagnostic(_ use: Use, _ message: String, files: SourceLines) -> Diagnostic {
    Diagnostic(at: use, message, files: files)
  }
}

extension Diagnostic {
  /// A complaint about a use of a name.
  init(at use: SourceNames.Use, _ message: String, files: SourceLines) {
    self.init(
      path: files.path(use.file), line: use.line, column: use.column, message: message,
      sourceLine: files.line(use.line, of: use.file))
  }
}

extension LabSource {
  /// The names that prose uses and nothing in the source publishes, as complaints; known before
  /// the run.
  ///
  /// - Parameter parameters: The names of the lab's parameters.
  public func unknownNames(parameters: [String]) -> [Diagnostic] {
    LabSource.sorted(names.unknown(parameters: parameters, files: files), files: files)
  }
}
