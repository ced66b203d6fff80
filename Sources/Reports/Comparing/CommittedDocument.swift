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

  init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.hasSuffix("\r") ? line.dropLast() : line)
    }
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    self.lines = lines
  }

  /// The lines of a document that was just rendered, with comments where they are written.
  init(_ rendered: [DocumentLine]) {
    lines = rendered.map(\.text)
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
    var fence: String?
    for index in (start + 1)..<max(start + 1, lines.count) {
      let line = lines[index].drop { $0 == ">" || $0 == " " }
      if let open = fence {
        if line == open { fence = nil }
      } else if line.hasPrefix("```") {
        fence = String(line.prefix { $0 == "`" })
      } else if lines[index] == SlotName.closing {
        return index
      }
    }
    return nil
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
        add(line.isEmpty ? "text" : "text")
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
