import Foundation
import Testing

@testable import Reports

/// A text with the line ends of Windows is the same text. To Swift `"\r\n"` is one `Character`, which
/// is no `"\n"` and at which nothing that looks for one splits; so each place that reads a text by its
/// lines is tried, and the sources are searched for new ones.
@Suite struct LineEndTests {
  private func windows(_ text: String) -> String {
    text.replacing("\n", with: "\r\n")
  }

  @Test(arguments: [
    "# A\n\nText\n<!-- output a -->\n| a |\n|---|\n| 1 |\n<!-- /output -->\nMore\n", "\n", "a\n\n",
  ])
  func `A document has the same lines`(text: String) {
    #expect(text.documentLines == windows(text).documentLines)
    #expect(CommittedDocument(text).lines == CommittedDocument(windows(text)).lines)
    #expect(CommittedDocument(text).stretches == CommittedDocument(windows(text)).stretches)
  }

  @Test func `A document has the same links`() {
    let text = "See [a](a.md)\nand ![b](b.png)\n\n<img src=\"c.png\">\n[d]: d.md\n\n[d]\n"
    #expect(!DocumentLinks.files(in: text).isEmpty)
    #expect(DocumentLinks.files(in: text) == DocumentLinks.files(in: windows(text)))
    #expect(OutlineEntry.all(in: "a\n\n## B\n") == OutlineEntry.all(in: windows("a\n\n## B\n")))
  }

  @Test func `A notebook has the same lines`() throws {
    func lines(_ end: String) throws -> [String] {
      let json = """
        {"nbformat": 4, "cells": [
          {"cell_type": "markdown", "id": "a", "source": ["# A\(end)", "b\(end)"]},
          {"cell_type": "code", "id": "b", "source": "x\(end)y", "outputs": [
            {"output_type": "stream", "name": "stdout", "text": ["1\(end)", "2\(end)"]},
            {"output_type": "error", "ename": "e", "evalue": "one\(end)two", "traceback": []},
            {"output_type": "display_data", "data": {"text/markdown": ["| a |\(end)", "b\(end)"]}}]}]}
        """
      return try CommittedNotebook(json, path: "a.ipynb").document.lines
    }
    #expect(try lines("\\n").contains("two"))
    #expect(try lines("\\n") == lines("\\r\\n"))
  }

  @Test func `A value that ends its line gets no second end`() throws {
    func markdown(_ text: String) throws -> String {
      try Sample.markdown([Sample.lab("show(a)")], Sample.recording(.show(.value(text), line: 1)))
    }
    #expect(try markdown("one\r\ntwo\r\n") == markdown("one\ntwo\n"))
    #expect(try markdown("one\r\ntwo") == markdown("one\ntwo\n"))
  }

  /// U+2028 ends a line for `\.isNewline`, and not in a file.
  @Test(arguments: ["\n", "\r\n"], ["", "a\u{2028}b", "<!-- labkit {} -->"])
  func `An origin is found`(end: String, title: String) throws {
    let origin = ReportOrigin(lab: "area", options: ["--title", title])
    let document = "# A\(end)\(end)Text \(title)\(end)\(end)\(origin.comment)\(end)"
    #expect(ReportOrigin(in: document) == origin)
  }

