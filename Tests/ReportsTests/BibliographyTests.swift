import Testing

@testable import Reports

/// Citations, their list, and the BibTeX behind them.
struct BibliographyTests {
  // MARK: Notation

  @Test func `Citations are read`() {
    let cases: [(text: String, expected: String)] = [
      ("As @visin2016 says", "As inText(visin2016) says"),
      ("@visin2016.", "inText(visin2016)."),
      ("-@visin2016", "yearOnly(visin2016)"),
      ("[@visin2016]", "cited(inParentheses(visin2016))"),
      ("[-@visin2016]", "cited(yearOnly(visin2016))"),
      (
        "[see @a1, p. 5; also @b2, *ch.* 3]",
        "cited(see inParentheses(a1), p. 5; also inParentheses(b2), em(ch.) 3)"
      ),
      ("@a1 [p. 5]", "beforeLocator(a1)locator(p. 5)"),
      ("@a1[p. 5]", "beforeLocator(a1)locator(p. 5)"),
      ("[@DBLP:conf/nips/KrizhevskySH12]", "cited(inParentheses(DBLP:conf/nips/KrizhevskySH12))"),
      ("@{a key/with_odd}.", "@{a key/with_odd}."),
      ("@{odd,key}.", "inText(odd,key)."),
      ("@a--b", "inText(a)--b"),
      ("(@a1)", "(inText(a1))"),
      ("mail a@b.org", "mail a@b.org"),
      ("\\@a1 and `@b2`", "@a1 and code(@b2)"),
      ("[write @home; thanks]", "[write inText(home); thanks]"),
      ("[@a1](x.md)", "link(x.md)(inText(a1))"),
      ("[@fig-loss]", "[ref(fig-loss)]"),
      ("@a1 []", "inText(a1) []"),
      ("@ alone, @, and @", "@ alone, @, and @"),
    ]
    for (text, expected) in cases {
      #expect(MarkupTests.sketch(Markup.line(text).blocks[0]).contains(expected))
    }
  }

  // MARK: BibTeX

  static func entry(_ text: String) -> BibTeX.Entry? { BibTeX(text).entries.first }

