import Foundation
import Reports
import Testing

@testable import labs

@Suite
struct NotebookLabTests {
  private func notebook(_ json: String, _ files: [String: String] = [:]) throws -> NotebookLab {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try folder.write(files.merging(["old.ipynb": json]) { $1 })
    return try NotebookLab(
      ForeignNotebook(folder.appending(path: "old.ipynb").path), LabName("pendulum"))
  }

  private static let json = #"""
    {"nbformat": 4, "metadata": {"language_info": {"name": "python"}}, "cells": [
      {"cell_type": "markdown", "source": ["# Pendulum\n", "The period is $2\\pi$ and \\(x\\).\n",
        "![swing](swing.png)"]},
      {"cell_type": "code", "source": "print(\"```\")\nx = 1", "outputs": [
        {"output_type": "stream", "name": "stdout", "text": ["0.5\n"]},
        {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo="}}]},
      {"cell_type": "markdown", "source": "See @fig-nothing, which no report has."},
      {"cell_type": "code", "source": "fail()", "outputs": [
        {"output_type": "error", "ename": "NameError", "evalue": "no\u001b[31m fail"}]},
      {"cell_type": "code", "source": "  \n", "outputs": []},
      {"cell_type": "markdown", "source": "![in](attachment:a.png)", "attachments":
        {"a.png": {"image/png": "iVBORw0KGgo="}}}
    ]}
    """#

  @Test
  func `Markdown is prose, code is quoted, what it showed is kept`() throws {
    let made = try notebook(Self.json, ["swing.png": "picture"])
    let source = made.source
    #expect(source.hasPrefix("//: # Pendulum\n//: The period is $2\\pi$ and \\\\(x\\).\n"))
    #expect(source.contains("//: ![swing](pendulum_notebook/cell-1-1.png)"))
    #expect(
      source.contains("    //: ````python\n    //: print(\"```\")\n    //: x = 1\n    //: ````"))
    #expect(
      source.contains(
        "publish(\"notebook2\", 0.5, as: .shortest, quotedFrom: \"cell 2 of old.ipynb\")"))
    #expect(source.contains("//: ended with NameError: no fail"))
    #expect(made.quoted == [3] && source.contains("```markdown"))
    #expect(
      Set(made.pictures.keys) == [
        "pendulum_notebook/cell-1-1.png", "pendulum_notebook/cell-2-2.png",
        "pendulum_notebook/cell-6-3.png",
      ])
    #expect(source.contains("struct Pendulum: Lab") && source.contains("// Cell 2, in Swift."))
    _ = try LabSource(
      files: [SourceFile(fileID: "a/Pendulum.swift", path: "Pendulum.swift", text: source)],
      parameters: [])
  }

  @Test(arguments: ["../secret.png", "a/../../secret.png", "/etc/hostname", "%2e%2e/secret.png"])
  func `A picture that stands outside of the notebook's folder is not taken along`(address: String)
    throws
  {
    let json = """
      {"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "![a](\(address))"}]}
      """
    let made = try notebook(json, ["secret.png": "mine", "inner/b.png": "b"])
    #expect(made.pictures.isEmpty)
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try folder.write(["inner/old.ipynb": json, "secret.png": "mine"])
    let inner = try NotebookLab(
      ForeignNotebook(folder.appending(path: "inner/old.ipynb").path), LabName("pendulum"))
    #expect(inner.pictures.isEmpty)
  }

  @Test(arguments: [
    ("{", "it is not the JSON of one"), ("{}", "it has no cells"),
    ("{\"worksheets\": []}", "a notebook of format 3"), ("{\"cells\": []}", "has no cells"),
    ("[1]", "it is not the JSON of one"),
  ])
  func `What is no notebook is refused in a sentence`(json: String, words: String) {
    let error = #expect(throws: Complaint.self) { try notebook(json) }
    #expect(error.map { "\($0)" }?.contains(words) == true)
  }

  @Test func `Cells of odd content make a lab that can be woven`() throws {
    let cases: [String] = [
      "---\ntitle: a\n---", "# A\n\n# B", "\\(x) @tbl-a", "$$ a $$ {#eq-a}\n@eq-b",
      "- Note: a\n  b",
      "<div>\n<img src=\"x.png\">\n</div>", "```\nopen", "/* */ \"\"\" //: x", "\u{0}\u{7}",
      "| a |\n|--|\n| b |",
    ]
    for text in cases {
      let json = try JSONSerialization.data(withJSONObject: [
        "cells": [
          ["cell_type": "markdown", "source": text], ["cell_type": "code", "source": text],
          ["cell_type": "raw", "source": text],
        ]
      ])
      _ = try notebook(String(decoding: json, as: UTF8.self))
    }
  }
}
