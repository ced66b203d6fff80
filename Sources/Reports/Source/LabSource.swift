/// A lab's source, parsed: what is prose, what is code, and which lines make which cell.
///
/// Prose stands in `//:` comments, cell options in `//|`, and `//-` breaks a cell in two.
/// Consecutive lines of code make one cell. Of the scaffolding (`struct`, `func report()`) nothing
/// is shown; of the imports and of the body of `report()`, everything. A function of the lab that
/// contains prose is a chapter: its body stands where it is called.
///
/// The grammar. A file is Swift; what it means to a report is decided line by line, and a line that
/// begins inside a string, a regex literal or a block comment is code whatever it looks like.
///
/// ```text
/// lab      = main file, { file }          ; the main one has @main
/// prose    = "//:", [ " " ], Markdown     ; neighbouring lines are one text
/// option   = "//|", key, ":", value       ; stands right above the code it describes
///          | "//|", "  ", more of the value above
/// break    = "//-"                        ; ends a cell
/// hidden   = statement, "  //hide"        ; runs and is not shown
/// code     = any other line               ; neighbouring lines are one cell
/// matter   = "//: ---", { "//: key: value" }, "//: ---"   ; the first prose
/// report   = { prose | cell | chapter }   ; the body of report(), at its own level
/// chapter  = call of a function of the lab that holds prose, as a statement of its own
/// ```
///
/// In Markdown: `\(name)`, `@label`, `-@label`, `$TeX$`, `$$TeX$$ {#eq-label}`,
/// `# Heading {#sec-label}`, `- Word: callout`, `@key`, `[see @key, p. 5]`. Prose, options and breaks inside a nested block or
/// under `#if` are mistakes, as are brackets that do not match.
///
/// Parsing takes a few milliseconds for a lab of 500 lines.
public struct LabSource: Sendable {
  /// The files, the main file first.
  public let files: [SourceFile]

  /// Title, author, date and keywords, from a first prose block between `---` lines.
  public let frontMatter: FrontMatter

  /// Prose and cells in the order of the report.
  let blocks: [SourceBlock]

  /// What can be known about names before a run.
  let names: SourceNames

  /// Which lines belong to which cell that runs.
  let cells: CellIndex

  /// The lines inside closures and nested functions, by file.
  let deferredLines: [String: Set<Int>]

  /// Which lines of cells may start other programs.
  let programCalls: ProgramCalls

  /// What its cells use and no cell shows.
  let helpers: [String]

  /// The works that it cites, as their list shows them.
  let references: [Reference]

  /// Parses a lab's files.
  ///
  /// - Parameters:
  ///   - files: The files of the lab's target. The main one is the one with `@main`, or the first;
  ///     those whose names end in `.bib` are bibliographies.
  ///   - parameters: The names of the lab's parameters, which prose may use; with them, names that
  ///     nothing publishes are complained about here too.
  ///   - edition: Which of a solution and its stub is shown.
  /// - Throws: Everything that is wrong with them, all in one go.
  public init(
    files: [SourceFile], parameters: [String]? = nil, edition: Edition = .teacher
  ) throws(SourceDiagnostics) {
    let bibliographies = files.filter { $0.path.hasSuffix(".bib") }
    let labFiles = files.filter { !$0.path.hasSuffix(".bib") }
    let texts = Dictionary(
      labFiles.map { ($0.path, EditionText($0.text, edition)) },
      uniquingKeysWith: { first, _ in first })
    var scanned = labFiles.map { file in
      var file = file
      if let text = texts[file.path] { file.text = text.withoutSolutionsInProse }
      return ScannedFile(file)
    }
    if let main = scanned.firstIndex(where: \.isMain), main > 0 {
      scanned.insert(scanned.remove(at: main), at: 0)
    }
    for index in scanned.indices {
      for function in scanned[index].functions.indices {
        scanned[index].functions[function].file = index
      }
    }
    self.files = scanned.map(\.file)
    var weaver = Weaver(files: scanned)
    weaver.weave()
    frontMatter = weaver.frontMatter
    blocks = LabSource.parsed(
      weaver.blocks.map { block in
        guard case .cell(var cell) = block, let text = texts[scanned[cell.file].file.path] else {
          return block
        }
        cell.code = text.edited(cell.code)
        return .cell(cell)
      })
    names = SourceNames(files: scanned, blocks: blocks)
    cells = CellIndex(blocks, files: self.files)
    helpers = Helpers.names(scanned, blocks: blocks, woven: weaver.woven, lab: weaver.labName)
    deferredLines = Dictionary(
      scanned.map { ($0.file.fileID, $0.deferredLines) }, uniquingKeysWith: { $0.union($1) })
    programCalls = ProgramCalls(scanned, deferred: deferredLines)
    let (matter, sources) = (frontMatter, self.files)
    var bibliography = Bibliography()
    if let main = sources.first {
      bibliography = Bibliography(matter.bibliography, main: main, files: bibliographies) {
        message in
        let place = matter.bibliographyLocation
        let file = sources.firstIndex { $0.fileID == place?.fileID } ?? 0
        return Diagnostic(
          at: .init(name: "", file: file, line: place?.line ?? 1, column: 1), message,
          files: SourceLines(sources))
      }
    }
    references = bibliography.references(
      to: Set(names.citations.map(\.use.name)).union(names.keysInCode))
    var complaints = weaver.diagnostics + names.diagnostics(files: self.files, blocks: blocks)
    complaints += bibliography.diagnostics
    // What is wrong with the bibliography is no fault of those who cite.
    if bibliography.diagnostics.isEmpty {
      complaints += names.uncitable(in: bibliography, files: self.files)
    }
    for (path, text) in texts {
      complaints += text.faults.map { fault in
        Diagnostic(
          path: path, line: fault.line, column: fault.column, message: fault.message,
          sourceLine: text.original[fault.line - 1])
      }
    }
    if let parameters { complaints += names.unknown(parameters: parameters, files: self.files) }
    if !complaints.isEmpty {
      throw SourceDiagnostics(LabSource.sorted(complaints, files: self.files))
    }
  }

