/// Prose on its way into Markdown: lines as the author wrote them, with values, references and formulas
/// in their places.
extension MarkdownWriter {
  /// A stretch of prose; callouts become alerts, and formulas with lines to themselves become fences.
  mutating func prose(_ prose: Report.Prose) {
    separate()
    let edits = MarkupEdits(prose.markup)
    var special: [Int: Markup.Block] = [:]
    for block in prose.blocks {
      switch block.kind {
      case .callout(let callout, _) where !callout.isQuote: special[block.lines.lowerBound] = block
      case .math where style.isGitHub || block.label != nil: special[block.lines.lowerBound] = block
      default: break
      }
    }
    var index = prose.lines.lowerBound
    while index < prose.lines.upperBound {
      if let block = special[index] {
        if case .callout(let callout, _) = block.kind {
          add(callout, block.lines, of: prose, edits)
        } else {
          displayMath(block, of: prose, edits)
        }
        index = block.lines.upperBound
        continue
      }
      let rendered = line(index, of: prose, edits)
      // An alert ends in a blank line of its own.
      let isDoubled = rendered.text.isEmpty && rendered.pieces.isEmpty && endsInBlankLine
      if !isDoubled || edits.isCode[index] { add(rendered) }
      index += 1
    }
    // What the author left open ends with the prose, as in the tree.
    close(Array(prose.markup.lines[prose.lines]), dialect: .lab, at: prose.locations.last ?? nil)
  }

  /// Adds the line that ends what some lines leave open.
  private mutating func close(
    _ lines: [String], dialect: MarkupDialect, at location: SourceLocation?
  ) {
    if let end = BlockParser.missingEnd(of: lines, dialect: dialect) {
      add(end, .source, at: location)
    }
  }

  /// A line of prose, or a stretch of it, with its values.
  ///
  /// - Parameter startsLine: Whether the stretch is what a line begins with.
  func line(
    _ index: Int, of prose: Report.Prose, _ edits: MarkupEdits, columns: Range<Int>? = nil,
    prefix: String = "", kind: DocumentLine.Kind = .source, hasAnchors: Bool = true,
    startsLine: Bool = false
  ) -> DocumentLine {
    var result = DocumentLine(prefix, kind, at: prose.locations[index])
    let bytes = Array(prose.markup.lines[index].utf8)
    let columns = (columns ?? 0..<bytes.count).clamped(to: 0..<bytes.count)
    var position = columns.lowerBound
    func literal(upTo end: Int) {
      guard end > position else { return }
      result.append(literal: String(decoding: bytes[position..<end], as: UTF8.self))
    }
    for edit in edits.lines[index] {
      guard edit.range.lowerBound >= position, edit.range.upperBound <= columns.upperBound else {
        continue
      }
      if !hasAnchors, case .anchor = edit.content { continue }
      literal(upTo: edit.range.lowerBound)
      var content = edit.content
      if startsLine, case .value(let name, .text) = content,
        bytes[columns.lowerBound..<edit.range.lowerBound].allSatisfy(\.isBlank)
      {
        content = .value(name, .lineStart)
      }
      append(content, to: &result)
      position = edit.range.upperBound
      if case .value(let name, .lineStart) = content {
        keepFromListing(name, bytes[position..<columns.upperBound], &result)
      }
    }
    literal(upTo: columns.upperBound)
    return result
  }

  /// A stretch of prose on one line.
  func line(
    _ range: Range<Markup.Position>, of prose: Report.Prose, _ edits: MarkupEdits,
    prefix: String = "", kind: DocumentLine.Kind = .source, hasAnchors: Bool = true
  ) -> DocumentLine {
    var result = DocumentLine(prefix, kind, at: prose.locations[range.lowerBound.line])
    for index in range.lowerBound.line...range.upperBound.line {
      if index > range.lowerBound.line { result.append(literal: " ") }
      let start = index == range.lowerBound.line ? range.lowerBound.column : 0
      let end = index == range.upperBound.line ? range.upperBound.column : Int.max
      result.append(
        line(index, of: prose, edits, columns: start..<max(start, end), hasAnchors: hasAnchors))
    }
    return result
  }

  /// Adds a backslash where a line begins with a number, a full stop and a blank, as a list would.
  private func keepFromListing(
    _ name: String, _ rest: ArraySlice<UInt8>, _ line: inout DocumentLine
  ) {
    guard let first = rest.first, first == UInt8(ascii: ".") || first == UInt8(ascii: ")"),
      rest.dropFirst().first?.isBlank ?? true, let value = names.values[name],
      value.text.utf8.count <= 9, value.text.utf8.allSatisfy(\.isDigit)
    else { return }
    if case .anything? = line.pieces.last {
      // Another run may publish what needs none.
      line.text += "\\"
    } else if !value.isVolatile {
      line.append(literal: "\\")
    }
  }

