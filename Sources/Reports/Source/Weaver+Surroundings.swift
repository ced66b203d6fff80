/// What stands outside functions.
extension Weaver {
  /// Weaves what stands outside functions: prose, the imports of the main file, and code under
  /// `//|`. Everything else there is scaffolding.
  mutating func weaveSurroundings(_ lines: [ScannedLine]) {
    var explicitDepth: Int?
    isOutside = true
    defer { isOutside = false }
    for line in lines {
      let previous = code.last?.number
      if let depth = explicitDepth,
        line.marker != nil || line.depth < depth || (line.isBlank && line.depth == depth)
          || previous.map({ $0 + 1 != line.number }) ?? false
      {
        flushCode()
        explicitDepth = nil
      }
      if let marker = line.marker {
        if line.depth > 1 { continue }
        read(marker, of: line)
        continue
      }
      if line.isBlank, code.isEmpty {
        flushProse()
        continue
      }
      let isImport = file == 0 && line.depth == 0 && line.isImport
      if !options.isEmpty, explicitDepth == nil, code.isEmpty, !isImport {
        if opensScaffolding(line) {
          flushCode()
          continue
        }
        explicitDepth = line.depth
      }
      if explicitDepth != nil || isImport {
        flushProse()
        code.append(line)
      } else {
        flush()
      }
    }
    if explicitDepth != nil { flushCode() }
    flush()
  }

  /// Whether a line begins the lab's type or an extension of it.
  func opensScaffolding(_ line: ScannedLine) -> Bool {
    files[file].types.contains { type in
      type.name == labName && line.number <= type.openLine
        && (line.number >= type.line || (type.isMain && line.code.hasPrefix("@main")))
    }
  }

  /// Finds markers that no report shows: inside types and functions that are not woven, and in
  /// files without a chapter.
  mutating func findStrayProse() {
    for (index, scanned) in files.enumerated() {
      let hasChapter = index == 0 || scanned.functions.contains(where: woves)
      for line in outside(index).lines {
        guard let marker = line.marker else { continue }
        let type = scanned.types.first { ($0.openLine...$0.closeLine).contains(line.number) }
        let isInType = line.depth == 1 && type?.name == labName
        if hasChapter, line.depth == 0 || isInType { continue }
        complain(
          file: index, line: line.number, column: line.column,
          hasChapter
            ? "\(Self.name(marker)) stands inside a nested block or a declaration that is not woven;"
              + " move it to the level of report()'s body"
            : "\(Self.name(marker)) stands in a file without a chapter, so no report shows it")
      }
    }
  }

  mutating func takeFrontMatter() {
    guard case .prose(let prose)? = blocks.first, case let lines = prose.lines,
      lines[0].text.trimmed == "---"
    else { return }
    guard let end = lines.dropFirst().firstIndex(where: { $0.text.trimmed == "---" }) else {
      complain(
        file: lines[0].file, line: lines[0].line, column: lines[0].column,
        "the front matter that begins here has no closing '---'")
      return
    }
    let parser = FrontMatterParser(lines[1..<end].map(\.text))
    frontMatter = parser.result
    frontMatter.location = SourceLocation(
      fileID: files[lines[0].file].file.fileID, line: lines[0].line)
    if let index = parser.bibliographyLine {
      let line = lines[1 + index]
      frontMatter.bibliographyLocation = SourceLocation(
        fileID: files[line.file].file.fileID, line: line.line)
    }
    for (offset, column, message) in parser.complaints {
      let line = lines[1 + offset]
      complain(file: line.file, line: line.line, column: line.column + column, message)
    }
    for index in blocks.indices {
      guard case .cell(var cell) = blocks[index] else { continue }
      for option in frontMatter.cellDefaults where !cell.ownOptions.contains(option.key) {
        _ = cell.options.set(option.key, to: option.value)
      }
      blocks[index] = .cell(cell)
    }
    let rest = lines[(end + 1)...].drop { $0.text.trimmed.isEmpty }
    if rest.isEmpty {
      blocks.removeFirst()
    } else {
      blocks[0] = .prose(SourceProse(lines: Array(rest)))
    }
  }

  /// A formatter that sorts imports moves them above the title. The report begins with its title.
  mutating func putImportsBelowTitle() {
    guard blocks.count > 1, case .cell(let cell) = blocks[0], cell.file == 0,
      cell.code.allSatisfy({ $0.text.isEmpty || $0.text.contains("import ") }),
      case .prose = blocks[1]
    else { return }
    blocks.swapAt(0, 1)
  }
}

extension ScannedLine {
  var isImport: Bool {
    guard !startsInsideLiteral else { return false }
    return code.split(separator: " ").prefix { $0 != "import" }.allSatisfy { word in
      word.hasPrefix("@")
        || ["public", "internal", "private", "fileprivate", "package"].contains(word)
    } && code.split(separator: " ").contains("import")
  }
}
