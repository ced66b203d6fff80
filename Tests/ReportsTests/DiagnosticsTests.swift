import Reports
import Testing

/// What is wrong with a source is said with file, line and column, all in one go.
struct DiagnosticsTests {
  /// The complaints about a body, each as `line:column: message`, lines counted in the body.
  private func complaints(_ body: String) -> [String] {
    do {
      _ = try LabSource(files: [Sample.lab(body)])
      return []
    } catch {
      return error.diagnostics.map { "\($0.line - 3):\($0.column): \($0.message)" }
    }
  }

  @Test(arguments: [
    (
      "//| fig.cap: A\na()",
      "1:9: unknown option 'fig.cap' (did you mean 'fig-cap'?); the options are label, fig-cap, "
        + "fig-alt, tbl-cap, echo, output, include, code-fold, volatile, "
        + "max-lines, max-rows"
    ),
    ("//| echo: maybe\na()", "1:15: 'echo' is true or false, not 'maybe'"),
    ("//| output: 3\na()", "1:17: 'output' is true, false or asis, not '3'"),
    ("//| code-fold: no\na()", "1:20: 'code-fold' is true, false or show, not 'no'"),
    (
      "//| label: fig/a\na()",
      "1:16: a label consists of letters, digits, '-' and '_' (it names a file), not 'fig/a'"
    ),
    ("//| echo true\na()", "1:9: expected '//| key: value'"),
    (
      "//| echo: true\n//| echo: true\na()",
      "2:9: the option 'echo' is given twice for this cell"
    ),
    (
      "//| echo: true\n//: Prose.",
      "1:9: cell options stand right above the code that they describe; none follows here"
    ),
    (
      "if a {\n  //: Prose.\n}",
      "2:7: prose stands inside a nested block or an unfinished statement; "
        + "move it out to the level of the function's body"
    ),
    (
      "call(\n  //| echo: true\n  a)",
      "2:7: a cell option stands inside a nested block or an unfinished statement; "
        + "move it out to the level of the function's body"
    ),
    ("//: A \\(name.", "1:11: no ')' closes this '\\('"),
    (
      "//: A \\(f(x)).",
      "1:11: 'f(x)' is no name: prose can use published values and parameters, "
        + "so publish the value under a name first"
    ),
    ("//: See @fig-loss.", "1:13: nothing is labelled 'fig-loss'"),
    (
      "//: See @fig-los.\n//| label: fig-loss\na()",
      "1:13: nothing is labelled 'fig-los'; did you mean 'fig-loss'?"
    ),
  ])
  func `A mistake is said`(body: String, complaint: String) {
    #expect(complaints(body) == [complaint])
  }

  @Test func `What is no mistake is not said`() {
    let cases: [String] = [
      "//: In code, `\\(name)` and `@fig-x` are text, and so is \\\\(name).",
      "//: ```\n//: \\(name) @fig-x\n//: ```",
      "//: Even ``a ` \\(name) ``` @fig-x`` is code.",
      "//: me@fig-x.org and $x@fig-y$",
      "//: See @fig-3.\nshow(a, label: \"fig-3\")",
      "//: See @fig-3.\nshow(a, label: \"fig-\\(n)\")",
    ]
    for body in cases {
      #expect(complaints(body) == [])
    }
  }

