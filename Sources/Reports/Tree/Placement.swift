/// Gives figures and tables their labels, numbers and file names, and joins printed text.
struct Placement {
  private(set) var figureNumbers: [String: Int] = [:]
  private(set) var tableNumbers: [String: Int] = [:]
  private(set) var repeatedLabels: [(label: String, cell: SourceCell)] = []
  private(set) var unusableLabels: [(label: String, cell: SourceCell)] = []

  private var labels: Set<String> = []
  private var claims = 0

  /// Whether there was a run.
  let isKnown: Bool

  init(isKnown: Bool) {
    self.isKnown = isKnown
  }

  /// A cell with its items; the captions, still to be resolved, by the index of their item.
  mutating func place(
    _ source: SourceCell, name: String, fileID: String, outputs: [Output], state: Report.Cell.State
  ) -> (cell: Report.Cell, captions: [Int: String]) {
    var cell = Report.Cell(
      id: name, options: source.options, code: source.code, fileID: fileID, items: [], state: state)
    var captions: [Int: String] = [:]
    var items = Items(isVisible: source.options.include && source.options.output != .hidden)
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
        items.addText(text.hasSuffix("\n") ? text : text + "\n", .standardOutput)
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
      case .figure(let figure):
        figureIndex += 1
        guard items.isVisible else { continue }
        let label =
          figure.label
          ?? Self.label(source.options, prefix: "tbl-", index: figureIndex, of: figures)
        // Figures that share a label share a number; it stands with the caption, below the last.
        let numbered =
          figure.label ?? (figureIndex == figures && label != nil ? source.options.label : nil)
        let fallback = figures == 1 ? name : "\(name)-\(figureIndex)"
        register(label, of: source)
        if let caption = figure.caption
          ?? (figureIndex == figures ? source.options.figureCaption : nil)
        {
          captions[items.nextIndex] = caption
        }
        items.add(
          .figure(
            Report.PlacedFigure(
              figure: figure, name: label ?? fallback, label: label,
              number: Self.number(numbered, prefix: "fig-", in: &figureNumbers), caption: [],
              alternativeText: source.options.figureAlternativeText ?? figure.alternativeText)))
      case .table(let table):
        tableIndex += 1
        guard items.isVisible else { continue }
        let label =
          table.label ?? Self.label(source.options, prefix: "fig-", index: tableIndex, of: tables)
        let numbered = table.label ?? (tableIndex == 1 ? label : nil)
        register(label, of: source)
        if let caption = table.caption ?? (tableIndex == 1 ? source.options.tableCaption : nil) {
          captions[items.nextIndex] = caption
        }
        items.add(
          .table(
            Report.PlacedTable(
              table: table, label: label,
              number: Self.number(numbered, prefix: "tbl-", in: &tableNumbers), caption: [])))
      }
    }
    cell.items = items.finished()
    return (cell, captions)
  }

  /// The cell's label for its n-th figure or table; a label with the other kind's prefix is not
  /// meant for it.
  private static func label(
    _ options: CellOptions, prefix other: String, index: Int, of count: Int
  ) -> String? {
    guard let label = options.label, !label.hasPrefix(other) else { return nil }
    return count == 1 || index == 1 ? label : "\(label)-\(index)"
  }

  private static func number(
    _ label: String?, prefix: String, in numbers: inout [String: Int]
  ) -> Int? {
    guard let label, label.hasPrefix(prefix) else { return nil }
    if let number = numbers[label] { return number }
    let number = numbers.count + 1
    numbers[label] = number
    return number
  }

  private mutating func register(_ label: String?, of cell: SourceCell) {
    guard let label else { return }
    // A label names a file: `../x` must not leave the figures' folder.
    if !CellOptions.isLabel(label) { unusableLabels.append((label, cell)) }
    if !labels.insert(label).inserted { repeatedLabels.append((label, cell)) }
  }
}

/// The items of a cell while they gather.
private struct Items {
  private var items: [Report.Item] = []
  private var text = ""
  private var stream = TextStream.standardOutput
  let isVisible: Bool

  init(isVisible: Bool) {
    self.isVisible = isVisible
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
    if !clean.isEmpty { items.append(.text(PrintedText.cut(clean), stream)) }
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
  private var isInFence = false

  init() {}

  mutating func read(_ lines: [ProseLine]) {
    for line in lines {
      if line.text.trimmed.hasPrefix("```") { isInFence.toggle() }
      guard !isInFence, let heading = Heading(line.text) else { continue }
      let slug = Slug.file(heading.text)
      section = slug.isEmpty ? "cell" : slug
    }
    isInFence = false
  }

  mutating func name(_ cell: SourceCell) -> String {
    if let label = cell.options.label { return label }
    counts[section, default: 0] += 1
    return "\(section)-\(counts[section, default: 1])"
  }
}
