import Numbers
import Reports
import Testing

/// What becomes of prose: front matter, names, references, callouts, math.
struct ProseTests {
  private func expect(
    _ body: String, above: String = "", options: Report.Options = Report.Options(),
    _ events: Event..., gives expected: String
  ) throws {
    var recording = Recording()
    for event in events { recording.record(event) }
    let text = try Sample.markdown(
      [Sample.lab(body, above: above)], recording, options: options)
    #expect(difference(text, expected + "\n") == "")
  }

  @Test func `Front matter becomes the head`() throws {
    try expect(
      "//: Text.",
      above: """
        import LabKit
        //: ---
        //: title: "Lab 10. Padding layer"
        //: author:
        //:   - I. Domrachev
        //:   - "B, C"
        //: date: 2023-11-10 # the lecture's
        //: keywords: [convolution, "padding, zero"]
        //: ---
        //: An abstract.

        """,
      gives: """
        # Lab 10. Padding layer

        *I. Domrachev, B, C · 2023-11-10*

        **Keywords:** convolution, padding, zero

        An abstract.

        ```swift
        import LabKit
        ```

        Text.
        """)
  }

  @Test func `Names stand for values`() throws {
    try expect(
      #"""
      //: \(accuracy), \(a name), $p = \(accuracy)$ and $\(tiny)$; \\(accuracy) and `\(accuracy)`
      //: do not, nor in
      //: ```
      //: \(accuracy)
      //: ```
      //: but \(code) and \(epochs) do.
      """#,
      .publish(Published("accuracy", value: 0.898, format: .percent(decimals: 1))),
      .publish(Published("a name", value: 12345)),
      .publish(Published("tiny", value: -6e-8, format: .scientific(digits: 2))),
      .publish(Published("code", text: "a*b_c <T>")),
      .parameter(Parameter("epochs", text: "2")),
      gives: #"""
        89.8%, 12,345, $`p = 89.8\%`$ and $`-6.0\times 10^{-8}`$; \\(accuracy) and `\(accuracy)`
        do not, nor in
        ```
        \(accuracy)
        ```
        but a\*b_c &lt;T> and 2 do.

        <!-- output provenance -->

        ## Provenance

        | Parameter | Value |
        | :-------- | :---- |
        | `epochs`  | 2     |

        <!-- /output -->
        """#)
  }

  @Test func `Volatile values are marked`() throws {
    try expect(
      #"//: Took \(time), that is $t = \(time)$."#,
      .publish(Published("time", text: "3 s", isVolatile: true)),
      gives: "Took <!-- volatile -->3 s<!-- /volatile -->, that is $`t = 3 s`$.")
  }

  @Test func `References are numbered in the order of the report`() throws {
    let figure = FigureOutput(alternativeText: "a", width: 1, height: 1, images: [.init(png: [1])])
    let table = Table(columns: [.init("a")], rows: [["1"]])
    try expect(
      """
      //: See @fig-b, then @fig-a (and -@tbl-x), not `@fig-a` or me@fig-a.
      //| label: fig-a
      a()
      //| label: fig-b
      //| fig-cap: Both, unlike @fig-a
      b()
      //| label: tbl-x
      x()
      """,
      .show(.figure(figure), line: 3), .show(.figure(figure), line: 6),
      .show(.figure(figure), line: 6), .show(.table(table), line: 8),
      gives: """
        See [Figure 2](#fig-b), then [Figure 1](#fig-a) (and [1](#tbl-x)), not `@fig-a` or me@fig-a.

        ```swift
        a()
        ```

        <!-- output fig-a -->

        <p id="fig-a"><img src="lab_files/fig-a.png" width="1" alt="a"></p>

        **Figure 1.**

        <!-- /output -->

        ```swift
        b()
        ```

        <!-- output fig-b -->

        <p id="fig-b"><img src="lab_files/fig-b.png" width="1" alt="a"></p>

        <p id="fig-b-2"><img src="lab_files/fig-b-2.png" width="1" alt="a"></p>

        **Figure 2.** Both, unlike [Figure 1](#fig-a)

        <!-- /output -->

        ```swift
        x()
        ```

        <!-- output tbl-x -->

        <a id="tbl-x"></a>**Table 1.**

        | a   |
        | :-- |
        | 1   |

        <!-- /output -->
        """)
  }

  @Test func `Callouts become alerts`() throws {
    try expect(
      #"""
      //: Text.
      //: - Note: Zeros \(count)
      //:   and more
      //:
      //:   and a paragraph.
      //: - Experiment: Try it.
      //:
      //: After.
      //: - a list: of one
      //: ```
      //: - Note: code
      //: ```
      """#, .publish(Published("count", value: 3)),
      gives: """
        Text.

        > [!NOTE]
        > Zeros 3
        > and more
        >
        > and a paragraph.

        > [!TIP]
        > **Experiment.** Try it.

        After.
        - a list: of one
        ```
        - Note: code
        ```
        """)
  }

  @Test func `Math is written so that GitHub keeps its backslashes`() throws {
    try expect(
      #"""
      //: Plain $x_i$, fragile $a\,b$ and $\{a\}$ and $\bar{x}_i + \bar{y}_j$.
      //: $$ y = \\
      //: x $$
      //: It costs 3 $ or 4 $, a `$x\,$` is code.
      //:
      //: $$z$$
      """#,
      gives: #"""
        Plain $x_i$, fragile $`a\,b`$ and $`\{a\}`$ and $`\bar{x}_i + \bar{y}_j`$.
        ```math
        y = \\
        x
        ```
        It costs 3 $ or 4 $, a `$x\,$` is code.

        ```math
        z
        ```
        """#)
  }

  @Test func `Contents link to headings`() throws {
    var options = Report.Options()
    options.tableOfContents = true
    try expect(
      #"""
      //: # Title
      //: ## Part 1. The *first* (\(count))
      //: ### Sub-part_a
      //: ## Twice
      //: ## Twice
      //: #### Too deep
      //: ```
      //: ## code
      //: ```
      """#, options: options, .publish(Published("count", value: 3)),
      gives: """
        # Title

        - [Part 1. The *first* (3)](#part-1-the-first-3)
          - [Sub-part_a](#sub-part_a)
        - [Twice](#twice)
        - [Twice](#twice-1)

        ## Part 1. The *first* (3)
        ### Sub-part_a
        ## Twice
        ## Twice
        #### Too deep
        ```
        ## code
        ```
        """)
  }
}