  @Test func `Equal labels are said at the second`() {
    #expect(
      complaints("//| label: fig-a\na()\n//| label: fig-a\nb()") == [
        "3:1: the label 'fig-a' is used already at Labs/Lab.swift:4"
      ])
  }

  @Test func `Everything is said in one go as compilers do`() {
    do {
      _ = try LabSource(files: [
        Sample.lab("//| ecco: true\na()\nif b {\n    //: Prose.\n}\n//: @fig-x")
      ])
      Issue.record("expected an error")
    } catch {
      #expect(
        difference(
          "\(error)",
          """
          Labs/Lab.swift:4:9: error: unknown option 'ecco'; the options are label, fig-cap, fig-alt, \
          tbl-cap, echo, output, include, code-fold, volatile, max-lines, max-rows
                //| ecco: true
                    ^
          Labs/Lab.swift:7:9: error: prose stands inside a nested block or an unfinished statement; \
          move it out to the level of the function's body
                    //: Prose.
                    ^
          Labs/Lab.swift:9:9: error: nothing is labelled 'fig-x'
                //: @fig-x
                    ^
          """) == "")
    }
  }

  @Test func `Names that nothing publishes are known before the run`() throws {
    let source = try LabSource(files: [
      Sample.lab("//: \\(epochs) \\(accuracy) \\(acuracy)\npublish(\"accuracy\", 1)")
    ])
    #expect(
      source.unknownNames(parameters: ["epochs"]).map { "\($0.line):\($0.column): \($0.message)" }
        == [
          "4:31: nothing is published under the name 'acuracy', and no parameter has it; "
            + "did you mean 'accuracy'?"
        ])
  }

  @Test func `A computed name cannot be known`() throws {
    let source = try LabSource(files: [
      Sample.lab("//: \\(loss3)\nfor i in 0..<5 { publish(\"loss\\(i)\", i) }")
    ])
    #expect(source.unknownNames(parameters: []) == [])
  }

  /// The complaints that only a run allows.
  @Test func `A run tells the rest`() throws {
    let source = try LabSource(files: [
      Sample.lab("//: \\(loss) and @fig-a\nshow(a, label: \"fig-a\")\npublish(\"loss\", 1)\nb()")
    ])
    var recording = Recording()
    recording.record(.publish(Published("los", text: "1", at: Sample.line(3))))
    recording.record(.publish(Published("los", text: "2", at: Sample.line(4))))
    do {
      _ = try Report(source: source, recording: recording)
      Issue.record("expected an error")
    } catch {
      #expect(
        error.diagnostics.map { "\($0.line):\($0.column): \($0.message)" } == [
          "4:9: the run published nothing under the name 'loss'; did you mean 'los'?",
          "4:21: the run showed nothing labelled 'fig-a'",
          "7:1: 'los' is published as '2' here and as '1' at lab/Lab.swift:6",
        ])
    }
  }

  @Test func `A label given in code cannot leave the folder or come twice`() throws {
    let source = try LabSource(files: [Sample.lab("show(a, label: name)\nb()")])
    var recording = Recording()
    for label in ["../a", "fig-b", "fig-b"] {
      recording.record(
        .show(
          .figure(
            FigureOutput(
              label: label, alternativeText: "", width: 1, height: 1, images: [.init(png: [1])])),
          line: 1))
    }
    do {
      _ = try Report(source: source, recording: recording)
      Issue.record("expected an error")
    } catch {
      #expect(
        error.diagnostics.map(\.message) == [
          "the label 'fig-b' was given to something shown before",
          "a label consists of letters, digits, '-' and '_' (it names a file), not '../a'",
        ])
    }
  }

  @Test func `Structural mistakes`() {
    func said(_ files: SourceFile...) -> [String] {
      do {
        _ = try LabSource(files: files)
        return []
      } catch {
        return error.diagnostics.map { "\($0.path):\($0.line): \($0.message)" }
      }
    }
    #expect(
      said(Sample.file("@main\nstruct Lab {\n}")) == [
        "Labs/Lab.swift:2: expected a function 'report()' in the lab"
      ])
    #expect(
      said(
        Sample.lab("a()"),
        Sample.file("extension Lab {\n  func b() {\n    //: B.\n  }\n}", name: "B")) == [
          "Labs/B.swift:2: the prose of 'b()' appears nowhere: "
            + "call it as a statement of its own in report(), or in a chapter that is called there"
        ])
    #expect(
      said(
        Sample.lab("b()\nb()"),
        Sample.file("extension Lab {\n  func b() {\n    //: B.\n  }\n}", name: "B")) == [
          "Labs/Lab.swift:5: 'b()' is woven once and called a second time here"
        ])
    #expect(
      said(Sample.lab("a()"), Sample.file("//: Prose.\nfunc b() {\n}", name: "B")) == [
        "Labs/B.swift:1: prose stands in a file without a chapter, so no report shows it"
      ])
    #expect(
      said(Sample.lab("a()", above: "func b() {\n  //: Prose.\n}\n")).count == 1)
    #expect(
      said(Sample.file("@main\nstruct Lab {\n  func report() { print(1)\n  }\n}")) == [
        "Labs/Lab.swift:3: the braces of 'report()' stand on the same line as its code; "
          + "give the code lines of its own"
      ])
    #expect(
      said(Sample.lab("a()", above: "//: ---\n//: titel: A\n//: ---\n")) == [
        "Labs/Lab.swift:2: unknown key 'titel' in the front matter; "
          + "the keys are title, author, date, keywords, bibliography, "
          + "echo, code-fold, max-lines, max-rows, toc, fig-width"
      ])
  }
}
