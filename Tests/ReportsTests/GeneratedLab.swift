import Numbers
import PNGCoding
import Raster
import Tensors

@testable import Reports

/// A lab with prose, cells and outputs that are picked to be misread.
struct GeneratedLab {
  private var random: SplitMix64
  private var lines: [(text: String, isCell: Bool)] = []
  private var published: [String] = []
  private var labels: [String] = []

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  mutating func pick<T>(_ items: [T]) -> T {
    items[Int(random.next() % UInt64(items.count))]
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(random.next() % UInt64(range.count))
  }

  // MARK: Pieces

  private static let words = [
    "word", "`code`", "``a ` b``", "*em*", "**strong", "~~gone~~", "$x_1$", "$$\\frac{a}{b}$$",
    "6$,",
    "[link](x.md)", "![p](q.png)", "[", "](", "<b>", "<!--", "-->", "<!-- /output -->",
    "<!-- output x volatile -->", "<!-- volatile -->", "&amp;", "&", "\\", "\\*", "|",
    "http://a.bc",
    "www.a.bc", "@name", "a@b.c", "```", "~~~", "#", "%41", "±", "é", "e\u{301}", "👩‍🔬", "\u{2028}",
    "\u{A0}", "10.", "1)", "- x", "> q", "---", "===", ":::", "{#x}", "\\\\(", "</details>", "\"",
    "'",
    "\u{200B}", "&lt;", "$`y`$", "*", "_", "a_b_c", "__", "\t", "  ", "❯", "=", "+", "?",
    "\u{FEFF}",
    "<!-- made by {\"lab\": \"x\"} -->", "<script>", "</main>", "$$",
  ]

  private static let openings = [
    "", "", "", "", "- ", "* ", "1. ", "2) ", "> ", "> > ", "# ", "## ", "###### ", "    ", "\t",
    "   ",
    "```", "```swift", "~~~~ x", "````", "| a | b |", "| - | -: |", "---", "***", "===", "$$",
    "<details>", "<pre>", "</pre>", "<script>", "<!--", "-->", "<!-- /output -->", "<?x",
    "<![CDATA[",
    "<div>", "- Note: ", "- Hint: ", "> [!NOTE]", "[x]: y.md", "- [ ] ", "``` `", "<!X", "<style>",
    "<textarea>", "+ ```", "> ```", "1. ~~~", "  - ", "<!-- output x -->", "<table>",
  ]

  mutating func word() -> String { pick(Self.words) }

  mutating func phrase(_ most: Int = 5) -> String {
    (0..<number(0...most)).map { _ in word() }.joined(separator: pick([" ", " ", " ", ""]))
  }

  /// A phrase that may have a line end in it.
  mutating func unruly(_ most: Int = 4) -> String {
    phrase(most) + pick(["", "", "", "\n", "\r\n", "\r", "\n\n# "]) + phrase(most)
  }

  mutating func line() -> String {
    pick(Self.openings) + phrase()
  }

  mutating func text(_ most: Int = 6) -> String {
    (0..<number(0...most)).map { _ in pick([line(), line(), line(), ""]) }.joined(separator: "\n")
  }

  /// A folder whose name needs care in links.
  mutating func path() -> String {
    let parts = [
      "a b", "c#d", "e%20f", "g(h)", "i[j]", "k", "é", "l&m", "n'o", "p\"q", "r`s", "{t}", "$u",
    ]
    return (0..<number(1...2)).map { _ in pick(parts) }.joined(separator: "/")
  }

  // MARK: The lab

