import Foundation
import Testing

@testable import Reports

/// More of what was reported about other engines and tools, tried here.
struct MorePublicReportsTests {
  private func markdown(_ body: String, _ events: Event...) throws -> String {
    var recording = Recording()
    for event in events { recording.record(event) }
    recording.end = .completed
    return try Sample.markdown([Sample.lab(body)], recording)
  }

  private func printed(_ text: String) throws -> String {
    let text = try markdown("a()", .print(text, line: 1))
    let parts = text.components(separatedBy: "```text\n")
    return String(try #require(parts.dropFirst().first).prefix { $0 != "`" })
  }

  @Test
  func `vscode-jupyter 291: a bar above another one is drawn anew`() throws {
    #expect(try printed("Foo\nHello World\n\u{1B}[ABar") == "Foo\nBarlo World\n")
    let bars = "outer 0%\ninner 0%\r\u{1B}[Aouter 50%\u{1B}[K\ninner 100%\r\u{1B}[1Aouter 100%\n\n"
    #expect(try printed(bars + "done\n") == "outer 100%\ninner 100%\ndone\n")
  }

  @Test func `jupyter-mcp-server 426: orders beside colours leave nothing behind`() throws {
    let cases: [(text: String, expected: String)] = [
      ("\u{1B}[?25l50%\u{1B}[2K\r100%\u{1B}[?25h", "100%\n"),
      ("a\u{1B}[3Cb\u{1B}[2Dc", "a  cb\n"), ("one\ntwo\u{1B}[2J\u{1B}[Hthree\n", "three\n"),
      ("a\nb\nc\u{1B}[2F\u{1B}[Jd\n", "d\n"),
      ("abc\u{1B}[2Gx\u{1B}[99999999999999999999Cy", "axcy\n"),
      ("a\u{1B}[5000000Bb\u{1B}[9999999;9999999H", "ab\n"),
    ]
    for (text, expected) in cases {
      #expect(try printed(text) == expected)
    }
  }

  @Test
  func `pandoc-crossref 170, bookdown 209: an underscore in a caption`() throws {
    let body = "//| label: fig-a_b\n//| fig-cap: \"read_csv, foo_bar_ and _x\"\na()"
    let figure = FigureOutput(
      alternativeText: "x", width: 20, height: 10, images: [FigureImage(png: [1])])
    var recording = Sample.recording(.show(.figure(figure), line: 3))
    recording.end = .completed
    // bookdown 446: and one in the label that prose refers to.
    let source = try LabSource(files: [Sample.lab(body + "\n//: See @fig-a_b.")])
    let report = try Report(source: source, recording: recording)
    let text = MarkdownRenderer(figuresFolder: "f").render(report).text
    #expect(text.contains("**Figure 1.** read_csv, foo_bar_ and _x"))
    #expect(text.contains("See [Figure 1](#fig-a_b)."))
    let paper = PandocRenderer(.paper).render(report).text
    #expect(paper.contains("read_csv, foo_bar_ and _x"))
  }

  @Test
  func `jupytext 1533: marks of prose inside a fence of the prose`() throws {
    let text = try markdown(
      "//: ```swift\n//: //: # Title\n//: //| label: x\n//: //-\n//: ```\n//: after")
    #expect(text == "```swift\n//: # Title\n//| label: x\n//-\n```\nafter\n")
  }

  @Test
  func `jupytext 307: quotes in prose open no string`() throws {
    let text = try markdown("//: abcd\"\"\" and #\"\n//: it's /* so\nprint(1)\n//: end")
    #expect(text.contains("abcd\"\"\" and #\"\nit's /* so\n"))
    #expect(text.contains("```swift\nprint(1)\n```\n\nend\n"))
  }

  @Test
  func `Pluto.jl 208: a value in a table and in a list`() throws {
    let text = try markdown(
      "//: | a | b |\n//: |---|--:|\n//: | x | \\(v) |\n//:\n//: * y = \\(v)",
      .publish(Published("v", text: "1|2")))
    #expect(text == "| a | b |\n|---|--:|\n| x | 1\\|2 |\n\n* y = 1\\|2\n")
  }

  @Test
  func `knitr 1621, rmarkdown 1444: code with a fence in a string`() throws {
    let text = try markdown("let a = \"\"\"\n  ```{r}\n  ````\n  \"\"\"\nprint(a)")
    #expect(text.hasPrefix("`````swift\n"))
    #expect(text.contains("\n`````\n"))
  }

  @Test
  func `knitr 655: a value whose name is broken by a line end is said to be none`() {
    let body = "//: aaa \\(na\n//: me) bbb"
    let text = (try? markdown(body, .publish(Published("name", text: "1")))) ?? "refused"
    #expect(text == "aaa \\(na\nme) bbb\n" || text == "refused")
  }

  @Test
  func `knitr 244: a value in a formula, without quotes around it`() throws {
    let text = try markdown("//: So $2 + 2 = \\(v)$.", .publish(Published("v", value: 4)))
    #expect(text == "So $`2 + 2 = 4`$.\n")
  }

  @Test
  func `r-novice-gapminder 746: a fence in a quotation, however many blanks stand before it`()
    throws
  {
    let markup = Markup(text: ">  ```r\n> x <- 1\n> ```\n> after\n")
    guard case .quote(let inside)? = markup.blocks.first?.kind,
      case .code(let code)? = inside.first?.kind
    else {
      Issue.record("no code in a quotation: \(markup.blocks)")
      return
    }
    #expect(code.text == "x <- 1\n")
    #expect(inside.count == 2)
  }

  @Test
  func `CommonMark.jl 38: blanks between bars and rules of a table`() throws {
    let markup = Markup(text: "| a  |  b |\n| ---  |  :-: |\n|1 | 2|\n")
    guard case .table(let grid)? = markup.blocks.first?.kind else {
      Issue.record("no table: \(markup.blocks)")
      return
    }
    #expect(grid.alignments == [nil, .center] && grid.rows.count == 1)
  }

  @Test
  func `quarto-cli 9304: a reference to what is nowhere is an error before anything is written`() {
    #expect(throws: SourceDiagnostics.self) { try markdown("//: See @fig-nowhere.\na()") }
  }

  @Test
  func `A number and a full stop at the start of a line begin no list`() throws {
    let prose = "//: They are about\n//: \\(n). The next, again\n//: \\(n)) is it."
    #expect(
      try markdown(prose, .publish(Published("n", value: 1)))
        == "They are about\n1\\. The next, again\n1\\) is it.\n")
    #expect(
      try markdown(prose, .publish(Published("n", text: "a")))
        == "They are about\na. The next, again\na) is it.\n")
    let callout = "//: - Hint: \\(n). And so on"
    #expect(
      try markdown(callout, .publish(Published("n", value: 2))).contains("\n2\\. And so on\n"))
  }
}
