/// Gives figures and tables their labels, numbers and file names, and joins printed text.
struct Placement {
  private(set) var numbers: [Label: Int] = [:]
  private(set) var repeatedLabels: [(label: String, cell: SourceCell)] = []
  private(set) var sharedFiles: [(file: String, first: String, cell: SourceCell)] = []
  private(set) var unusableLabels: [(label: String, cell: SourceCell)] = []
  /// Options with a caption for what has one of its own, given in code.
  private(set) var unusedCaptions: [(option: String, cell: SourceCell)] = []

  private var labels: Set<String> = []
  /// Which picture a file belongs to. Some file systems do not tell `a` from `A`.
  private var owners: [String: String] = [:]
  private var counts: [Label.Kind: Int] = [:]
  private var claims = 0

  /// Whether there was a run.
  let isKnown: Bool

  /// The width that the report asks for its figures.
  private let figureWidth: Double?

  init(isKnown: Bool, figureWidth: Double?) {
    self.isKnown = isKnown
    self.figureWidth = figureWidth
  }

  /// A cell with its items; the captions, still to be resolved, by the index of their item.
  mutating func place(
    _ source: SourceCell, name: String, fileID: String, outputs: [Output], state: Report.Cell.State
  ) -> (cell: Report.Cell, captions: [Int: Caption]) {
    var cell = Report.Cell(
      id: name, options: source.options, code: source.code, fileID: fileID, items: [], state: state)
    var captions: [Int: Caption] = [:]
    var items = Items(
      isVisible: source.options.include && source.options.output != .hidden,
      mostLines: source.options.mostLines)
    let figures = outputs.count { if case .figure = $0 { true } else { false } }
    let tables = outputs.count { if case .table = $0 { true } else { false } }
    var figureIndex = 0
    var tableIndex = 0
    for output in outputs {
      switch output {
      case .text(let text, let stream):
        if stream == .standardOutput, source.options.output == .asIs {
          items.add(.markdown(text))
        } else {
          items.addText(text, stream)
        }
      case .value(let text):
        // By bytes: "\r\n" is one character, which does not end in "\n".
        let isWholeLine = text.utf8.last == UInt8(ascii: "\n")
        items.addText(isWholeLine ? text : text + "\n", .standardOutput)
      case .markdown(let text): items.add(.markdown(text))
      case .verdict(let verdict):
        claims += 1
        items.add(.verdict(verdict, number: claims))
      case .comparison(let comparison):
        claims += 1
        items.add(.comparison(comparison, number: claims))
      case .failure(let failure):
        // What ended the run is never hidden.
        items.add(.failure(failure), isForced: failure.kind != .expected)
      case .figure(var figure):
        figureIndex += 1
        if let figureWidth, figure.width > 0 {
          figure.height *= figureWidth / figure.width
          figure.width = figureWidth
        }
        guard items.isVisible else { continue }
        let label =
          figure.label
          ?? Self.label(source.options, except: .table, index: figureIndex, of: figures)
        // Figures that share a label share a number; it stands with the caption, below the last.
        let numbered =
          figure.label ?? (figureIndex == figures && label != nil ? source.options.label : nil)
        register(label, of: source)
        let stem = label ?? freeName(figures == 1 ? name : "\(name)-\(figureIndex)")
        own(stem, figure, of: source)
        let caption = figureIndex == figures ? source.options.figureCaption : nil
        if let caption = figure.caption ?? caption {
          captions[items.nextIndex] = Caption(text: caption, isGivenInCode: figure.caption != nil)
        }
        if figure.caption != nil, caption != nil { unusedCaptions.append(("fig-cap", source)) }
        items.add(
          .figure(
            Report.PlacedFigure(
              figure: figure, name: stem, label: label, number: number(numbered, .figure),
              caption: nil,
              alternativeText: PrintedText.visible(
                source.options.figureAlternativeText ?? figure.alternativeText))))
      case .table(let table):
        tableIndex += 1
        guard items.isVisible else { continue }
        let label =
          table.label ?? Self.label(source.options, except: .figure, index: tableIndex, of: tables)
        let numbered = table.label ?? (tableIndex == 1 ? label : nil)
        register(label, of: source)
        let caption = tableIndex == 1 ? source.options.tableCaption : nil
        if let caption = table.caption ?? caption {
          captions[items.nextIndex] = Caption(text: caption, isGivenInCode: table.caption != nil)
        }
        if table.caption != nil, caption != nil { unusedCaptions.append(("tbl-cap", source)) }
        items.add(
          .table(
            Report.PlacedTable(
              table: table, label: label, number: number(numbered, .table), caption: nil,
              mostRows: source.options.mostRows)))
      }
    }
    cell.items = items.finished()
    return (cell, captions)
  }

