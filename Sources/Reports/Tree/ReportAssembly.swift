/// Puts what a run showed under the cells of a source, and numbers it.
///
/// A line of a cell leads to that cell; the run says which one called a helper, a closure or C code.
/// What comes without a line (from another program) goes to the cell being run, which is the furthest
/// one that has been heard of, or a later one that starts programs.
struct ReportAssembly {
  var diagnostics: [Diagnostic] = []

  let source: LabSource
  /// `nil` for a skeleton.
  let recording: Recording?

  var names = Report.Names()

  private var cells: [SourceCell]
  private var outputs: [[Output]]
  private var states: [Report.Cell.State]
  /// For complaints.
  private let lines: SourceLines
  /// For names that the run did not publish; made for the first of them, when all are known.
  private lazy var suggestions = NameSuggestions(among: names.values.keys.sorted())

  init(source: LabSource, recording: Recording?) {
    self.source = source
    self.recording = recording
    lines = SourceLines(source.files)
    cells = source.blocks.compactMap { block in
      if case .cell(let cell) = block { cell } else { nil }
    }
    outputs = Array(repeating: [], count: cells.count)
    states = Array(repeating: .ran, count: cells.count)
    if let recording {
      collectValues(recording)
      distribute(recording)
    }
  }

  mutating func blocks() -> [Report.Block] {
    var placement = Placement(
      isKnown: recording != nil, figureWidth: source.frontMatter.figureWidth)
    var naming = CellNaming()
    var placed: [(cell: Report.Cell, captions: [Int: Caption])] = []
    var index = 0
    var result: [Report.Block] = []
    // Numbers first: prose may refer to a figure further down.
    for block in source.blocks {
      switch block {
      case .prose(let prose): naming.read(prose.markup)
      case .cell(let cell):
        let name = naming.name(cell)
        placed.append(
          placement.place(
            cell, name: name, fileID: source.files[cell.file].fileID, outputs: outputs[index],
            state: states[index]))
        index += 1
      }
    }
    names.numbers = placement.numbers
    names.hasRun = recording != nil
    names.referenceList = source.references
    names.references = Dictionary(source.references.map { ($0.key, $0) }) { first, _ in first }
    for case .prose(let prose) in source.blocks { names.read(prose.markup) }
    complainOfLabels(placement)
    index = 0
    for block in source.blocks {
      switch block {
      case .prose(let prose): result.append(.prose(resolve(prose)))
      case .cell(let sourceCell):
        var (cell, captions) = placed[index]
        for (item, caption) in captions {
          let prose = resolve(caption: caption, of: sourceCell)
          switch cell.items[item] {
          case .figure(var figure):
            figure.caption = prose
            cell.items[item] = .figure(figure)
          case .table(var table):
            table.caption = prose
            cell.items[item] = .table(table)
          default: break
          }
        }
        result.append(.cell(cell))
        index += 1
      }
    }
    return result
  }
}

// MARK: - Which cell

extension ReportAssembly {
  private mutating func distribute(_ recording: Recording) {
    if !cells.contains(where: { !$0.isDeclaration }) {
      guard !cells.isEmpty else { return }
      cells[cells.count - 1].isDeclaration = false
    }
    let first = cells.firstIndex { !$0.isDeclaration } ?? 0
    var current = first
    var line = 0
    /// What came without a line, until the next line is known.
    var pending: [Output] = []
    func heard(_ location: SourceLocation?) {
      guard let location, let index = cell(at: location) else { return }
      flush(&pending, from: current, after: line, to: index, upTo: location.line)
      line = index > current ? location.line : max(line, location.line)
      current = max(current, index)
    }
    for step in recording.steps {
      switch step {
      case .reach(let location): heard(location)
      case .show(let shown):
        heard(shown.location)
        if case .text = shown.output, shown.location == nil {
          pending.append(shown.output)
        } else {
          flush(&pending, from: current, after: line, to: current, upTo: line)
          outputs[current].append(shown.output)
        }
      }
    }
    if case .completed = recording.end {
      let last = cells.lastIndex { !$0.isDeclaration } ?? current
      flush(&pending, from: current, after: line, to: last, upTo: Int.max)
    } else {
      heard(recording.end.failure?.location)
      flush(&pending, from: current, after: line, to: current, upTo: Int.max)
    }
    guard let (failure, location) = recording.end.failure else { return }
    if let index = cell(at: location) { current = max(current, index) }
    outputs[current].append(.failure(failure))
    states[current] = .failed
    for index in cells.indices where index > current && !cells[index].isDeclaration {
      states[index] = .notRun
    }
  }