  private func append(_ content: MarkupEdits.Content, to line: inout DocumentLine) {
    switch content {
    case .text(let text): line.append(literal: text)
    case .anchor(let name): line.append(literal: style.anchor(name))
    case .mathDelimiter(let isOpening, let isDisplay):
      // GitHub's other notation is for formulas in text only.
      line.append(
        literal: !style.isGitHub
          ? isDisplay ? "$$" : "$"
          : isOpening ? isDisplay ? "$`\\displaystyle " : "$`" : "`$")
    case .reference(let label, let isNumberOnly):
      line.append(literal: "[")
      if let words = names.words(for: label, isNumberOnly: isNumberOnly) {
        line.append(literal: names.sections[label] == nil ? words : Escaping.value(words))
      } else {
        if !isNumberOnly { line.append(literal: (label.kind?.word ?? "") + " ") }
        if hasRun { line.append(literal: "?") } else { line.pieces.append(.anything) }
      }
      line.append(literal: "](#\(label.name))")
    case .citation(let key, let citation, let written):
      guard let reference = names.references[key] else {
        line.append(literal: written)
        return
      }
      let words =
        switch citation {
        case .inText: "\(reference.names) (\(reference.year))"
        case .beforeLocator: "\(reference.names) (\(reference.year)"
        case .inParentheses: "\(reference.names) \(reference.year)"
        case .yearOnly: reference.year
        }
      line.append(literal: "[\(words)](#\(Escaping.path(reference.id)))")
    case .value(let name, let surroundings):
      if let value = names.values[name] {
        append(value, surroundings, to: &line)
      } else if hasRun {
        switch surroundings {
        case .text, .lineStart: line.append(literal: "*not run*")
        case .tex: line.append(literal: "\\text{not run}")
        case .attribute: line.append(literal: "not run")
        case .destination: break
        }
      } else {
        line.pieces.append(.anything)
      }
    }
  }

  private func append(
    _ value: Published, _ surroundings: MarkupEdits.Surroundings, to line: inout DocumentLine
  ) {
    let text = Escaping.value(value.text, in: surroundings)
    if value.isVolatile {
      // Comments have no place in formulas and tags.
      let isMarked =
        switch surroundings {
        case .text, .lineStart: style.isGitHub
        case .tex, .attribute, .destination: false
        }
      if isMarked { line.append(literal: "<!-- volatile -->") }
      line.text += text
      line.pieces.append(.anything)
      if isMarked { line.append(literal: "<!-- /volatile -->") }
    } else if value.tolerance != nil, value.value != nil {
      line.text += text
      line.pieces.append(.number(value))
    } else {
      line.append(literal: text)
    }
  }

  // MARK: Blocks that are written in another way

  private mutating func add(
    _ callout: Callout, _ lines: Range<Int>, of prose: Report.Prose, _ edits: MarkupEdits
  ) {
    separate()
    let location = prose.locations[lines.lowerBound]
    let marker = callout.isFolded ? "" : "> "
    if callout.isFolded, style.pandoc == .paper {
      add("**\(callout.name).**", .source, at: location)
      add("", .source)
    } else if callout.isFolded {
      let open = callout.name == "Exercise" ? " open" : ""
      add("<details\(open)><summary><b>\(callout.name)</b></summary>", .source, at: location)
      add("", .source)
    } else if style.isGitHub {
      add("> [!\(callout.alert.rawValue)]", .source, at: location)
    }
    let first = self.lines.count
    for index in lines {
      let bytes = Array(prose.markup.lines[index].utf8)
      var prefix = marker
      var start = callout.textColumn
      if index == lines.lowerBound {
        // GitHub writes the name of its five alerts itself.
        if !callout.isFolded, !(style.isGitHub && callout.isNamedByAlert) {
          prefix = "> **\(callout.name).** "
        }
      } else {
        start = bytes.prefix(callout.contentColumn).prefix { $0 == 32 }.count
      }
      func written(by writer: MarkdownWriter) -> DocumentLine {
        writer.line(
          index, of: prose, edits, columns: start..<max(start, bytes.count), startsLine: true)
      }
      var rendered = written(by: self)
      // Behind its name it was text, whatever it begins with.
      if index == lines.lowerBound, prefix == marker {
        rendered = rendered.asParagraph(outline: written(by: beforeRun))
      }
      var prefixed = DocumentLine(prefix, .source, at: prose.locations[index])
      prefixed.append(rendered)
      rendered = prefixed
      let isKnown = rendered.pieces.allSatisfy { if case .literal = $0 { true } else { false } }
      if rendered.text == prefix, isKnown {
        if index > lines.lowerBound || prefix != marker {
          add(prefix.trimmedEnd, .source, at: prose.locations[index])
        }
      } else {
        add(rendered)
      }
    }
    if callout.isFolded {
      close(
        self.lines[first...].map(\.text), dialect: .generated,
        at: prose.locations[lines.upperBound - 1])
    }
    add("", .source)
    if callout.isFolded, style.pandoc != .paper {
      add("</details>", .source, at: location)
      add("", .source)
    }
  }
}
