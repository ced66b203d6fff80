internal import Numbers

/// The parts of a whole document.
extension MarkdownWriter {
  /// Title, author and keywords.
  mutating func title(_ report: Report) {
    let matter = report.frontMatter
    if let title = matter.title {
      add("# " + title, .source, at: matter.location)
    } else if let title = report.title {
      let edits = MarkupEdits(title.markup)
      for heading in title.markup.headings
      where title.lines.contains(heading.block.lines.lowerBound) {
        add(
          heading.range.map { line($0, of: title, edits, prefix: "# ") }
            ?? DocumentLine("#", .source, at: title.locations[heading.block.lines.lowerBound]))
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
    let missing = summary.missingErrors.map { "> - expected error: \(Escaping.value($0))" }
    if !failing.isEmpty || !missing.isEmpty { add(">") }
    for (index, claim) in failing {
      let what = claim.outcome == .broken ? " (proves nothing)" : ""
      add(
        style.isGitHub || style.pandoc != nil
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
    let first = failure.message.documentLines.first { !$0.isEmpty } ?? ""
    return Escaping.value(first)
  }

  static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }

  // MARK: Contents

  /// Links to the headings of the second and third level.
  mutating func contents(_ blocks: [Report.Block]) {
    var targets: [String: Int] = [:]
    var entries: [DocumentLine] = []
    for case .prose(let prose) in blocks {
      let edits = MarkupEdits(prose.markup)
      for heading in prose.markup.headings {
        guard prose.lines.contains(heading.block.lines.lowerBound), (2...3).contains(heading.level),
          let range = heading.range
        else { continue }
        let rendered = line(range, of: prose, edits, hasAnchors: false)
        let target =
          style.isGitHub || style.pandoc != nil
          ? Slug.gitHub(names.plain(heading.inlines)) : rendered.text.replacing(" ", with: "-")
        let earlier = targets[target, default: 0]
        targets[target] = earlier + 1
        let isExact = rendered.pieces.allSatisfy { if case .literal = $0 { true } else { false } }
        var entry = DocumentLine(
          heading.level == 3 ? "  - [" : "- [", .source, at: rendered.location)
        entry.append(rendered)
        let link = "](#\(target)\(earlier == 0 ? "" : "-\(earlier)"))"
        if isExact {
          entry.append(literal: link)
        } else {
          entry.text += link
          entry.pieces += [.literal("](#"), .anything, .literal(")")]
        }
        entries.append(entry)
      }
    }
    if hasReferenceHeading(blocks) {
      let earlier = targets["references", default: 0]
      let target =
        style.isGitHub || style.pandoc != nil
        ? "references" + (earlier == 0 ? "" : "-\(earlier)") : Self.referencesTitle
      entries.append(DocumentLine("- [\(Self.referencesTitle)](#\(target))"))
    }
    guard !entries.isEmpty else { return }
    separate()
    if style.pandoc != nil { add("::: {#contents}\n") }
    for entry in entries { add(entry) }
    if style.pandoc != nil { add("\n:::") }
  }

  // MARK: References

  private static let referencesTitle = "References"

  /// Whether the list of works gets a heading: not where the last thing that the author wrote is one.
  private func hasReferenceHeading(_ blocks: [Report.Block]) -> Bool {
    if names.referenceList.isEmpty { return false }
    if case .prose(let prose)? = blocks.last, case .heading? = prose.blocks.last?.kind {
      return false
    }
    return true
  }

  /// The works that are cited.
  mutating func references(_ blocks: [Report.Block]) {
    if names.referenceList.isEmpty { return }
    separate()
    if hasReferenceHeading(blocks) { add("## " + Self.referencesTitle, .source) }
    for reference in names.referenceList {
      if !endsInBlankLine { add("", .source) }
      add(style.anchor(reference.id) + markdown(reference.text), .source)
    }
    add("", .source)
  }

  // MARK: Navigation and origin

  /// The links to other pages, which are the folder's.
  mutating func navigation(_ links: String?) {
    guard let links, style.isGitHub else { return }
    for line in [ReportNavigation.opening, links, ReportNavigation.closing] {
      separate()
      add(DocumentLine(line))
    }
  }

  /// Below everything else: how the report was made, for programs.
  mutating func origin(_ origin: ReportOrigin?) {
    guard let origin else { return }
    separate()
    add(origin.line(hasRun: hasRun))
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
      let rows = TableColumn<DataSource>.column(
        "Rows", { $0.rowCount.map { NumberFormat.integer.string(Double($0)) } ?? "–" },
        alignment: .trailing)
      table(
        Table(
          provenance.dataSources,
          columns: [.column("Data file") { "`\($0.name)`" }]
            + (provenance.dataSources.contains { $0.rowCount != nil } ? [rows] : [])
            + [.column("Bytes", \.byteCount), .column("SHA-256") { "`\($0.sha256)`" }]))
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
