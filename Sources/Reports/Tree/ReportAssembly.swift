/// Puts what a run showed under the cells of a source, and numbers it.
///
/// A line of a cell leads to that cell. Everything else (text from C code, a helper in another
/// file, a function declared in an earlier cell) goes to the cell being run, which is the furthest
/// one that has been heard of.
struct ReportAssembly {
  var diagnostics: [Diagnostic] = []

  let source: LabSource
  /// `nil` for a skeleton.
  let recording: Recording?

  var values: [String: Published] = [:]
  var figureNumbers: [String: Int] = [:]
  var tableNumbers: [String: Int] = [:]

  private var cells: [SourceCell]
  private var outputs: [[Output]]
  private var states: [Report.Cell.State]

  init(source: LabSource, recording: Recording?) {
    self.source = source
    self.recording = recording
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
    var placement = Placement(isKnown: recording != nil)
    var naming = CellNaming()
    var placed: [(cell: Report.Cell, captions: [Int: String])] = []
    var index = 0
    var result: [Report.Block] = []
    // Numbers first: prose may refer to a figure further down.
    for block in source.blocks {
      switch block {
      case .prose(let lines): naming.read(lines)
      case .cell(let cell):
        let name = naming.name(cell)
        placed.append(
          placement.place(
            cell, name: name, fileID: source.files[cell.file].fileID, outputs: outputs[index],
            state: states[index]))
        index += 1
      }
    }
    figureNumbers = placement.figureNumbers
    tableNumbers = placement.tableNumbers
    complainOfLabels(placement)
    index = 0
    for block in source.blocks {
      switch block {
      case .prose(let lines): result.append(.prose(resolve(lines)))
      case .cell(let sourceCell):
        var (cell, captions) = placed[index]
        for (item, caption) in captions {
          let pieces = resolve(caption: caption, of: sourceCell)
          switch cell.items[item] {
          case .figure(var figure):
            figure.caption = pieces
            cell.items[item] = .figure(figure)
          case .table(var table):
            table.caption = pieces
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
    for step in recording.steps {
      switch step {
      case .reach(let location):
        if let index = cell(at: location) { current = max(current, index) }
      case .show(let shown):
        if let index = cell(at: shown.location) { current = max(current, index) }
        outputs[current].append(shown.output)
      }
    }
    guard let (failure, location) = recording.end.failure else { return }
    if let index = cell(at: location) { current = max(current, index) }
    outputs[current].append(.failure(failure))
    states[current] = .failed
    for index in cells.indices where index > current && !cells[index].isDeclaration {
      states[index] = .notRun
    }
  }

  private func cell(at location: SourceLocation?) -> Int? {
    guard let location,
      let file = source.files.firstIndex(where: { $0.fileID == location.fileID })
    else { return nil }
    return cells.firstIndex {
      !$0.isDeclaration && $0.file == file && $0.lines.contains(location.line)
    }
  }
}

// MARK: - Values and references

extension ReportAssembly {
  private mutating func collectValues(_ recording: Recording) {
    for parameter in recording.parameters {
      values[parameter.name] = Published(parameter.name, text: parameter.text)
    }
    for published in recording.published {
      if let earlier = values[published.name], earlier.text != published.text {
        complain(
          at: published.location,
          "'\(published.name)' is published as '\(published.text)' here and as '\(earlier.text)' "
            + (earlier.location.map { "at \($0)" } ?? "as a parameter"))
      }
      values[published.name] = published
    }
  }

  private mutating func complain(at location: SourceLocation?, _ message: String) {
    let file = source.files.firstIndex { $0.fileID == location?.fileID }
    if let location, let file {
      diagnostics.append(
        Diagnostic(
          at: .init(name: "", file: file, line: location.line, column: 1), message,
          files: source.files))
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

  private mutating func resolve(_ lines: [ProseLine]) -> [Report.Line] {
    let text = InlineText(lines.map(\.text))
    return zip(lines, text.lines).map { line, pieces in
      Report.Line(
        pieces.map { resolve($0, file: line.file, line: line.line, column: line.column) },
        at: SourceLocation(fileID: source.files[line.file].fileID, line: line.line))
    }
  }

  private mutating func resolve(caption: String, of cell: SourceCell) -> [Report.Piece] {
    let pieces = InlineText([caption]).lines.joined(separator: [.text(" ")])
    return pieces.map { resolve($0, file: cell.file, line: cell.lines.lowerBound, column: 1) }
  }

  private mutating func resolve(
    _ piece: InlinePiece, file: Int, line: Int, column: Int
  ) -> Report.Piece {
    switch piece {
    case .text(let text): return .text(text)
    case .mathDelimiter(let isOpening): return .mathDelimiter(isOpening: isOpening)
    case .name(let name, let offset, let isInMath):
      if let value = values[name] {
        let text = isInMath ? Escaping.tex(value.text) : Escaping.markdown(value.text)
        return .value(Report.Value(text: text, published: value, isInMath: isInMath))
      }
      if case .completed? = recording?.end {
        let near = SourceNames.suggestion(for: name, among: values.keys.sorted())
        diagnostics.append(
          Diagnostic(
            at: .init(name: name, file: file, line: line, column: column + offset),
            "the run published nothing under the name '\(name)'\(near)", files: source.files))
      }
      return .missing(name: name)
    case .reference(let label, let offset, let isNumberOnly):
      let number = figureNumbers[label] ?? tableNumbers[label]
      if number == nil, case .completed? = recording?.end {
        diagnostics.append(
          Diagnostic(
            at: .init(name: label, file: file, line: line, column: column + offset),
            "the run showed nothing labelled '\(label)'", files: source.files))
      }
      return .reference(label: label, number: number, isNumberOnly: isNumberOnly)
    }
  }
}
