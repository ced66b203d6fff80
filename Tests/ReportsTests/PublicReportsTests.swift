import Testing

@testable import Reports

/// What was reported about other engines and tools, tried here; the names are those of the reports.
struct PublicReportsTests {
  private func markdown(_ body: String, _ events: Event...) throws -> String {
    var recording = Recording()
    for event in events { recording.record(event) }
    return try Sample.markdown([Sample.lab(body)], recording)
  }

  @Test
  func `jupytext 188: blank lines that follow each other inside a fence stay`() throws {
    let text = try markdown("//: ```\n//: a\n//:\n//:\n//: b\n//: ```\n//:\n//:\n//: c")
    #expect(text == "```\na\n\n\nb\n```\n\nc\n")
  }

  @Test
  func `jupytext 1429: a fence with words in braces is a fence`() throws {
    let text = try markdown("//: ```{index} equations\n//: ## \\(no) @fig-no\n//: ```\n//: ## Yes")
    #expect(text == "```{index} equations\n## \\(no) @fig-no\n```\n## Yes\n")
  }

  @Test
  func `Literate.jl 175: what looks like prose inside a string of several lines is a string`()
    throws
  {
    let text = try markdown("let a = \"\"\"\n  //: # Example\n  \"\"\"")
    #expect(text.contains("//: # Example"))
  }

  @Test
  func `Literate.jl 217: a comment inside a block stays with its code`() throws {
    let text = try markdown("for x in y {\n  // a comment\n  f(x)\n}")
    #expect(text.contains("for x in y {\n  // a comment\n  f(x)\n}"))
  }

  @Test
  func `knitr 618, quarto-cli 13815: backspaces and colours of a terminal`() throws {
    let text = try markdown(
      "a()", .print("12\u{8}3 \u{1B}[38;5;12mblue\u{1B}[0m\r\n", line: 1))
    #expect(text.contains("```text\n13 blue\n```"))
  }

  @Test func `knitr 1704: a backtick in a value`() throws {
    let text = try markdown("//: Says \\(v).", .publish(Published("v", text: "`code`")))
    #expect(text == "Says \\`code\\`.\n")
  }