  /// The cell's label for its n-th figure or table; a label of the other kind is not meant for it.
  private static func label(
    _ options: CellOptions, except other: Label.Kind, index: Int, of count: Int
  ) -> String? {
    guard let label = options.label, Label(label).kind != other else { return nil }
    return count == 1 || index == 1 ? label : "\(label)-\(index)"
  }

  private mutating func number(_ name: String?, _ kind: Label.Kind) -> Int? {
    guard let label = name.map({ Label($0) }), label.kind == kind else { return nil }
    if let number = numbers[label] { return number }
    let number = counts[kind, default: 0] + 1
    counts[kind] = number
    numbers[label] = number
    return number
  }

  /// A name for a picture without a label, that no file has yet.
  private func freeName(_ name: String) -> String {
    var candidate = name
    var count = 1
    while owners[candidate.lowercased()] != nil {
      count += 1
      candidate = "\(name)-\(count)"
    }
    return candidate
  }

  /// Notes which files a picture leads to, and which of them another has already.
  private mutating func own(_ stem: String, _ figure: FigureOutput, of cell: SourceCell) {
    let hasDark = figure.images.count > 1 && figure.images.contains { $0.appearance == .dark }
    for file in hasDark ? [stem, stem + "-dark"] : [stem] {
      let key = file.lowercased()
      // A label that stands twice is complained of as such.
      if let first = owners[key], first != stem {
        sharedFiles.append((file + ".png", first, cell))
      }
      owners[key] = stem
    }
  }

  private mutating func register(_ label: String?, of cell: SourceCell) {
    guard let label else { return }
    // A label names a file: `../x` must not leave the figures' folder.
    if !Label.isUsable(label) { unusableLabels.append((label, cell)) }
    if !labels.insert(label).inserted { repeatedLabels.append((label, cell)) }
  }
}

/// A caption before it is parsed.
struct Caption {
  var text: String

  /// Whether the run gave it, and not an option: then it is text in which links, pictures and HTML
  /// mean nothing.
  var isGivenInCode: Bool
}

/// The items of a cell while they gather.
private struct Items {
  private var items: [Report.Item] = []
  private var text = ""
  private var stream = TextStream.standardOutput
  let isVisible: Bool

  private let mostLines: Int

  init(isVisible: Bool, mostLines: Int) {
    self.isVisible = isVisible
    self.mostLines = mostLines
  }

  /// The index of the item that is added next.
  var nextIndex: Int { items.count + (PrintedText.clean(text).isEmpty ? 0 : 1) }

  mutating func addText(_ added: String, _ stream: TextStream) {
    guard isVisible else { return }
    if stream != self.stream { flush() }
    self.stream = stream
    text += added
  }

  mutating func add(_ item: Report.Item, isForced: Bool = false) {
    guard isVisible || isForced else { return }
    flush()
    items.append(item)
  }

  private mutating func flush() {
    let clean = PrintedText.clean(text)
    if !clean.isEmpty { items.append(.text(PrintedText.cut(clean, mostLines: mostLines), stream)) }
    text = ""
  }

  mutating func finished() -> [Report.Item] {
    flush()
    return items
  }
}

/// Names cells by label, else by section and place in it, so that a new cell in one section renames
/// nothing in another.
struct CellNaming {
  private var section = "cell"
  private var counts: [String: Int] = [:]

  init() {}

  mutating func read(_ markup: Markup) {
    for heading in markup.headings {
      let slug = Slug.file(markup.source(heading.range))
      section = slug.isEmpty ? "cell" : slug
    }
  }

  mutating func name(_ cell: SourceCell) -> String {
    if let label = cell.options.label { return label }
    counts[section, default: 0] += 1
    return "\(section)-\(counts[section, default: 1])"
  }
}
