import Foundation
import Reports

/// A lab that begins from a notebook: its Markdown is the prose, its code is quoted beside cells to be
/// written, and what it showed is kept to compare with.
struct NotebookLab {
  private let notebook: ForeignNotebook
  private let lab: LabName
  /// The lab's source.
  private(set) var source = ""
  /// Pictures by their paths below docs/.
  private(set) var pictures: [String: Data] = [:]
  /// Cells whose Markdown a report would not take as it is, counted from 1.
  private(set) var quoted: [Int] = []

  /// Makes the lab.
  ///
  /// - Throws: A sentence where no lab can be made of the notebook.
  init(_ notebook: ForeignNotebook, _ lab: LabName) throws {
    self.notebook = notebook
    self.lab = lab
    var blocks: [Block] = []
    for (index, cell) in notebook.cells.enumerated() {
      let number = index + 1
      if cell.kind == "code" {
        if !cell.text.allSatisfy(\.isWhitespace) { blocks += code(cell, number) }
      } else if !cell.text.allSatisfy(\.isWhitespace) {
        blocks.append(.prose(prose(cell, number)))
      }
    }
    // The first thing that a report says is its title.
    let hasTitle = notebook.cells.first?.text.hasPrefix("# ") ?? false
    if !hasTitle { blocks.insert(.prose(["# \(lab.type)"]), at: 0) }
    source = Self.text(blocks, lab)
    do {
      _ = try Self.woven(source)
    } catch {
      throw Complaint("no lab can be made of \(notebook.name): \(error)")
    }
  }

  /// A piece of the lab.
  private enum Block {
    case prose([String])
    case code([String])
  }

  private static func woven(_ source: String) throws -> LabSource {
    try LabSource(
      files: [SourceFile(fileID: "notebook/Lab.swift", path: "Lab.swift", text: source)],
      parameters: [])
  }

  private static func text(_ blocks: [Block], _ lab: LabName) -> String {
    var rest = blocks[...]
    var lines: [String] = []
    if case .prose(let title)? = rest.popFirst() { lines += marked(title) }
    lines += [
      "import LabKit", "", "@main", "struct \(lab.type): Lab {", "  func report() throws {",
    ]
    var isProse = false
    for block in rest {
      switch block {
      case .prose(let text):
        if isProse { lines.append("    //:") }
        lines += marked(text).map { "    " + $0 }
        isProse = true
      case .code(let code):
        lines += code.map { "    " + $0 } + [""]
        isProse = false
      }
    }
    while lines.last == "" { lines.removeLast() }
    return (lines + ["  }", "}", ""]).joined(separator: "\n")
  }

  private static func marked(_ text: [String]) -> [String] {
    text.map { $0.allSatisfy(\.isWhitespace) ? "//:" : "//: " + $0 }
  }

  private static func lines(_ text: String) -> [String] {
    var lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
    while lines.last?.allSatisfy(\.isWhitespace) ?? false { lines.removeLast() }
    return lines
  }

  /// A block of code in a fence that nothing in it ends.
  private static func fenced(_ text: [String], _ language: String) -> [String] {
    let longest = text.flatMap { $0.matches(of: /`+/).map(\.0.count) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return [fence + language] + text + [fence]
  }

  // MARK: Markdown

  /// A Markdown cell as prose; where a report would not take it, as a quotation.
  private mutating func prose(_ cell: ForeignNotebook.Cell, _ number: Int) -> [String] {
    let text = Self.lines(moved(cell, number)).map { line in
      // In a lab this would be the name of a value.
      line.replacing("\\(", with: "\\\\(").replacing("\u{0}", with: "")
    }
    if text.first != "---",
      (try? Self.woven(Self.text([.prose(["# A"]), .prose(text)], lab))) != nil
    {
      return text
    }
    quoted.append(number)
    return Self.fenced(Self.lines(cell.text), "markdown")
  }

  /// The cell's text with its pictures where the report finds them.
  private mutating func moved(_ cell: ForeignNotebook.Cell, _ number: Int) -> String {
    var pictures = pictures
    let text = cell.text.replacing(/(!\[[^\]]*\]\(|<img[^>]*\bsrc=")([^)"\s]+)/) { match in
      let address = String(match.2)
      let name =
        address.hasPrefix("attachment:") ? String(address.dropFirst("attachment:".count)) : address
      let decoded = name.removingPercentEncoding ?? name
      // A notebook may come from anywhere, and what it brings along is published: nothing that stands
      // outside of its folder.
      let isOutside =
        decoded.contains(":") || decoded.hasPrefix("/")
        || decoded.split(separator: "/").contains("..")
      let file = notebook.folder.appending(path: decoded).path
      let data =
        cell.attachments[decoded]
        ?? (isOutside ? nil : (try? FileManager.default.wholeFile(file)) ?? nil)
      guard let data else { return String(match.0) }
      let ending = decoded.split(separator: ".").last.map { "." + $0 } ?? ""
      let path = "\(lab.command)_notebook/cell-\(number)-\(pictures.count + 1)\(ending)"
      pictures[path] = data
      return match.1 + path
    }
    self.pictures = pictures
    return text
  }

  // MARK: Code

  /// A code cell: folded as a quotation with what it showed, and a cell to be written.
  private mutating func code(_ cell: ForeignNotebook.Cell, _ number: Int) -> [Block] {
    var text = ["<details><summary>Cell \(number) of \(Self.plain(notebook.name))</summary>", ""]
    text += Self.fenced(Self.lines(cell.text), notebook.language)
    var values: [String] = []
    var shown: [String] = []
    for output in cell.outputs {
      switch output {
      case .text(let words): shown += Self.lines(words)
      case .error(let words): shown += ["ended with " + words]
      case .picture(let data, let ending):
        let path = "\(lab.command)_notebook/cell-\(number)-\(pictures.count + 1).\(ending)"
        pictures[path] = data
        text += ["", "It showed:", "", "![What cell \(number) showed](\(path))"]
      }
    }
    if !shown.isEmpty {
      let kept = shown.count > 40 ? Array(shown.prefix(39)) + ["…"] : shown
      text += ["", "It printed:", ""] + Self.fenced(kept.map(Self.visible), "text")
    }
    text += ["", "</details>"]
    if shown.count == 1, let value = Double(shown[0].trimmingCharacters(in: .whitespaces)),
      value.isFinite
    {
      let source = "cell \(number) of \(notebook.name.filter { $0 != "\"" && $0 != "\\" })"
      values = [
        "publish(\"notebook\(number)\", \(value), as: .shortest, quotedFrom: \"\(source)\")"
      ]
    }
    return [.prose(text), .code(["// Cell \(number), in Swift."] + values)]
  }

  private static func plain(_ text: String) -> String { HTML.escaped(text) }

  /// Without the colours of a terminal and other characters that no source may hold.
  private static func visible(_ line: String) -> String {
    line.replacing(/\u{1B}\[[0-9;]*[A-Za-z]/, with: "").filter { character in
      character == "\t" || character.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
    }
  }
}