  @Test
  func `mdBook 2000, Python-Markdown 436: a bar in code in a table`() throws {
    let table = Table(columns: [.init("op")], rows: [["`a | b`"], ["$P(A|B)$"], ["$T_x < T_y$"]])
    let text = try markdown("a()", .show(.table(table), line: 1))
    let grid = Markup.parse([text.documentLines], dialect: .generated)[0].blocks.compactMap {
      if case .table(let grid) = $0.kind { grid } else { nil }
    }
    let cells = try #require(grid.first).rows.map {
      MarkupTests.sketch($0[0]).replacing("\u{A0}", with: " ")
    }
    #expect(cells == ["code(a | b)", "math(P(A|B))", "quoted(T_x < T_y)"])
  }

  @Test
  func `Quiver 318, ipython 6339: one dollar, and dollars with blanks, are no formula`() throws {
    for prose in ["**Cost $1788 yr @ 149per month**", "Text $  P_{a} + P_{a} $, 5$ and 6$."] {
      #expect(try markdown("//: " + prose) == prose + "\n")
    }
  }

  @Test
  func `mkdocs-callouts 17 and 7: callouts inside code, and lists inside callouts`() throws {
    let code = "````md\n- Note: how\n> [!NOTE]\n```\n- Tip: no\n```\n````"
    let body = code.split(separator: "\n").map { "//: " + $0 }.joined(separator: "\n")
    #expect(try markdown(body) == code + "\n")
    let text = try markdown(
      "//: - Note: a\n//:   - b\n//:     ```\n//:       c\n//:     ```\n//: - d")
    #expect(text == "> [!NOTE]\n> a\n> - b\n>   ```\n>     c\n>   ```\n\n- d\n")
  }

  @Test
  func `quarto-cli 7498: a blank line in a fence in a list`() {
    let inside = Markup(text: "1. a\n\n   ```bash\n   b\n\n   c\n   ```\n2. d")
    #expect(inside.blocks.count == 1)
    // As on GitHub: text that is not indented ends the item, and the fence with it.
    let outside = Markup(text: "1. a\n\n    ```bash\nb\n\nc\n    ```\n\n1. d")
    #expect(outside.blocks.count > 1)
  }

  @Test
  func `Documenter.jl 115, Literate.jl 165 and 171: line ends of Windows`() {
    let text = "# A\r\n\r\n```\r\ncode\r\n```\r\n- Note: b\r\n"
    #expect(Markup(text: text) == Markup(text: text.replacing("\r\n", with: "\n")))
  }

  @Test
  func `Literate.jl 144: a fence in a string of the code`() throws {
    let text = try markdown("let s = \"\"\"\n  ```math\n  x\n  ```\n  \"\"\"")
    #expect(text.hasPrefix("````swift\n") && text.hasSuffix("\n````\n"))
    #expect(Markup(text: text).blocks.count == 1)
  }

  @Test
  func `Literate.jl 171: prose marks inside a comment of several lines`() throws {
    let text = try markdown("/*\n//: # Title\n## Subtitle\n*/\nlet a = 1")
    #expect(text == "```swift\n/*\n//: # Title\n## Subtitle\n*/\nlet a = 1\n```\n")
  }

  @Test
  func `knitr 2255, 1319 and 878: line ends in cells and heads of tables`() throws {
    let table = Table(
      columns: [.init("x\na"), .init("y\nb")], rows: [["1\n2", "3"], ["\n", "4"]])
    let text = try markdown("a()", .show(.table(table), line: 1))
    #expect(text.contains("| x<br>a | y<br>b |"))
    #expect(text.split(separator: "\n").count { $0.hasPrefix("|") } == 4)
  }

  @Test
  func `knitr 1370: a caption with line ends is one line`() throws {
    let table = Table(columns: [.init("x")], rows: [["1"]], caption: "\n\nblah\n# no")
    let text = try markdown("a()", .show(.table(table), line: 1))
    #expect(Markup(text: text).headings.isEmpty)
    #expect(text.split(separator: "\n").contains { $0.hasSuffix("blah # no") }, "\(text)")
  }

  @Test
  func `knitr 1182: dollars in cells of a table are no formula`() throws {
    let table = Table(columns: [.init("x"), .init("y")], rows: [["$A$1 and 5$", "costs 3$, 4$"]])
    let text = try markdown("a()", .show(.table(table), line: 1))
    #expect(text.contains("costs 3$, 4$".replacing(" ", with: "\u{A0}")), "\(text)")
    #expect(Markup(text: text).blocks.contains { if case .table = $0.kind { true } else { false } })
  }

  @Test
  func
    `nbconvert 664 and 1519: dollars with blanks inside; jupyter-book 750: a dollar in a formula`()
  {
    #expect(MarkupTests.sketch(Markup.line("$ x^2 $").blocks[0]).contains("$ x^2 $"))
    #expect(MarkupTests.sketch(Markup.line("$p = \\$1$").blocks[0]).contains("math!(p = \\$1)"))
  }

  @Test
  func `jupyter notebook 4322: dollars in code are code`() throws {
    let code = "```R\nf(a,d=x$y,e=x$z)\n```\n"
    let body = code.split(separator: "\n").map { "//: " + $0 }.joined(separator: "\n")
    #expect(try markdown(body) == code)
  }

  @Test func `quarto-cli 4591: code with angles in a callout`() throws {
    #expect(
      try markdown("//: - Note: Lorem\n//:   `<directory>/**`")
        == "> [!NOTE]\n> Lorem\n> `<directory>/**`\n")
  }

  @Test func `mdbook-admonish 89: a long fence in a callout`() throws {
    let text = try markdown("//: - Hint: a\n//:\n//:   `````\n//:   ```\n//:   `````")
    #expect(text.contains("`````\n```\n`````\n\n</details>"), "\(text)")
  }

  @Test
  func `ZotLit 307: a citation before a colon is no definition of a link`() {
    #expect(MarkupTests.sketch(Markup(text: "[@key]: blah").blocks[0]).contains("cited"))
  }

  @Test
  func `pandoc 8019, 357 and 1034, knitcitations 50: keys beyond ASCII, signs in titles`() {
    let file = BibTeX(
      """
      @Article{Iliescu2006—SiNx, Title = {PECVD—SiN x \\& more}, Author = {Mee{\\^u}s, T}, Year = 2006}
      @article{nordström1992prospective, author={Nordstr{\\"o}m, M.}, year={1992}}
      """)
    #expect(file.mistakes.isEmpty)
    #expect(file.entries.map(\.key) == ["Iliescu2006—SiNx", "nordström1992prospective"])
    #expect(Reference(file.entries[0]).text == "Meeûs, T. 2006. “PECVD—SiN x &amp; more.”")
    #expect(Reference(file.entries[1]).names == "Nordström")
    #expect(MarkupTests.sketch(Markup.line("@Iliescu2006—SiNx").blocks[0]).contains("SiNx)"))
  }

  @Test
  func `quarto-cli 9041: a key with blanks is said to be none`() {
    let mistakes = BibTeX("@online{qurrotul ainur rozi2024,\n title = {D}}").mistakes
    #expect(mistakes.count == 1)
    #expect(mistakes.first?.line == 1)
  }
}
