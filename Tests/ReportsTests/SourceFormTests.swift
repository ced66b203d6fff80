import Testing

@testable import Reports

/// Forms of Swift source that weaving has to get right, and what it says where it cannot.
struct SourceFormTests {
  private func complaint(_ file: SourceFile) -> String {
    do {
      _ = try LabSource(files: [file])
      return ""
    } catch {
      return error.diagnostics.map { "\($0.line):\($0.column) \($0.message)" }.joined(
        separator: "\n")
    }
  }

  /// Brackets and quotes in regex literals are no code.
  @Test func `Regex literals`() {
    let cases: [String] = [
      #"let a = try /\(/.firstMatch(in: x)"#, #"for y in /"{/ {}"#, "let b =\n  /[(]\\)\"/",
      "let c = #/\n  \\( \" # comment }\n  /#", ##"let d = ##/a"/#b(/##"##,
      "let e = [/\\{/, /\\}/]",
      "x\n  /\\(/", "let f = a / b; let g = (c) / d", "let h = a\n  / (b)", #"f { /\(/ }"#,
      #"if let m = x.firstMatch(of: /\)/) {}"#, "switch a { case /\\(/: break }",
    ]
    for code in cases {
      #expect(complaint(Sample.lab(code + "\n//: Prose.")) == "")
    }
  }

  @Test func `A byte order mark is no text`() throws {
    let file = Sample.file(
      "\u{FEFF}//: # Title\nimport LabKit\n@main struct Lab: LabKit.Lab {\n  func report() {\n    a()\n  }\n}\n"
    )
    #expect(try Sample.markdown([file]).hasPrefix("# Title\n"))
  }

  @Test func `Windows line ends change nothing`() throws {
    let lab = Sample.lab("//: # Title\n//: Some `code\n//: more` and \\(x)\nlet x = 1")
    var windows = lab
    windows.text = lab.text.replacing("\n", with: "\r\n")
    let recording = Sample.recording(.publish(Published("x", text: "1")))
    #expect(try Sample.markdown([windows], recording) == Sample.markdown([lab], recording))
  }

  @Test func `Prose and claims under a condition are refused`() {
    let said = complaint(
      Sample.lab(
        "#if os(Linux)\n//: Prose.\nclaim(\"a\", 1)\n#endif\n//: Fine.\n#if DEBUG\na()\n#endif"))
    #expect(said.hasPrefix("5:5 prose stands under '#if'"), "\(said)")
    #expect(said.contains("6:5 a claim stands under '#if'"), "\(said)")
    #expect(said.split(separator: "\n").count == 2)
  }

  @Test(arguments: [
    ("let a = (1]", "4:15 this ']' closes '(' of line 4"),
    ("f(", "5:3 this '}' closes '(' of line 4"),
    ("}}}}", "4:7 this '}' closes nothing"),
  ])
  func `Brackets that do not match are named`(code: String, expected: String) {
    #expect(
      complaint(Sample.lab(code)).contains(expected), "\(complaint(Sample.lab(code)))")
  }

  @Test func `A source may end anywhere`() {
    let cases: [String] = [
      "\"\\", "#\"\\#", "\"\"\"\n\\", "\"\\(", "/", "#/", "#", "//:", "//|", "\\", "/*", "#if",
    ]
    for end in cases {
      for text in [end, "@main struct A: Lab { func report() { " + end] {
        _ = complaint(Sample.file(text))
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func `Long sources take their length only`() throws {
    let hidden = String(repeating: "    a.b  //hide\n      .c()  //hide\n", count: 8000)
    let chained = "    x\n" + String(repeating: "      .map { $0 }  //hide\n", count: 8000)
    var chapters = ""
    var calls = ""
    for index in 0..<2000 {
      calls += "    chapter\(index)()\n"
      chapters += "  func chapter\(index)() {\n    //: ## Chapter \(index)\n    a()\n  }\n"
    }
    for body in [hidden, chained, calls] {
      let text =
        "@main\nstruct Lab: LabKit.Lab {\n  func report() {\n\(body)  }\n"
        + (body == calls ? chapters : "") + "}\n"
      let source = try LabSource(files: [Sample.file(text)])
      #expect(source.blocks.count == (body == calls ? 4000 : 1))
    }
  }
}
