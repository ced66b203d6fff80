/// The parts of a whole document.
extension MarkdownWriter {
  /// Title, author and keywords. Takes the title out of the prose where it stands there, so that the
  /// summary can come right below it.
  mutating func title(_ report: Report, _ blocks: inout [Report.Block]) {
    let matter = report.frontMatter
    if let title = matter.title {
      add("# " + title, .source, at: matter.location)
    } else if case .prose(var lines)? = blocks.first {
      let start = lines.prefix { $0.leadingText.trimmed.isEmpty && $0.pieces.count <= 1 }.count
      if start < lines.count, Heading(lines[start].leadingText)?.level == 1 {
        add(line(lines[start].pieces, at: lines[start].location))
        lines.removeFirst(start + 1)
        while let first = lines.first, first.pieces.isEmpty { lines.removeFirst() }
        if lines.isEmpty { blocks.removeFirst() } else { blocks[0] = .prose(lines) }
      }
    }
    let byline = [matter.authors.joined(separator: ", "), matter.date ?? ""].filter { !$0.isEmpty }
    if !byline.isEmpty {
      separate()
      add("*" + byline.joined(separator: " · ") + "*", .source, at: matter.location)
    }
    if !matter.keywords.isEmpty {
      separate()
      add("**Keywords:** " + matter.keywords.joined(separator: ", "), .source, at: matter.location)
    }
  }

  // MARK: Stretches of outputs

  mutating func open(_ name: SlotName) {
    separate()
    guard style.isGitHub else { return }
    add(name.opening)
  }

  mutating func close() {
    guard style.isGitHub else { return }
    separate()
    add(SlotName.closing)
    add("", .source)
  }

  /// In a skeleton: where outputs may be.
  mutating func slot(_ name: SlotName, _ demands: [SlotDemand] = []) {
    separate()
    var line = DocumentLine(name.opening, .slot(name))
    line.demands = demands
    add(line)
    add("", .source)
  }

  // MARK: Summary

  /// Whether the claims hold, and how the run ended; nothing when there is nothing to say.
  mutating func summary(_ summary: Report.Summary) {
    let failing = summary.claims.enumerated().filter { $0.element.outcome != .holds }
    let end = summary.end.failure
    guard !summary.claims.isEmpty || end != nil || !summary.missingErrors.isEmpty else { return }
    open(SlotName(label: "summary"))
    separate()
    let count = Self.counted(summary.claims.count, "claim")
    if let end {
      alert("CAUTION")
      let place = end.location.map { " at `\($0)`" } ?? ""
      add("> **The run did not come to its end\(place):** \(Self.words(end.output))")
      if !summary.claims.isEmpty {
        add(">")
        add(
          "> \(count) had been evaluated, \(failing.isEmpty ? "all hold" : "\(failing.count) of them not holding")."
        )
      }
    } else if failing.isEmpty, summary.missingErrors.isEmpty {
      add("**✓ \(count), \(summary.claims.count == 1 ? "it holds" : "all hold").**")
    } else {
      alert("CAUTION")
      add(
        failing.isEmpty
          ? "> **✗ An expected error did not come.**"
          : "> **✗ \(failing.count) of \(count) \(failing.count == 1 ? "does" : "do") not hold:**")
    }
    let missing = summary.missingErrors.map { "> - expected error: \($0)" }
    if !failing.isEmpty || !missing.isEmpty { add(">") }
    for (index, claim) in failing {
      let what = claim.outcome == .broken ? " (proves nothing)" : ""
      add(
        style.isGitHub
          ? "> - [\(markdown(claim.sentence))](#claim-\(index + 1))\(what)"
          : "> - \(markdown(claim.sentence))\(what)")
    }
    for line in missing { add(line) }
    close()
  }

  private mutating func alert(_ kind: String) {
    if style.isGitHub { add("> [!\(kind)]") }
  }

  private static func words(_ failure: FailureOutput) -> String {
    let first = failure.message.split(separator: "\n").first.map { String($0) } ?? ""
    return Escaping.markdown(first)
  }

  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  // MARK: Contents