  static func reference(_ text: String) throws -> String {
    let file = BibTeX(text)
    #expect(file.mistakes == [])
    return Reference(try #require(file.entries.last)).text
  }

  @Test func `Entries are read however they are written`() throws {
    let file = BibTeX(
      """
      An address me@example.org in a comment, and 100% of it.
      @comment{ @article{no, title = {No}} }
      @preamble{"\\newcommand{\\x}{y}"}
      @STRING{nips = "Advances in " # {Neural {I}nformation}}
      @Article { first:2016 ,
        TITLE = {A {Nested} {{title}}
                 on two lines}, % a remark
        Month = jan # "~1",
        journal = nips # { Processing},
        year = 2016,
        year = 1999,
      }
      @book(second, title = "Quoted {"}braces{"}", author={A})
      @misc{third}
      @misc{Öl_1,title={ü}}@misc{x,}
      """)
    #expect(file.mistakes == [])
    #expect(file.entries.map(\.key) == ["first:2016", "second", "third", "Öl_1", "x"])
    let first = file.entries[0]
    #expect(first.type == "article")
    #expect(first.fields["title"] == "A {Nested} {{title}} on two lines")
    #expect(first.fields["month"] == "January~1")
    #expect(first.fields["journal"] == "Advances in Neural {I}nformation Processing")
    #expect(first.fields["year"] == "2016")
    #expect(first.line == 5)
    #expect(file.entries[1].fields["title"] == "Quoted {\"}braces{\"}")
  }

  @Test(arguments: [
    ("@article{a,\n title = {never closed,\n year = 2016}\n", 1, "'a' is not closed"),
    ("@misc{a,\n title = {never {closed}\n", 2, "brace that opens here"),
    ("@article{a,\n title = {x}\n year = 2016}\n", 3, "expected a ','"),
    ("@article{a,\n title {x}}\n", 2, "expected '=' after 'title'"),
    ("\n@article{a,\n journal = nature}\n", 3, "no @string has the name 'nature'"),
    ("@article{title = {x}}\n", 1, "expected a key"),
    ("@article{,\n title = {x}}\n", 1, "expected a key"),
    ("@article{a, title = \"x}\"}\n", 1, "a brace closes"),
    ("@article{a, title = \"x\n", 1, "quote that opens here"),
    ("@misc{a}\n@misc{b}\n\n@misc{a}\n", 4, "already, on line 1"),
    ("@article{a,\n title = {x},\n\n", 1, "'a' is not closed"),
    ("@article{a, title = , year = 1}\n", 1, "expected a value of 'title'"),
    ("@string{a = {b}\n@misc{c}", 2, "the @string is not closed"),
  ])
  func `Mistakes are said`(text: String, line: Int, words: String) {
    let mistakes = BibTeX(text).mistakes
    #expect(mistakes.count == 1)
    #expect(mistakes.first?.line == line)
    #expect(mistakes.first?.message.contains(words) ?? false, "\(mistakes)")
  }

  @Test func `Nothing makes the reader slow or crash`() {
    let start = "@misc{a, title = {"
    for text in [
      start + String(repeating: "{", count: 100_000),
      start + String(repeating: "\\\"", count: 99_999),
      String(repeating: "@", count: 100_000), String(repeating: "@a{", count: 50_000),
      start + String(repeating: "{", count: 50_000) + String(repeating: "}", count: 50_000) + "}}",
    ] {
      for entry in BibTeX(text).entries { _ = Reference(entry) }
    }
    // Cut anywhere, a file is read or complained about.
    let whole = Array(Self.sample.utf8)
    for end in whole.indices {
      let file = BibTeX(String(decoding: whole[..<end], as: UTF8.self))
      for entry in file.entries { _ = Reference(entry) }
    }
  }

  // MARK: TeX

  @Test func `Tex becomes text`() {
    let cases: [(tex: String, text: String)] = [
      ("M{\\\"u}ller, G\\\"odel, Erd\\H{o}s", "Müller, Gödel, Erdős"),
      (
        "\\'{E}cole, na\\\"{\\i}ve, \\c{c}a, {\\aa}, \\L{}ukasz, Stra\\ss e",
        "École, naïve, ça, å, Łukasz, Straße"
      ),
      ("Ho\\v{r}ava and \\v Cech", "Hořava and Čech"),
      ("pages 1--9 --- and ``quotes''", "pages 1–9 — and “quotes”"),
      ("AT\\&T, 100\\%, a\\_b, \\#1", "AT&T, 100%, a_b, #1"),
      ("{GPU}s and {{Deep}} \\texttt{x} {\\bf b}", "GPUs and Deep x b"),
      ("costs 5$ only", "costs 5$ only"),
      ("$\\ell_1$ norm", "$\\ell_1$ norm"),
      ("a~b\\\\c}", "a\u{A0}b c"),
    ]
    for (tex, text) in cases {
      #expect(TeXText.plain(tex) == text)
    }
  }

  @Test func `Names are taken apart`() {
    let cases: [(tex: String, family: String, given: String)] = [
      ("Vincent Dumoulin", "Dumoulin", "Vincent"),
      ("van den Oord, A{\\\"a}ron", "van den Oord", "Aäron"),
      ("A{\\\"a}ron van den Oord", "van den Oord", "Aäron"),
      ("{Barnes and Noble, Inc.}", "Barnes and Noble, Inc.", ""),
      ("Donald E. Knuth", "Knuth", "Donald E."),
      ("Plato", "Plato", ""),
      ("ludwig van beethoven", "ludwig van beethoven", ""),
      ("{\\'E}mile Zola", "Zola", "Émile"),
    ]
    for (tex, family, given) in cases {
      let name = PersonName(tex)
      #expect(name.family == family)
      #expect(name.given == given)
    }
  }

  @Test func `A name may have a suffix`() {
    let name = PersonName("King, Jr., Martin Luther")
    #expect(name.inverted == "King, Martin Luther, Jr.")
    #expect(PersonName.list("A and {B and C} and others").names.count == 2)
    #expect(PersonName.list("A and others").hasOthers)
  }

  // MARK: The list

  static let sample = """
    @misc{dumoulin, author = {Dumoulin, Vincent and Visin, Francesco}, title = {A guide},
      year = 2016, eprint = {1603.07285}, archiveprefix = {arXiv}}
    @article{lecun, author = {LeCun, Y. and Bottou, L. and Bengio, Y. and Haffner, P.},
      title = {Gradient-based learning}, journal = {Proc. IEEE}, volume = 86, number = 11,
      pages = {2278--2324}, year = 1998, doi = {10.1109/5.726791}}
    @inproceedings{he, author = {Kaiming He and others}, title = {Delving deep into $f(x)$},
      booktitle = {ICCV}, year = {2015}, pages = {1026-1034}, publisher = {IEEE}}
    @book{tex, author = {Donald E. Knuth}, title = {The {\\TeX}book}, publisher = {Addison-Wesley},
      year = 1984, edition = {2nd}}
    @phdthesis{t, author = {A. B.}, title = {On x}, school = {ETH}, year = 2001}
    @online{n, title = {What now?}, url = {https://example.org/a_b}}
    @book{e, editor = {Ed, One and Two, B.}, title = {Both}, year = 2000}
    """

  @Test func `Works are listed`() throws {
    let cases: [(key: String, expected: String)] = [
      ("dumoulin", "Dumoulin, Vincent, and Francesco Visin. 2016. “A guide.” arXiv:1603.07285."),
      (
        "lecun",
        "LeCun, Y., L. Bottou, Y. Bengio, and P. Haffner. 1998. “Gradient-based learning.” "
          + "*Proc. IEEE* 86 (11): 2278–2324. <https://doi.org/10.1109/5.726791>."
      ),
      ("he", "He, Kaiming, et al. 2015. “Delving deep into $f(x)$.” In *ICCV*, 1026–1034. IEEE."),
      ("tex", "Knuth, Donald E. 1984. *The TeXbook*. 2nd ed. Addison-Wesley."),
      ("t", "B., A. 2001. “On x.” PhD thesis, ETH."),
      ("n", "“What now?” n.d. <https://example.org/a_b>."),
      ("e", "Ed, One, and B. Two, eds. 2000. *Both*."),
    ]
    for (key, expected) in cases {
      let file = BibTeX(Self.sample)
      let entry = try #require(file.entries.first { $0.key == key })
      #expect(Reference(entry).text == expected)
    }
  }

  /// Each name stands for the last one twice: forty lines would be a terabyte.
  @Test func `Names that grow are refused`() {
    let names = (1..<40).map { "@string{a\($0) = a\($0 - 1) # a\($0 - 1)}\n" }.joined()
    let file = BibTeX("@string{a0 = {0123456789}}\n" + names + "@misc{k, title = a39}")
    #expect(file.mistakes.map(\.message) == ["the names of @string stand for more than 8 MB"])
  }

  @Test func `What would be Markdown is text`() throws {
    let text = try Self.reference(
      "@misc{a, title={*x* _y_ <b> [z](w) 5\\$ `c`}, author={A_B_}, year={<i>}, url={javascript:x}}"
    )
    #expect(!Markup(text: text).blocks.contains { $0.kind == .thematicBreak })
    let inlines = try #require(Markup(text: text).blocks.first)
    guard case .paragraph(let items) = inlines.kind else { return }
    #expect(items.allSatisfy { if case .text = $0.kind { true } else { false } }, "\(items)")
  }

  // MARK: In a report

  static func markdown(
    _ body: String, bib: String = sample, matter: String = "bibliography: refs.bib"
  ) throws -> String {
    let above = matter.isEmpty ? "" : "//: ---\n//: \(matter)\n//: ---\n"
    let file = SourceFile(fileID: "lab/refs.bib", path: "Labs/refs.bib", text: bib)
    return try Sample.markdown([Sample.lab(body, above: above), file])
  }

  static func complaint(
    _ body: String, bib: String = sample, matter: String = "bibliography: refs.bib"
  ) -> String {
    do {
      return "accepted: " + (try markdown(body, bib: bib, matter: matter))
    } catch {
      return "\(error)"
    }
  }

  @Test func `A report cites and lists`() throws {
    let text = try Self.markdown(
      "//: # T\n//: By @dumoulin and others [see @lecun, p. 5; @he].\n//: Also @tex [ch. 3].")
    #expect(
      difference(
        text,
        """
        # T

        By [Dumoulin and Visin (2016)](#ref-dumoulin) and others (see [LeCun et al. 1998](#ref-lecun), p. 5; [He et al. 2015](#ref-he)).
        Also [Knuth (1984](#ref-tex), ch. 3).

        ## References

        <a id="ref-dumoulin"></a>Dumoulin, Vincent, and Francesco Visin. 2016. “A guide.” arXiv:1603.07285.

        <a id="ref-he"></a>He, Kaiming, et al. 2015. “Delving deep into $f(x)$.” In *ICCV*, 1026–1034. IEEE.

        <a id="ref-tex"></a>Knuth, Donald E. 1984. *The TeXbook*. 2nd ed. Addison-Wesley.

        <a id="ref-lecun"></a>LeCun, Y., L. Bottou, Y. Bengio, and P. Haffner. 1998. “Gradient-based learning.” *Proc. IEEE* 86 (11): 2278–2324. <https://doi.org/10.1109/5.726791>.

        """) == "")
  }