  @Test func `The code behind a line is the same`() throws {
    let lab = Sample.lab("//: # T\nlet a = 1\n\n// A remark.\nlet b = \"\u{c}\"\n//: Prose.\nf(a)")
    var copy = lab
    copy.text = windows(lab.text)
    for line in 1...12 {
      let place = SourceLocation(fileID: lab.fileID, line: line)
      #expect(
        try LabSource(files: [lab]).codeBehind(place)
          == LabSource(files: [copy]).codeBehind(place))
    }
  }

  @Test func `A complaint shows the same line`() throws {
    let lab = Sample.lab("//: # T\n//: The loss is \\(los).\npublish(\"loss\", 1)")
    var copy = lab
    copy.text = windows(lab.text)
    func said(_ file: SourceFile) throws -> String {
      try LabSource(files: [file]).unknownNames(parameters: []).map { "\($0)" }
        .joined(separator: "\n")
    }
    #expect(try said(lab).contains("//: The loss is"))
    #expect(try said(copy) == said(lab))
  }

  @Test func `A finding has the same place`() throws {
    var places: [[String]] = []
    for isCopy in [false, true] {
      let lab = try CheckedLab()
      try lab.commit()
      let text = try lab.folder.read(lab.name)
        .replacing("That is all.", with: "That was all, see [here](none.md).")
      try lab.folder.write(isCopy ? windows(text) : text, to: lab.name)
      let found = try lab.atRest().findings
      #expect(found.count >= 2, "\(found)")
      places.append(
        found.map { "\($0.place): \($0.message)".replacing(lab.folder.path, with: "") })
    }
    #expect(places[0] == places[1])
  }

  // MARK: The sources

  /// Where a `"\n"` is looked for and a line of Windows cannot come: a part of the line, and why.
  private static let sound = [
    ("HeaderJSON.swift", "case \"\\n\": result +=", "goes through scalars"),
    ("JSON.swift", "case \"\\n\": text +=", "goes through scalars"),
    ("PrintedText.swift", "firstIndex(of:", "lines that were taken apart and joined before"),
    ("MarkdownWriter+Generated.swift", "phrase(text", "what is visible has no CR"),
    ("MarkdownWriter+Generated.swift", "<br>", "what is visible has no CR"),
    ("Escaping.swift", ".replacing(\"\\n\"", "the other end is gone in the line above"),
    ("MemoryFile.swift", "code.prefix", "`codeBehind` ends its lines itself"),
    ("Staging.swift", "(list ?? \"\")", "our own file"),
    ("Entity.swift", "names.split", "a table in the source"),
    ("Changes.swift", "(changed.output", "git ends its lines so everywhere, and quotes names"),
    ("Setting.swift", "run.output.split", "words of a tool of Linux"),
  ]

  @Test func `The sources split lines at both ends`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    // `joined(separator: "\n")` makes lines; all else that takes a "\n" as an argument, compares with
    // it or splits at it reads them.
    let making = #"joined(separator: "\n")"#
    let argument = #"separator: |\b(of|By|after|before|while): "#
    let call = #"\b(hasSuffix|hasPrefix|contains|replacing)\("#
    let reads = try Regex("(\(argument)|\(call)|case |[=!]= |, )" + #""\\n""#)
    var found: [String] = []
    var unused = Self.sound
    for folder in ["Sources", "Labs"] {
      let top = root.appending(path: folder).path
      for name in FileManager.default.enumerator(atPath: top)?.compactMap({ $0 as? String }) ?? []
      where name.hasSuffix(".swift") {
        let text = try String(contentsOfFile: top + "/" + name, encoding: .utf8)
        guard text.contains(#""\n""#) else { continue }
        for (index, line) in text.documentLines.enumerated() {
          let code = line.drop { $0 == " " }.replacing(making, with: "")
          guard !code.hasPrefix("//"), code.contains(#""\n""#), code.contains(reads) else {
            continue
          }
          // Both ends are named, or bytes are compared.
          if code.contains(#""\r\n""#) || code.contains("UInt8(ascii:") { continue }
          func isIt(_ sound: (String, String, String)) -> Bool {
            name.hasSuffix("/" + sound.0) && code.contains(sound.1)
          }
          if !Self.sound.contains(where: isIt) { found.append("\(name):\(index + 1): \(code)") }
          unused.removeAll(where: isIt)
        }
      }
    }
    #expect(found.isEmpty, "a text may have the line ends of Windows: see `documentLines`")
    #expect(unused.isEmpty, "allowed, and not there")
  }
}
