import Foundation
import Testing

@testable import Reports

/// Values, names of mutants, cells of tables and printed text say what they are, whatever they hold.
struct TextIsTextTests {
  private func markdown(_ body: String, _ events: Event...) throws -> String {
    var recording = Recording()
    for event in events { recording.record(event) }
    return try Sample.markdown([Sample.lab(body)], recording)
  }

  /// Everything that Markdown reads in a piece of text except text.
  private func meanings(_ text: String) -> [Markup.InlineKind] {
    guard
      case .paragraph(let inlines)? = Markup.parse([text.documentLines], dialect: .generated)[0]
        .blocks.first?.kind
    else { return [.text("no paragraph")] }
    return inlines.map(\.kind).filter { if case .text = $0 { false } else { true } }
  }

  static let nasty = [
    "[link](https://a.b)", "![picture](a.png)", "~~struck~~", "<b>bold</b>", "a | b", "$x$ and $y$",
    "*em* __strong__", "`code`", "https://a.b/c", "www.example.org", "&lt;", "[1]: x", "\\*",
    "<!--",
    "# no heading", "- no item", "1. no item", "> no quote", "+ no", "1) no", "==",
  ]

  @Test func `A published value is text`() throws {
    for value in Self.nasty {
      for prose in ["\\(v)", "is \\(v) so", "| \\(v) | b |"] {
        let text = try markdown("//: " + prose, .publish(Published("v", text: value)))
        let shown = text.split(separator: "\n").first.map { String($0) } ?? ""
        #expect(meanings(shown) == [], "\(shown)")
        let names = Report.Names()
        guard
          case .paragraph(let inlines)? = Markup.parse([[shown]], dialect: .generated)[0].blocks
            .first?.kind
        else { continue }
        #expect(names.plain(inlines).contains(value), "\(shown)")
      }
    }
  }