  mutating func files() -> [SourceFile] {
    lines = []
    if number(0...3) == 0 {
      let matter = [
        "title: \(pick(["T", "\"A: b\"", "'it''s'"]))", "toc: true", "echo: false",
        "code-fold: true",
        "fig-width: 300", "author: [A, B]", "max-lines: 12",
      ]
      lines.append(("//: ---", false))
      for line in matter where number(0...2) == 0 { lines.append(("//: " + line, false)) }
      lines.append(("//: ---", false))
    }
    for _ in 0..<number(1...6) {
      if number(0...2) > 0 {
        for line in text().split(separator: "\n", omittingEmptySubsequences: false) {
          lines.append((prose(String(line)), false))
        }
        lines.append(("", false))
      }
      cell()
    }
    return [Sample.lab(lines.map(\.text).joined(separator: "\n"))]
  }

  private mutating func prose(_ text: String) -> String {
    var text = text
    if number(0...7) == 0 {
      let name = "v\(published.count)"
      published.append(name)
      text += pick([
        " \\(\(name))", " $a = \\(\(name))$", " <b title=\"\\(\(name))\">", "*\\(\(name))*",
      ])
    }
    if number(0...9) == 0, let label = labels.last { text += " @\(label)" }
    return text.isEmpty ? "//:" : "//: " + text
  }

  private mutating func cell() {
    let label = pick([nil, nil, "fig-\(lines.count)", "tbl-\(lines.count)", "plain-\(lines.count)"])
    if let label {
      lines.append(("//| label: \(label)", false))
      labels.append(label)
    }
    let options = [
      "output: asis", "volatile: true", "echo: false", "output: false", "include: false",
      "code-fold: true", "code-fold: show", "fig-cap: \"\(caption())\"", "tbl-cap: '\(caption())'",
      "fig-alt: \"\(caption())\"", "max-rows: 10", "max-lines: 10",
    ]
    for option in options where number(0...7) == 0 { lines.append(("//| " + option, false)) }
    let code = [
      "let a = 1", "run() // ```", "let s = \"```\"",
      "let t = \"\"\"\n    <!-- /output -->\n    \"\"\"",
      "f { $0 + `x` }  //hide", "/* a\n    */",
    ]
    lines.append((pick(code), true))
    lines.append(("show(markdown: text)", true))
    lines.append(("", false))
  }

  private mutating func caption() -> String {
    phrase().filter { $0 != "\"" && $0 != "'" && $0 != "\\" && $0 != "\n" }
  }

  // MARK: The run

  mutating func recording(of source: LabSource) -> Recording {
    var recording = Recording()
    for (index, name) in published.enumerated() {
      recording.record(.publish(value(name, index)))
    }
    for (index, cell) in source.sourceCells.enumerated() {
      let place = SourceLocation(fileID: "lab/Lab.swift", line: cell.lines.lowerBound)
      let isFigure = cell.options.label?.hasPrefix("fig-") ?? false
      let isTable = cell.options.label?.hasPrefix("tbl-") ?? false
      if isFigure { recording.record(.show(Shown(.figure(figure()), at: place))) }
      if isTable { recording.record(.show(Shown(.table(table()), at: place))) }
      for _ in 0..<number(0...3) {
        recording.record(.show(Shown(output(index), at: number(0...4) == 0 ? nil : place)))
      }
    }
    if number(0...9) == 0 {
      recording.end = pick([
        .interrupted, .threw(message: text(), location: nil),
        .trapped(message: text(), location: nil), .timedOut(seconds: 3),
      ])
    }
    return recording
  }

  private mutating func value(_ name: String, _ index: Int) -> Published {
    switch number(0...4) {
    case 0: Published(name, value: Double(number(-1000...1000)) / 8, tolerance: .absolute(0.5))
    case 1: Published(name, value: 1e-9 * Double(number(1...99)), format: .significant(digits: 3))
    case 2: Published(name, text: unruly(), isVolatile: true)
    default: Published(name, text: unruly(), quotedFrom: pick([nil, "A \(unruly())"]))
    }
  }

  private mutating func output(_ index: Int) -> Output {
    switch number(0...8) {
    case 0, 1: .text(text() + pick(["", "\n"]), pick([.standardOutput, .standardError]))
    case 2: .value(text())
    case 3, 4: .markdown(text(8))
    case 5: .table(table())
    case 6:
      .verdict(
        Verdict(
          unruly(), measured: unruly(2), requirement: unruly(2), isMet: number(0...3) > 0,
          mutants: [.init(unruly(2), measured: word(), passes: number(0...1) == 0)]))
    case 7:
      .comparison(
        ComparisonResult(
          unruly(), requirement: unruly(2),
          parts: [
            .init(
              unruly(2), count: 3,
              distance: .init(absolute: 1e-7, relative: .nan, unitsInLastPlace: 2),
              isWithinTolerance: number(0...1) == 0)
          ],
          mutants: [
            .init(
              word(), distance: .init(absolute: .infinity, relative: 1, unitsInLastPlace: 1e9),
              passes: false)
          ]))
    default: .failure(FailureOutput(pick([.expected, .missing]), message: text()))
    }
  }

  private mutating func table() -> Table {
    let columns = number(1...3)
    let alignments: [Table.Alignment] = [.leading, .trailing, .center]
    let heads = (0..<columns).map { _ in Table.Column(unruly(2), alignment: pick(alignments)) }
    let rows = (0..<number(0...14)).map { _ in
      (0..<columns).map { _ -> Table.Cell in
        number(0...2) == 0 ? Table.Cell(Double(number(0...999)) / 16) : Table.Cell(unruly(2))
      }
    }
    return Table(columns: heads, rows: rows, caption: pick([nil, caption()]))
  }

  private mutating func figure() -> FigureOutput {
    let level = Double(number(0...255)) / 255
    let bitmap = Bitmap(width: 2, height: 1, gray: [level, 0])
    let png = (try? PNGEncoder.encode(bitmap)) ?? []
    return FigureOutput(
      caption: pick([nil, caption()]), alternativeText: text(2), width: 20, height: 10,
      images: pick([
        [FigureImage(png: png)], [FigureImage(.light, png: png), FigureImage(.dark, png: png)],
      ]))
  }
}

extension LabSource {
  /// The cells that run, in order.
  fileprivate var sourceCells: [SourceCell] {
    blocks.compactMap { block in
      if case .cell(let cell) = block, !cell.isDeclaration { cell } else { nil }
    }
  }
}
