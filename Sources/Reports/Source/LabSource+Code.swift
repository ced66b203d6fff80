extension LabSource {
  /// The figures of a line's cell in words, where its `//| fig-alt:` says them.
  package func figureAlternativeText(at location: SourceLocation) -> String? {
    guard let index = cells.index(at: location) else { return nil }
    var left = index
    for case .cell(let cell) in blocks {
      if left == 0 { return cell.options.figureAlternativeText }
      left -= 1
    }
    return nil
  }

  /// The code that may have had a part in what stands on a line: everything but comments and the
  /// cells that stand below it in the same file.
  ///
  /// What a value is computed from may be any declaration of the lab and any cell above. Cells below
  /// can have no part in it, and prose neither, so they may change.
  package func codeBehind(_ location: SourceLocation) -> String {
    let home = files.firstIndex { $0.fileID == location.fileID }
    var later: Set<Int> = []
    for case .cell(let cell) in blocks where cell.file == home && !cell.isDeclaration {
      if cell.lines.lowerBound > location.line { later.formUnion(cell.lines) }
    }
    var code = ""
    for (index, file) in files.enumerated() {
      code += "\(file.fileID)\n"
      let lines = file.text.documentLines
      for (number, line) in lines.enumerated() {
        if index == home, later.contains(number + 1) { continue }
        let bare = line.drop { $0 == " " || $0 == "\t" }
        if bare.isEmpty || bare.hasPrefix("//") { continue }
        code += "\(bare)\n"
      }
    }
    return code
  }
}
