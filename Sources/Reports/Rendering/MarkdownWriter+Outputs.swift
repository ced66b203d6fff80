import Numbers

/// What a cell showed, as Markdown.
extension MarkdownWriter {
  /// One item, as a block of its own.
  mutating func item(_ item: Report.Item, at location: SourceLocation?) {
    switch item {
    case .text(let text, .standardOutput):
      separate()
      fenced(text)
    case .text(let text, .standardError):
      separate()
      add("> **Standard error**")
      add(">")
      fenced(text, prefix: "> ")
    case .markdown(let text): blocks(text)
    case .table(let table): placed(table, at: location)
    case .figure(let figure): placed(figure, at: location)
    case .verdict(let verdict, let number): claim(verdict, number: number)
    case .comparison(let comparison, let number): compared(comparison, number: number)
    case .failure(let failure): failed(failure, at: location)
    }
  }

  mutating func fenced(_ text: String, language: String = "text", prefix: String = "") {
    let fence = Escaping.fence(for: text)
    add(prefix + fence + language)
    for line in text.documentLines {
      add((prefix + line).trimmedEnd)
    }
    add(prefix + fence)
  }

  // MARK: Claims

  private mutating func claim(_ verdict: Verdict, number: Int) {
    let mutants = verdict.mutants
    let rejected = mutants.filter { !$0.passes }.map { Self.words($0) }
    var tail = ""
    if !rejected.isEmpty {
      tail = "; rejects " + rejected.joined(separator: ", ")
    }
    let measured =
      "measured \(Escaping.value(verdict.measured)), required \(markdown(verdict.requirement))"
    switch verdict.outcome {
    case .holds:
      listItem("✓ **\(markdown(verdict.sentence))**: \(measured)\(tail).")
    case .fails:
      caution(number, "✗ **\(markdown(verdict.sentence))** does not hold: \(measured)\(tail).")
    case .broken:
      let passing = mutants.filter(\.passes).map { Self.words($0) }
      caution(
        number,
        "✗ **\(markdown(verdict.sentence))** proves nothing, for a deliberately wrong subject passes too: "
          + passing.joined(separator: ", ") + ". Here: \(measured)\(tail).")
    }
  }

  private static func words(_ mutant: Verdict.Mutant) -> String {
    "*\(Escaping.value(mutant.name))* (\(Escaping.value(mutant.measured)))"
  }

  /// Claims one after the other make one list.
  private mutating func listItem(_ text: String) {
    if claimsEnd != lines.count { separate() }
    add("- " + text)
    claimsEnd = lines.count
  }

  private mutating func caution(_ number: Int?, _ text: String) {
    separate()
    let target = number.map { style.anchor("claim-\($0)") } ?? ""
    if style.isGitHub { add("> [!CAUTION]") }
    add("> \(style.isGitHub || style.pandoc != nil ? target : "")\(text)")
  }

  private mutating func compared(_ comparison: ComparisonResult, number: Int) {
    switch comparison.outcome {
    case .holds:
      listItem("✓ **\(markdown(comparison.sentence))**: \(markdown(comparison.requirement)).")
    case .fails:
      caution(
        number,
        "✗ **\(markdown(comparison.sentence))** does not hold: \(markdown(comparison.requirement))."
      )
    case .broken:
      caution(
        number,
        comparison.mutants.isEmpty
          ? "✗ **\(markdown(comparison.sentence))** proves nothing: it was given no mutant to reject."
          : "✗ **\(markdown(comparison.sentence))** proves nothing: it lets a deliberately wrong result pass."
      )
    }
    table(comparison.table)
  }

  // MARK: Errors

  private mutating func failed(_ failure: FailureOutput, at location: SourceLocation?) {
    let place = location.map { " in `\($0.fileID)`" } ?? ""
    switch failure.kind {
    case .expected:
      separate()
      add("> **Throws, as it should:** \(Escaping.value(failure.message))")
    case .missing:
      caution(
        nil, "✗ **An error was expected, and none was thrown:** \(Escaping.value(failure.message))")
    case .threw: caution(nil, "**The run ended here\(place) with an error.**")
    case .trapped: caution(nil, "**The run crashed here\(place).**")
    case .interrupted: caution(nil, "**The run was interrupted here.**")
    case .timedOut: caution(nil, "**The run took too long and was stopped here.**")
    }
    switch failure.kind {
    case .threw, .trapped, .timedOut:
      separate()
      fenced(PrintedText.cut(PrintedText.clean(failure.message)))
    case .expected, .missing, .interrupted: break
    }
  }
}

extension ComparisonResult {
  /// The parts, then the mutants; the verdicts first, for a phone shows no more than two columns.
  var table: Table {
    // Errors span many orders of magnitude; those that a reader can count need no power of ten.
    func error(_ value: Double) -> Table.Cell {
      let format: NumberFormat =
        switch value {
        case 0, 100..<1000: .integer
        case 0.001..<100: .significant(digits: 2)
        default: .scientific(digits: 2)
        }
      return Table.Cell(value, as: format)
    }
    func cells(_ distance: Distance) -> [Table.Cell] {
      let units = distance.unitsInLastPlace
      return [
        error(distance.absolute), error(distance.relative),
        Table.Cell(units, as: units < 1e6 ? .integer : .scientific(digits: 2)),
      ]
    }
    let own = parts.map { part in
      [
        part.isWithinTolerance ? "✓ within" : "✗ **beyond**",
        Table.Cell(Escaping.value(part.name)), Table.Cell(Double(part.count), as: .integer),
      ] + cells(part.distance)
    }
    let wrong = mutants.map { mutant in
      [
        mutant.passes ? "✗ **passes**" : "✓ rejected",
        Table.Cell("mutant: " + Escaping.value(mutant.name)), "",
      ] + cells(mutant.distance)
    }
    return Table(
      columns: [
        .init("Verdict"), .init("Compared"), .init("Elements", alignment: .trailing),
        .init("Largest absolute error", alignment: .trailing),
        .init("Largest relative error", alignment: .trailing),
        .init("Units in the last place", alignment: .trailing),
      ], rows: own + wrong)
  }
}

extension String {
  /// Without white space at its end: in Markdown two spaces there would break the line.
  var trimmedEnd: String {
    guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(self[...last])
  }
}
