/// A document on disk, taken apart into lines and stretches of outputs by its own comments.
struct CommittedDocument {
  /// A piece that is compared as one.
  enum Item {
    /// A line, with its number counted from 1.
    case line(String, number: Int)

    /// A stretch of outputs, with the numbers of its lines, its comments included, and whether
    /// a blank line, or nothing, follows as it should.
    case stretch(SlotName, lines: ClosedRange<Int>, isSetOff: Bool)
  }

  let lines: [String]

  /// For each line the index of the comment that ends outputs which begin before it, if one does.
  private let closings: [Int?]

  /// A copy with the line ends of Windows is the same document: its lines are taken apart by bytes,
  /// as to `Character` CR and LF together are one that is neither.
  init(_ text: String) {
    var lines = text.documentLines
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    self.init(lines: lines)
  }

  /// The lines of a document that was just rendered, with comments where they are written.
  init(_ rendered: [DocumentLine]) {
    self.init(lines: rendered.map(\.text))
  }

  private init(lines: [String]) {
    self.lines = lines
    closings = Self.closings(lines)
  }

  /// The document with certain stretches of outputs folded into one item each.
  ///
  /// A folded stretch takes the blank line after it along, as nothing else would separate it from
  /// what follows once it is gone.
  func items(folding: (SlotName) -> Bool) -> [Item] {
    var items: [Item] = []
    var index = 0
    var fence: String?
    while index < lines.count {
      let line = lines[index]
      if let open = fence {
        if line == open { fence = nil }
      } else if line.hasPrefix("```") {
        fence = String(line.prefix { $0 == "`" })
      } else if let name = SlotName(line), folding(name), let end = closing(after: index) {
        let isSetOff = end + 1 >= lines.count || lines[end + 1].isEmpty
        items.append(.stretch(name, lines: (index + 1)...(end + 1), isSetOff: isSetOff))
        index = end + (isSetOff ? 2 : 1)
        continue
      }
      items.append(.line(line, number: index + 1))
      index += 1
    }
    return items
  }

  /// The index of the comment that closes a stretch; text that a lab printed may look like one.
  private func closing(after start: Int) -> Int? {
    start + 1 < lines.count ? closings[start + 1] : nil
  }

  /// For each line the first closing comment from there on that stands in no fenced block.
  ///
  /// From the end to the beginning, so that many openings without a closing cost no more than few.
  private static func closings(_ lines: [String]) -> [Int?] {
    var closings = [Int?](repeating: nil, count: lines.count + 1)
    // Where a line next is nothing but a fence.
    var fences: [Substring: Int] = [:]
    for index in lines.indices.reversed() {
      let line = lines[index].drop { $0 == ">" || $0 == " " }
      if line.hasPrefix("```") {
        let fence = line.prefix { $0 == "`" }
        // An open fence goes to the end where nothing closes it.
        closings[index] = fences[fence].flatMap { closings[$0 + 1] }
        if line == fence { fences[fence] = index }
      } else {
        closings[index] = lines[index] == SlotName.closing ? index : closings[index + 1]
      }
    }
    return closings
  }

  /// What remains of volatile outputs when everything that may differ is taken away: which blocks
  /// there are, and how many columns a table has.
  func form(_ range: ClosedRange<Int>) -> [String] {
    var form: [String] = []
    var fence: String?
    func add(_ kind: String) {
      if form.last != kind { form.append(kind) }
    }
    for line in lines[(range.lowerBound - 1)..<range.upperBound] {
      if let open = fence {
        add("text")
        if line == open {
          fence = nil
          form.append("end")
        }
      } else if line.hasPrefix("```") {
        form.append(line)
        fence = String(line.prefix { $0 == "`" })
      } else if line.isEmpty {
        continue
      } else if line.hasPrefix("|") {
        add("row of \(line.split(separator: "|", omittingEmptySubsequences: false).count - 2)")
      } else if line.hasPrefix("<") {
        // Tags without their attributes' values.
        add(String(line.prefix { $0 != " " && $0 != ">" }))
      } else if line.hasPrefix(">") || line.hasPrefix("- ") || line.hasPrefix("#") {
        add(String(line.prefix { $0 != " " }))
      } else {
        add("paragraph")
      }
    }
    return form
  }
}