  /// Links to the headings of the second and third level.
  mutating func contents(_ blocks: [Report.Block]) {
    var targets: [String: Int] = [:]
    var entries: [(level: Int, line: DocumentLine)] = []
    for case .prose(let lines) in blocks {
      var isInFence = false
      for source in lines {
        if source.leadingText.trimmed.hasPrefix("```") { isInFence.toggle() }
        guard !isInFence, let heading = Heading(source.leadingText), (2...3).contains(heading.level)
        else { continue }
        var pieces = source.pieces
        pieces[0] = .text(
          String(source.leadingText.dropFirst(heading.level)).drop { $0 == " " }.description)
        let rendered = line(pieces)
        let target =
          style.isGitHub
          ? Slug.gitHub(rendered.text) : rendered.text.replacing(" ", with: "-")
        let earlier = targets[target, default: 0]
        targets[target] = earlier + 1
        let isExact = rendered.pieces.allSatisfy { if case .literal = $0 { true } else { false } }
        var entry = DocumentLine("- [", .source, at: source.location)
        entry.indent(by: heading.level == 3 ? "  " : "")
        entry.append(rendered)
        let link = target + (earlier == 0 ? "" : "-\(earlier)")
        entry.append(
          isExact
            ? DocumentLine("](#\(link))")
            : DocumentLine(
              text: "](#\(link))", pieces: [.literal("](#"), .anything, .literal(")")],
              kind: .source, at: nil))
        entries.append((heading.level, entry))
      }
    }
    guard !entries.isEmpty else { return }
    separate()
    for entry in entries { add(entry.line) }
  }

  // MARK: Origin

  /// Below everything else: how the report was made, for programs.
  mutating func origin(_ origin: ReportOrigin?) {
    guard let origin else { return }
    separate()
    add(origin.comment, .source)
  }

  // MARK: Provenance

  mutating func provenance(_ provenance: Report.Provenance) {
    let isEmpty =
      provenance.parameters.isEmpty && provenance.dataSources.isEmpty
      && provenance.quotations.isEmpty && provenance.environment == nil
      && provenance.remembered.isEmpty
    if isEmpty { return }
    open(SlotName(label: "provenance"))
    separate()
    add("## Provenance")
    if !provenance.parameters.isEmpty {
      table(
        Table(
          provenance.parameters,
          columns: [
            .column("Parameter") { "`\($0.name)`" },
            .column("Value") { Escaping.markdown($0.text) },
          ]))
    }
    if !provenance.dataSources.isEmpty {
      table(
        Table(
          provenance.dataSources,
          columns: [
            .column("Data file") { "`\($0.name)`" }, .column("Bytes", \.byteCount),
            .column("SHA-256") { "`\($0.sha256)`" },
          ]))
    }
    if !provenance.quotations.isEmpty {
      table(
        Table(
          provenance.quotations,
          columns: [
            .column("Quoted value", \.name), .column("Value", \.text),
            .column("Source") { $0.quotedFrom ?? "" },
          ]))
    }
    for value in provenance.remembered {
      separate()
      let words =
        value.since.map { "was computed at \($0) and remembered" } ?? "was computed in this run"
      let marks = style.isGitHub ? ("<!-- volatile -->", "<!-- /volatile -->") : ("", "")
      let start = "The value *\(Escaping.markdown(value.name))* " + marks.0
      add(
        DocumentLine(
          text: start + words + "." + marks.1,
          pieces: [.literal(start), .anything, .literal("." + marks.1)], kind: .output, at: nil))
    }
    if let environment = provenance.environment {
      separate()
      var text = "\(environment.toolchain) on \(environment.platform)."
      if let timing = environment.timing { text += " " + timing }
      let marks = style.isGitHub ? ("<!-- volatile -->", "<!-- /volatile -->") : ("", "")
      add(
        DocumentLine(
          text: "Run with " + marks.0 + text + marks.1,
          pieces: [.literal("Run with " + marks.0), .anything, .literal("." + marks.1)],
          kind: .output, at: nil))
    }
    close()
  }
}

extension DocumentLine {
  fileprivate mutating func append(_ other: DocumentLine) {
    text += other.text
    for piece in other.pieces {
      if case .literal(let more) = piece, case .literal(let before)? = pieces.last {
        pieces[pieces.count - 1] = .literal(before + more)
      } else {
        pieces.append(piece)
      }
    }
  }

  fileprivate mutating func indent(by spaces: String) {
    let plain = DocumentLine(spaces + text)
    text = plain.text
    pieces = plain.pieces
  }
}