  /// The blocks with their prose parsed, as one document: a link defined in one is known in all.
  private static func parsed(_ blocks: [SourceBlock]) -> [SourceBlock] {
    let texts = blocks.compactMap { block in
      if case .prose(let prose) = block { prose.lines.map(\.text) } else { nil }
    }
    var trees = Markup.parse(texts)[...]
    return blocks.map { block in
      guard case .prose(var prose) = block, let tree = trees.popFirst() else { return block }
      prose.markup = tree
      return .prose(prose)
    }
  }

  /// The paths of the files by their identifiers.
  var paths: [String: String] {
    Dictionary(files.map { ($0.fileID, $0.path) }) { first, _ in first }
  }

  static func sorted(_ diagnostics: [Diagnostic], files: [SourceFile]) -> [Diagnostic] {
    let order = Dictionary(
      files.enumerated().map { ($0.element.path, $0.offset) }, uniquingKeysWith: min)
    return diagnostics.sorted { first, second in
      (order[first.path] ?? 0, first.line, first.column)
        < (order[second.path] ?? 0, second.line, second.column)
    }
  }
}

/// A piece of a lab's source.
enum SourceBlock: Hashable, Sendable {
  case prose(SourceProse)
  case cell(SourceCell)
}

/// Consecutive lines of prose with their tree.
struct SourceProse: Hashable, Sendable {
  var lines: [ProseLine]
  var markup = Markup([])
}

/// A line of prose, without its marker.
struct ProseLine: Hashable, Sendable {
  var text: String
  /// The index of its file.
  var file: Int
  /// The line, counted from 1.
  var line: Int
  /// The column of its first character, counted from 1.
  var column: Int
}

/// A code cell as the source has it.
struct SourceCell: Hashable, Sendable {
  var options = CellOptions()

  /// The options that it sets itself.
  var ownOptions: Set<String> = []

  /// Where `//| label:` stands, for messages.
  var labelLine = 0

  /// The code that is shown, dedented, with the numbers of its lines.
  var code: [CodeLine] = []

  /// The index of its file.
  var file = 0

  /// The lines that it owns, hidden ones included.
  var lines: ClosedRange<Int>

  /// Whether it shows a declaration outside `report()`: what that declaration shows when it is
  /// called belongs to the cell that calls it.
  var isDeclaration = false
}

/// A line of code that is shown.
public struct CodeLine: Hashable, Sendable {
  /// The text, dedented.
  public var text: String

  /// The line in its file, counted from 1.
  public var line: Int
}

extension LabSource {
  /// Where a line stands.
  package enum Standing: Sendable {
    /// In no cell that runs: what happens there has its place where it was called.
    case outside

    /// In a cell, and it runs when the cell does.
    case direct

    /// In a cell, in a closure or a function that another cell may call.
    case nested
  }

  /// Where a line stands. Lines of declarations outside `report()` and its chapters are in no cell.
  package func standing(of location: SourceLocation) -> Standing {
    guard cells.index(at: location) != nil else { return .outside }
    return deferredLines[location.fileID]?.contains(location.line) ?? false ? .nested : .direct
  }
}

extension LabSource: CustomStringConvertible {
  /// `LabSource(Labs/Lab10/Lab10.swift, files: 5, blocks: 312)`.
  public var description: String {
    let main = files.first?.path ?? "no file"
    return "LabSource(\(main), files: \(files.count), blocks: \(blocks.count))"
  }
}

/// Finds the cell of a line by halving.
struct CellIndex: Sendable {
  private var files: [String: [(lines: ClosedRange<Int>, index: Int)]] = [:]

  init(_ blocks: [SourceBlock], files: [SourceFile]) {
    var index = 0
    for case .cell(let cell) in blocks {
      let file = files[cell.file].fileID
      if !cell.isDeclaration { self.files[file, default: []].append((cell.lines, index)) }
      index += 1
    }
    for file in self.files.keys {
      self.files[file]?.sort { $0.lines.lowerBound < $1.lines.lowerBound }
    }
  }

  /// The index, among the cells of the source, of the one that a line belongs to.
  func index(at location: SourceLocation) -> Int? {
    guard let cells = files[location.fileID] else { return nil }
    var low = 0
    var high = cells.count
    while low < high {
      let middle = (low + high) / 2
      if cells[middle].lines.lowerBound <= location.line { low = middle + 1 } else { high = middle }
    }
    guard low > 0, cells[low - 1].lines.contains(location.line) else { return nil }
    return cells[low - 1].index
  }
}