  /// Puts what came without a line into the first cell from one line to another that may have
  /// started a program; without such a cell it belongs to the one being run.
  private mutating func flush(
    _ pending: inout [Output], from current: Int, after start: Int, to next: Int, upTo end: Int
  ) {
    guard !pending.isEmpty else { return }
    let candidates = current...max(current, next)
    let caller = candidates.first { index in
      let cell = cells[index]
      if cell.isDeclaration { return false }
      let from = index == current ? max(start, cell.lines.lowerBound) : cell.lines.lowerBound
      let to = index == next ? min(end, cell.lines.upperBound) : cell.lines.upperBound
      guard from <= to else { return false }
      let fileID = source.files[cell.file].fileID
      return source.programCalls.first(in: from...to, of: fileID) != nil
    }
    outputs[caller ?? current] += pending
    pending = []
  }

  private func cell(at location: SourceLocation?) -> Int? {
    guard let location, let index = source.cells.index(at: location),
      !cells[index].isDeclaration
    else { return nil }
    return index
  }
}

// MARK: - Values and references

extension ReportAssembly {
  private mutating func collectValues(_ recording: Recording) {
    for parameter in recording.parameters {
      names.values[parameter.name] = Published(parameter.name, text: parameter.text)
    }
    for published in recording.published {
      if let earlier = names.values[published.name], earlier.text != published.text {
        complain(
          at: published.location,
          "'\(published.name)' is published as '\(published.text)' here and as '\(earlier.text)' "
            + (earlier.location.map { "at \($0)" } ?? "as a parameter"))
      }
      names.values[published.name] = published
    }
  }

  private mutating func complain(at location: SourceLocation?, _ message: String) {
    let file = source.files.firstIndex { $0.fileID == location?.fileID }
    if let location, let file {
      diagnostics.append(
        Diagnostic(
          at: .init(name: "", file: file, line: location.line, column: 1), message,
          files: lines))
    } else {
      diagnostics.append(
        Diagnostic(
          path: location?.fileID ?? source.files[0].path, line: location?.line ?? 1, column: 1,
          message: message))
    }
  }

  private mutating func complainOfLabels(_ placement: Placement) {
    for (label, cell) in placement.repeatedLabels {
      complain(of: cell, "the label '\(label)' was given to something shown before")
    }
    for (file, first, cell) in placement.sharedFiles {
      complain(
        of: cell,
        "'\(file)' would be the file of two pictures (the other is of '\(first)'): "
          + "give this one another label")
    }
    for (option, cell) in placement.unusedCaptions {
      complain(
        of: cell,
        "'\(option)' stands above code that gives a caption itself; one of the two is enough")
    }
    for (label, cell) in placement.unusableLabels {
      complain(
        of: cell,
        "a label consists of letters, digits, '-' and '_' (it names a file), not '\(label)'")
    }
  }

  private mutating func complain(of cell: SourceCell, _ message: String) {
    let line = cell.labelLine > 0 ? cell.labelLine : cell.lines.lowerBound
    complain(
      at: SourceLocation(fileID: source.files[cell.file].fileID, line: line), message)
  }

  private mutating func resolve(_ prose: SourceProse) -> Report.Prose {
    check(prose.markup) { position in
      let line = prose.lines[position.line]
      return (line.file, line.line, line.column + position.column)
    }
    let locations = prose.lines.map { line in
      SourceLocation(fileID: source.files[line.file].fileID, line: line.line)
    }
    return Report.Prose(prose.markup, at: locations)
  }

  private mutating func resolve(caption: Caption, of cell: SourceCell) -> Report.Prose {
    let markup = Markup.line(PrintedText.visible(caption.text))
    check(markup) { position in (cell.file, cell.lines.lowerBound, 1 + position.column) }
    var prose = Report.Prose(markup, at: markup.lines.map { _ in nil })
    prose.isPlain = caption.isGivenInCode
    return prose
  }

  /// Complains of names and labels that a whole run left without meaning.
  private mutating func check(
    _ markup: Markup, place: (Markup.Position) -> (file: Int, line: Int, column: Int)
  ) {
    guard case .completed? = recording?.end else { return }
    func complain(_ name: String, _ position: Markup.Position, _ message: String) {
      let (file, line, column) = place(position)
      diagnostics.append(
        Diagnostic(
          at: .init(name: name, file: file, line: line, column: column), message,
          files: lines))
    }
    for (name, position) in markup.valueUses where names.values[name] == nil {
      let near = suggestions.suggestion(for: name)
      complain(
        name, position, "the run published nothing under the name '\(name)'\(near)")
    }
    // A caption that the run made: prose was looked at before.
    for (key, _, position) in markup.citations
    where names.references[key] == nil && !names.references.isEmpty {
      complain(key, position, "'\(key)' is cited by a caption, and stands nowhere in the source")
    }
    for (label, position) in markup.references
    where names.numbers[label] == nil && names.sections[label] == nil {
      complain(label.name, position, "the run showed nothing labelled '\(label.name)'")
    }
  }
}
