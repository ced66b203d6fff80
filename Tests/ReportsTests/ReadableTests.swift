import Foundation
import Testing

@testable import Reports

/// Settings for a whole report, numbered formulas, references to sections, things that fold.
struct ReadableTests {
  private func markdown(_ body: String, matter: String = "", _ events: Event...) throws -> String {
    var recording = Recording()
    for event in events { recording.record(event) }
    let above = matter.isEmpty ? "" : "//: ---\n" + matter + "//: ---\n"
    return try Sample.markdown([Sample.lab(body, above: above)], recording)
  }

  @Test func `Formulas are numbered`() throws {
    let text = try markdown(
      """
      //: By @eq-b and @eq-a:
      //: $$ a = \\(v) $$ {#eq-a}
      //: $$
      //: b
      //: $$ {#eq-b}
      """, .publish(Published("v", text: "1")))
    #expect(
      difference(
        text,
        """
        By [Equation 2](#eq-b) and [Equation 1](#eq-a):

        <a id="eq-a"></a>

        ```math
        a = 1
        \\tag{1}
        ```

        <a id="eq-b"></a>

        ```math
        b
        \\tag{2}
        ```

        """) == "")
  }

  @Test func `Formulas are numbered on pages and paper`() throws {
    let file = Sample.lab("//: $$ a = b $$ {#eq-a}\n//:\n//: $$ c $$ {#eq-c}\n//:\n//: @eq-c\na()")
    let report = try Report(source: LabSource(files: [file]), recording: Recording())
    let page = PandocRenderer(.page).render(report).text
    #expect(page.contains("::: {#eq-a .equation}\n\n$$\na = b\n$$\n[(1)]{.number}\n\n:::\n"))
    #expect(page.contains("[(2)]{.number}") && !page.contains("\\tag"))
    let paper = PandocRenderer(.paper).render(report).text
    #expect(paper.contains("[]{#eq-c}\n\n$$\nc\n\\qquad\\text{ (2)}\n$$\n"))
    #expect(paper.contains("[Equation 2](#eq-c)"))
  }

  @Test func `Sections can be referred to`() throws {
    let text = try markdown("//: # Title\n//: ## Padding *here* {#sec-pad}\n//: See @sec-pad.")
    #expect(
      text == "# Title\n\n## <a id=\"sec-pad\"></a>Padding *here*\nSee [Padding here](#sec-pad).\n")
  }

  @Test func `A label is given once and must be there`() {
    func said(_ body: String) -> String {
      do {
        _ = try LabSource(files: [Sample.lab(body)])
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(said("//: ## A {#sec-a}\n//: ## B {#sec-a}").contains("used already"))
    #expect(said("//: ## A {#sec-a}\n//: @sec-b").contains("nothing is labelled 'sec-b'"))
    #expect(said("//: $$x$$ {#eq-a}\n//: @eq-a") == "")
  }

  @Test func `The front matter sets what holds for all`() throws {
    let figure = FigureOutput(
      alternativeText: "a", width: 100, height: 50, images: [.init(png: [1])])
    let text = try markdown(
      "//: ## Part\na()\n//| echo: true\n//| code-fold: false\nb()",
      matter:
        "//: title: T\n//: echo: false\n//: code-fold: true\n//: toc: true\n//: fig-width: 320\n//: max-lines: 10\n",
      .show(.figure(figure), line: 2), .print((1...20).map { "\($0)\n" }.joined(), line: 5))
    #expect(text.contains("- [Part](#part)"))
    #expect(!text.contains("a()") && text.contains("```swift\nb()\n```"))
    #expect(!text.contains("<details>"))
    #expect(text.contains("width=\"320\""))
    #expect(text.contains("5\n… 13 lines not shown …\n19\n20"))
  }

  @Test func `A setting that means nothing is refused`() {
    let cases: [(line: String, expected: String)] = [
      ("pages: 3", "unknown key 'pages'"), ("toc: yes", "'toc' is true or false"),
      ("fig-width: wide", "'fig-width' is a width in points"),
      ("echo: 1", "'echo' is true or false"),
      ("max-lines: 2", "'max-lines' is a whole number"),
    ]
    for (line, expected) in cases {
      let file = Sample.lab("a()", above: "//: ---\n//: \(line)\n//: ---\n")
      do {
        _ = try LabSource(files: [file])
        Issue.record("accepted")
      } catch {
        #expect("\(error)".contains(expected))
        #expect(error.diagnostics[0].line == 2)
      }
    }
  }

  @Test(arguments: [
    ("//: ## A\n//: ## B", "", 1),
    // A list of the author's leads to all sections, by their names or labels.
    ("//: - [A](#a)\n//: - to *[B](#sec-b)*, at last\n//:\n//: ## A\n//: ## B {#sec-b}", "", 0),
    ("//: - [A](#a)\n//:\n//: ## A\n//: ## B", "", 1),
    ("//: - [A](#a)\n//: - [B](#b)\n//:\n//: ## A\n//: ## B", "//: toc: true\n", 1),
    ("//: ## A\n//: ## B", "//: toc: false\n", 0),
  ])
  func `A page has one list of contents`(body: String, matter: String, count: Int) throws {
    let file = Sample.lab(
      body + "\na()", above: matter.isEmpty ? "" : "//: ---\n\(matter)//: ---\n")
    let report = try Report(source: LabSource(files: [file]), recording: Recording())
    let page = PandocRenderer(.page).render(report).text
    #expect(page.components(separatedBy: "{#contents}").count - 1 == count, "\(page)")
    #expect(
      MarkdownRenderer(figuresFolder: "f").render(report).text.contains("- [A](#a)\n- [B](#b)")
        == matter.contains("true"))
  }

  @Test func `Rows of a table are cut where the cell says`() throws {
    let table = Table(columns: [.init("n")], rows: (1...50).map { [Table.Cell(Double($0))] })
    let text = try markdown("//| max-rows: 20\na()", .show(.table(table), line: 2))
    #expect(text.split(separator: "\n").count { $0.hasPrefix("|") } == 2 + 12 + 1 + 4)
    #expect(text.contains("34\u{A0}rows") || text.contains("34 rows not shown"))
  }

  @Test func `Hints and answers fold`() throws {
    let text = try markdown("//: - Hint: Look\n//:   closer.\n//: - Exercise: Try.")
    #expect(
      difference(
        text,
        """
        <details><summary><b>Hint</b></summary>

        Look
        closer.

        </details>

        <details open><summary><b>Exercise</b></summary>

        Try.

        </details>

        """) == "")
  }
}