  @Test func `A mutants name is text`() throws {
    for name in Self.nasty {
      let verdict = Verdict(
        "holds", measured: name, requirement: "above 0", isMet: true,
        mutants: [.init(name, measured: name, passes: false)])
      let text = try markdown("a()", .show(.verdict(verdict), line: 1))
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("- ✓") })
      let kinds = meanings(String(line.dropFirst(2)))
      #expect(kinds.count == 2, "\(line)")
    }
  }

  @Test func `Cells of tables know code from HTML`() throws {
    let table = Table(
      columns: [.init("`Array<Int>`"), .init("b")],
      rows: [
        ["`a < b`", "$a<b$"], ["<b>a</b> < 1", "[a](b) ![c](d)"], ["~~no~~ *yes*", "a | b\nc"],
      ])
    let text = try markdown("a()", .show(.table(table), line: 1))
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("|") }.map { row in
      row.split(separator: "  ").joined(separator: " ").replacing("\u{A0}", with: " ")
    }
    #expect(rows[0].contains("`Array<Int>`"))
    #expect(rows[2].contains("`a < b`") && rows[2].contains("$`a<b`$"))
    #expect(rows[3].contains(#"&lt;b>a&lt;/b> &lt; 1"#) && rows[3].contains(#"\[a](b) !\[c](d)"#))
    #expect(rows[4].contains(#"\~~no~~ *yes*"#) && rows[4].contains(#"a \| b<br>c"#))
  }

  @Test func `Printed text is what a terminal shows`() {
    let cases: [(printed: String, expected: String)] = [
      ("10%\r100%\rok", "ok0%"), ("\u{1B}[31mred\u{1B}[0m", "red"),
      ("\u{1B}]8;;https://a.b\u{1B}\\link\u{1B}]8;;\u{1B}\\ x", "link x"),
      ("\u{1B}]8;;https://a.b\u{7}link\u{1B}]8;;\u{7}", "link"), ("\u{1B}(Ba\u{1B})0b", "ab"),
      ("wrong\r\u{1B}[Kright", "right"), ("wrong\u{1B}[2Kright", "     right"),
      ("abc\u{8}\u{8}\u{1B}[1Kx", " xc"), ("abc\u{8}\u{8}\u{1B}[0Kx", "ax"), ("ab\u{8}c", "ac"),
      ("a\u{0}b\u{7F}", "a␀b␡"),
      ("a\u{9B}31m", "a\u{FFFD}31m"), ("one\r\ntwo\r\n", "one\ntwo"),
    ]
    for (printed, expected) in cases {
      #expect(PrintedText.clean(printed) == expected)
    }
  }

  @Test func `Control characters reach no caption claim or cell`() throws {
    let figure = FigureOutput(
      caption: "c\u{1B}[2Jap", alternativeText: "al\u{7}t", width: 1, height: 1,
      images: [.init(png: [1])])
    let table = Table(columns: [.init("h\u{0}")], rows: [["\u{1B}]0;title\u{7}cell"]])
    let verdict = Verdict("s\u{1B}[1m", measured: "m\u{8}", requirement: "r\u{1}", isMet: false)
    let text = try markdown(
      "//: \\(v)\na()", .publish(Published("v", text: "v\u{1B}[0m\u{2}")),
      .show(.figure(figure), line: 2), .show(.table(table), line: 2),
      .show(.verdict(verdict), line: 2))
    let controls = text.unicodeScalars.filter { $0.value < 32 && $0 != "\n" || $0.value == 127 }
    #expect(controls.isEmpty)
    #expect(text.contains("cap") && text.contains("al␇t") && text.contains("v␂"))
  }

  @Test func `A missing value inside a formula reads well`() throws {
    let text = try markdown(
      "//: $a = \\(v)$ and \\(v)\nfail()", .end(.threw(message: "no", location: Sample.line(2))))
    #expect(text.contains("$`a = \\text{not run}`$ and *not run*"))
  }

  @Test func `Formulas that GitHub would spoil are kept`() throws {
    let text = try markdown("//: See $$a\\,b$$ and $$c$$; it costs 6$, and 7$.")
    #expect(text == "See $`\\displaystyle a\\,b`$ and $$c$$; it costs 6$, and 7$.\n")
  }

  @Test func `Generated Markdown is read as blocks`() throws {
    let text = try markdown(
      "a()", .show(.markdown("$$\na\\,b\n$$\n\n```\n$x\\,y$ <!-- /output -->\n"), line: 1))
    #expect(text.contains("```math\na\\,b\n```\n"))
    // A fence that the lab left open is closed: the rest of the report stands outside it.
    #expect(text.contains("```\n$x\\,y$ <!-- /output -->\n```\n\n<!-- /output -->"))
  }

  @Test func `Paths in links lead to their files`() throws {
    let cases: [String] = [
      "a#b", "a?b", "a\"b", "a<b>", "50%", "a b", "a[1](2)", "ü%20", "a&b", "a`b", "a:b", "a\\b",
      "a|b",
    ]
    for folder in cases {
      let figure = FigureOutput(
        alternativeText: "a", width: 1, height: 1,
        images: [.init(png: [1]), .init(.dark, png: [2])])
      var recording = Recording()
      recording.record(.show(.figure(figure), line: 2))
      let source = try LabSource(files: [Sample.lab("//| label: fig-a\na()")])
      let report = try Report(source: source, recording: recording)
      let text = MarkdownRenderer(figuresFolder: folder).render(report).text
      #expect(DocumentLinks.files(in: text) == ["\(folder)/fig-a-dark.png", "\(folder)/fig-a.png"])
      #expect(!text.contains("\(folder)/fig") || folder.allSatisfy { $0.isLetter })
    }
  }

  @Test func `Labels that lead to one file are refused`() throws {
    func picture(dark: Bool = false) -> Output {
      let images = [FigureImage(png: [1])] + (dark ? [FigureImage(.dark, png: [2])] : [])
      return .figure(FigureOutput(alternativeText: "a", width: 1, height: 1, images: images))
    }
    func complaint(_ first: String, _ second: String, dark: Bool = false) -> String {
      let body = "//| label: \(first)\na()\n//| label: \(second)\nb()"
      do {
        _ = try markdown(
          body, .show(picture(dark: dark), line: 2), .show(picture(), line: 4))
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(complaint("fig-a", "fig-a-dark", dark: true).contains("fig-a-dark.png"))
    #expect(complaint("fig-a", "fig-a-dark") == "")
    #expect(complaint("fig-a", "Fig-A").contains("two pictures"))
    // Pictures without labels get names that are free.
    let text = try markdown(
      "//: # T\n//: ## a\na()\nb()\n//: ## a-1\nc()", .show(picture(), line: 3),
      .show(picture(), line: 3), .show(picture(), line: 6))
    let files = DocumentLinks.files(in: text)
    #expect(files.count == 3 && Set(files).count == 3, "\(files)")
  }
}
