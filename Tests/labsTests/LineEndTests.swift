import Foundation
import Reports
import Testing

@testable import labs

/// A course on Windows, or with git's `autocrlf`: every text has other line ends and says the same.
@Suite
struct LineEndTests {
  private func windows(_ text: String) -> String {
    text.replacing("\n", with: "\r\n")
  }

  @Test
  func `A report is read by its lines`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text =
      "# The title\n\n**✓ 3 claims, all hold.**\n\nThe mean is 3.5.\n\n"
      + ReportOrigin(lab: "area").comment + "\n"
    let notebook = """
      {"nbformat": 4, "cells": [{"cell_type": "markdown", "id": "a",
        "source": ["# The title\\n", "\\n", "**✓ 3 claims, all hold.**"]}],
        "metadata": {"labkit": {"lab": "area"}}}
      """
    try folder.write([
      "a.md": text, "b.md": windows(text), "c.ipynb": notebook,
      "d.ipynb": notebook.replacing("\\n", with: "\\r\\n"),
    ])
    let reports = try ReportFile.find([folder.path])
    #expect(reports.map(\.title) == Array(repeating: "The title", count: 4))
    #expect(reports.map(\.claims) == Array(repeating: "✓ 3 claims, all hold", count: 4))
    let texts = try ["a.md", "b.md"].map { try ReportText(folder.path + "/" + $0) }
    #expect(texts[0].lines.map(\.text) == texts[1].lines.map(\.text))
    #expect(texts[1].lines.map(\.section).contains("The title"))
    let index = "[a](a.md) [b](b.md)"
    let pages = try Navigation(index: "README.md", text: index, folder: folder.path + "/")
    #expect("\(pages)".contains("[The title →](b.md)"), "\(pages)")
  }

  @Test
  func `What tools say is read by its lines`() {
    let words = "warning: a\nb.swift:1:2: error: no\n   | x\nerror: two\n"
    #expect(CoursePackage.firstError(in: words) == "b.swift:1:2: error: no")
    #expect(CoursePackage.firstError(in: windows(words)) == "b.swift:1:2: error: no")
    #expect(PreviewLoop.complaints(windows(words)) == PreviewLoop.complaints(words))
  }

  @Test
  func `A site has the same formulas and code`() {
    let text = "As $`a`$ says:\n\n```math\na \\tag{1}\n```\n\n````text\n```math\n````\n"
    #expect(SiteMarkdown.forPandoc(text).contains("$$\na"))
    #expect(SiteMarkdown.forPandoc(windows(text)) == SiteMarkdown.forPandoc(text))
  }
}
