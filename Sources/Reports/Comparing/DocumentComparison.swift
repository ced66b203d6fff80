/// A rendered document held against a committed one.
struct DocumentComparison {
  /// What may differ.
  enum Mode {
    /// Only volatile content.
    case exact

    /// Volatile content, and numbers within their tolerance.
    case tolerant

    /// All outputs and values: the rendered document is a skeleton.
    case source
  }

  /// A place where the documents differ.
  struct Difference {
    /// What the source or the run gives.
    var expected: [DocumentLine]

    /// What is committed, with line numbers.
    var committed: [(text: String, number: Int)]

    /// The committed line at which it stands, or would have to stand.
    var line: Int
  }

  private enum Item {
    case line(DocumentLine)
    case slot(SlotName, DocumentLine)
    case stretch(OutputStretch, [DocumentLine])
  }

  private(set) var differences: [Difference] = []

  /// Demands of options that nothing in the outputs meets, with the line that opens the outputs.
  private(set) var unmet: [(demand: SlotDemand, line: Int)] = []
  let committed: CommittedDocument

  /// Compares documents of Markdown.
  init(_ rendered: [DocumentLine], committed text: String, mode: Mode) {
    self.init(rendered, stretches: nil, committed: CommittedDocument(text), mode: mode)
  }

  /// Compares a report with a document.
  init(_ rendered: RenderedReport, committed: CommittedDocument, mode: Mode) {
    self.init(
      rendered.lines, stretches: rendered.notebookStretches, committed: committed, mode: mode)
  }

  /// - Parameter stretches: Where outputs stand among the lines; `nil` for Markdown, which says it.
  private init(
    _ rendered: [DocumentLine], stretches: [OutputStretch]?, committed: CommittedDocument,
    mode: Mode
  ) {
    self.committed = committed
    var rendered = rendered
    while rendered.last?.text.isEmpty ?? false { rendered.removeLast() }
    let fresh = mode == .source ? Self.skeleton(rendered) : Self.folded(rendered, stretches)
    let old = committed.items { mode == .source || $0.isVolatile }
    let found = LineDifference(fresh.map(Self.number), old.map(Self.number)) { first, second in
      matches(fresh[first], old[second], mode: mode)
    }
    var position = (0, 0)
    for hunk in found.hunks {
      checkDemands(fresh[position.0..<hunk.first.lowerBound], old[position.1...])
      add(hunk, fresh, old)
      position = (hunk.first.upperBound, hunk.second.upperBound)
    }
    checkDemands(fresh[position.0...], old[position.1...])
  }

  /// A number for a line's bytes (the hash of Fowler, Noll and Vo), the same for equal lines.
  private static func number(_ text: String) -> Int {
    Int(
      truncatingIfNeeded: text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
        (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      })
  }

  private static func number(_ item: Item) -> Int {
    switch item {
    case .line(let line): number(line.text)
    case .slot(let name, _): number(name.opening)
    case .stretch(let stretch, _): number(stretch.name.opening)
    }
  }

  private static func number(_ item: CommittedDocument.Item) -> Int {
    switch item {
    case .line(let text, _): number(text)
    case .stretch(let stretch, _): number(stretch.name.opening)
    }
  }

  private func matches(
    _ fresh: Item, _ old: CommittedDocument.Item, mode: Mode
  ) -> Bool {
    switch (fresh, old) {
    case (.line(let line), .line(let text, _)):
      line.matches(text, acceptsTolerance: mode != .exact)
    case (.slot(let name, _), .stretch(let other, let isSetOff)): name == other.name && isSetOff
    case (.stretch(let stretch, _), .stretch(let other, let isSetOff)):
      stretch.name == other.name && isSetOff && stretch.form == other.form
    default: false
    }
  }

  /// Holds the outputs of cells against what their options say.
  private mutating func checkDemands(
    _ fresh: ArraySlice<Item>, _ old: ArraySlice<CommittedDocument.Item>
  ) {
    for (item, other) in zip(fresh, old) {
      guard case .slot(_, let slot) = item, case .stretch(let stretch, _) = other else { continue }
      let range = stretch.lines
      let lines = committed.lines[(range.lowerBound - 1)..<range.upperBound]
      for demand in slot.demands
      where stretch.form.contains(where: { $0.hasPrefix(demand.subject) }) {
        let isMet = lines.contains { line in
          demand.isPart
            ? line.contains(demand.line.text) : demand.line.matches(line, acceptsTolerance: true)
        }
        if !isMet { unmet.append((demand, range.lowerBound)) }
      }
    }
  }

  private static func skeleton(_ lines: [DocumentLine]) -> [Item] {
    var items: [Item] = []
    var afterSlot = false
    for line in lines {
      if case .slot(let name) = line.kind {
        items.append(.slot(name, line))
        afterSlot = true
      } else if !afterSlot || !line.text.isEmpty {
        items.append(.line(line))
        afterSlot = false
      } else {
        // The blank line after a slot goes with it.
        afterSlot = false
      }
    }
    // Before a slot at the very end there is a blank line that nothing follows.
    return items
  }

  private static func folded(_ lines: [DocumentLine], _ stretches: [OutputStretch]?) -> [Item] {
    let texts = lines.map(\.text)
    let document = CommittedDocument(
      lines: texts, stretches: stretches ?? CommittedDocument.stretches(ofMarkdown: texts))
    return document.items(folding: \.isVolatile).map { item in
      switch item {
      case .line(_, let number): .line(lines[number - 1])
      case .stretch(let stretch, _):
        .stretch(
          stretch, Array(lines[(stretch.lines.lowerBound - 1)..<stretch.lines.upperBound]))
      }
    }
  }

  private mutating func add(
    _ hunk: LineDifference.Hunk, _ fresh: [Item], _ old: [CommittedDocument.Item]
  ) {
    var expected: [DocumentLine] = []
    for item in fresh[hunk.first] {
      switch item {
      case .line(let line): expected.append(line)
      case .stretch(_, let lines): expected += lines
      // A cell need not show anything.
      case .slot: break
      }
    }
    var lines: [(text: String, number: Int)] = []
    for item in old[hunk.second] {
      switch item {
      case .line(let text, let number): lines.append((text, number))
      case .stretch(let stretch, _):
        lines += stretch.lines.map { (committed.lines[$0 - 1], $0) }
      }
    }
    // Slots that stayed empty are no difference, nor is the blank line before one at the end.
    if lines.isEmpty, expected.allSatisfy(\.text.isEmpty), hunk.second.lowerBound == old.count {
      return
    }
    if lines.isEmpty, expected.isEmpty { return }
    let line: Int
    if let first = lines.first {
      line = first.number
    } else if hunk.second.lowerBound < old.count {
      switch old[hunk.second.lowerBound] {
      case .line(_, let number): line = number
      case .stretch(let stretch, _): line = stretch.lines.lowerBound
      }
    } else {
      line = max(1, committed.lines.count)
    }
    differences.append(Difference(expected: expected, committed: lines, line: line))
  }
}