  @Test func `The list stands below the last heading`() throws {
    let text = try Self.markdown("//: [@t]\n//:\n//: ## Literature")
    #expect(
      text.hasSuffix("## Literature\n\n<a id=\"ref-t\"></a>B., A. 2001. “On x.” PhD thesis, ETH.\n")
    )
    #expect(!text.contains("## References"))
  }

  @Test func `Equal names and years get letters`() throws {
    let bib = """
      @misc{b, author={A, B}, title={Second}, year=2001}
      @misc{a, author={A, B}, title={First}, year=2001}
      """
    let text = try Self.markdown("//: @a and [@b]", bib: bib)
    #expect(text.contains("[A (2001a)](#ref-a) and ([A 2001b](#ref-b))"))
    #expect(text.contains("A, B. 2001a. “First.”"))
  }

  @Test func `Captions cite too`() throws {
    let table = Table(columns: [.init("n")], rows: [["1"]], caption: "Also @he")
    let above = "//: ---\n//: bibliography: [refs.bib]\n//: ---\n"
    let bib = SourceFile(fileID: "lab/refs.bib", path: "Labs/refs.bib", text: Self.sample)
    let lab = Sample.lab(
      "show(table, caption: \"Also @he\")\n//-\n//| tbl-cap: \"After [@tex]\"\nb()", above: above)
    let text = try Sample.markdown(
      [lab, bib],
      Sample.recording(
        .show(.table(table), line: 4),
        .show(.table(Table(columns: [.init("n")], rows: [["2"]])), line: 7)))
    #expect(text.contains("Also [He et al. (2015)](#ref-he)"), "\(text)")
    #expect(text.contains("After ([Knuth 1984](#ref-tex))"))
    #expect(text.contains("<a id=\"ref-he\">") && text.contains("<a id=\"ref-tex\">"))
  }

  @Test func `What cannot be cited is said`() {
    #expect(
      Self.complaint("//: As @dumulin says.").hasPrefix(
        "Labs/Lab.swift:7:12: error: no bibliography has the key 'dumulin'; did you mean 'dumoulin'?"
      ),
      "\(Self.complaint("//: As @dumulin says."))")
    #expect(
      Self.complaint("//: [@x]", matter: "").contains(
        "'x' is cited, and the front matter names no 'bibliography'"))
    #expect(Self.complaint("//: Ask @x.", matter: "").hasPrefix("accepted: Ask @x."))
    #expect(
      Self.complaint("//: [@t]", matter: "bibliography: other.bib").contains(
        "Labs/Lab.swift:2:1: error: there is no 'Labs/other.bib' for 'bibliography': the file belongs "
          + "into the lab's folder, which has 'refs.bib'"))
    #expect(
      Self.complaint("//: [@t]", bib: "@misc{t,\n  title = {x {y}\n").hasPrefix(
        "Labs/refs.bib:2:11: error: the brace that opens here is not closed\n    title = {x {y}\n"))
    #expect(Self.complaint("//: No citation.", bib: "@misc{t,\n").contains("Labs/refs.bib:1:1"))
  }

  @Test func `Without a citation there is no list`() throws {
    #expect(try Self.markdown("//: Nothing.") == "Nothing.\n")
  }

  @Test func `A notebook and pandoc get the same`() throws {
    let above = "//: ---\n//: bibliography: refs.bib\n//: toc: true\n//: ---\n"
    let bib = SourceFile(fileID: "lab/refs.bib", path: "Labs/refs.bib", text: Self.sample)
    let source = try LabSource(files: [
      Sample.lab("//: # T\n//: ## A\n//: [@t]", above: above), bib,
    ])
    let report = try Report(source: source, recording: Recording())
    let notebook = NotebookRenderer().render(report).text
    #expect(
      notebook.contains("([B. 2001](#ref-t))")
        && notebook.contains("<a id=\\\"ref-t\\\"></a>B., A."))
    let pandoc = PandocRenderer(.page).render(report).text
    #expect(pandoc.contains("([B. 2001](#ref-t))") && pandoc.contains("[]{#ref-t}B., A. 2001."))
    #expect(pandoc.contains("- [References](#references)"))
  }
}
