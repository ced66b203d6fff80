import Reports
import Testing

/// What becomes of code: cells, options, hidden statements, scaffolding.
struct CellTests {
  /// Weaves a body and compares everything below the title.
  private func expect(
    _ body: String, above: String = "", _ events: Event..., gives expected: String
  ) throws {
    var recording = Recording()
    for event in events { recording.record(event) }
    let text = try Sample.markdown([Sample.lab(body, above: above)], recording)
    #expect(difference(text, expected + "\n") == "")
  }

  @Test func `Prose and breaks divide code blank lines do not`() throws {
    try expect(
      """
      let a = 1

      let b = 2
      //: Prose.
      //:
      //: More.

      //: A paragraph of its own.
      let c = 3
      //-
      let d = 4
      """,
      gives: """
        ```swift
        let a = 1

        let b = 2
        ```

        Prose.

        More.

        A paragraph of its own.

        ```swift
        let c = 3
        ```

        ```swift
        let d = 4
        ```
        """)
  }

  @Test func `Code is dedented, multi-line strings keep their shape`() throws {
    try expect(
      #"""
      let text = """
        //: not prose
          indented \("""
            inner
            """)
        """
      if a {
        // a comment }
        b(c /* } */)
      }
      let raw = #" \" { "#, regex = #/ " { /#
      let bare = text.matches(of: /\(["{/]/), half = (a + b) / 2 / c("(")
      //: After.
      """#,
      gives: #"""
        ```swift
        let text = """
          //: not prose
            indented \("""
              inner
              """)
          """
        if a {
          // a comment }
          b(c /* } */)
        }
        let raw = #" \" { "#, regex = #/ " { /#
        let bare = text.matches(of: /\(["{/]/), half = (a + b) / 2 / c("(")
        ```

        After.
        """#)
  }

  @Test func `Hidden statements are not shown`() throws {
    try expect(
      """
      let a = 1
      let b = call(
        a,
        a + 1)  //hide
      let c = a
        .successor()  //hide

      if a == b {
        print("seen")
        print("unseen")  //hide
      }
      let d = a +
        b  //hide
      let e =
        c  //hide
      show(d,
        e)  //hide
      finish()  //hide
      """,
      gives: """
        ```swift
        let a = 1

        if a == b {
          print("seen")
        }
        ```
        """)
  }

  @Test func `A cell of hidden statements shows only what it prints`() throws {
    try expect(
      "setUp()  //hide\n", .print("ready\n", line: 1),
      gives: """
        <!-- output -->

        ```text
        ready
        ```

        <!-- /output -->
        """)
  }

  @Test func `Echo output and include`() throws {
    try expect(
      """
      //| echo: false
      one()
      //| output: false
      two()
      //| include: false
      three()
      //| output: asis
      four()
      """,
      .print("1\n", line: 2), .print("2\n", line: 4), .print("3\n", line: 6),
      .print("**4**\n\n- item\n", line: 8),
      gives: """
        <!-- output -->

        ```text
        1
        ```

        <!-- /output -->

        ```swift
        two()
        ```

        ```swift
        four()
        ```

        <!-- output -->

        **4**

        - item

        <!-- /output -->
        """)
  }

  @Test(arguments: [("true", "<details>"), ("show", "<details open>")])
  func `Code can be folded`(value: String, tag: String) throws {
    try expect(
      "//| code-fold: \(value)\na()",
      gives: """
        \(tag)<summary>Code</summary>

        ```swift
        a()
        ```

        </details>
        """)
  }

  @Test func `Volatile outputs are marked`() throws {
    try expect(
      "//| volatile: true\n//| label: timing\na()", .print("3 ms\n", line: 3),
      gives: """
        ```swift
        a()
        ```

        <!-- output timing volatile -->

        ```text
        3 ms
        ```

        <!-- /output -->
        """)
  }

  @Test func `Options are YAML`() throws {
    let figure = FigureOutput(alternativeText: "a", width: 1, height: 1, images: [.init(png: [1])])
    try expect(
      """
      //| fig-cap: "Loss: \\"mean\\" of $\\alpha$"   
      //| fig-alt: 'It''s a line' # a comment
      //| label: fig-a
      a()
      //| fig-cap: A long caption
      //|   goes on # and ends
      b()
      """, .show(.figure(figure), line: 4), .show(.figure(figure), line: 7),
      gives: """
        ```swift
        a()
        ```

        <!-- output fig-a -->

        <p id="fig-a"><img src="lab_files/fig-a.png" width="1" alt="It's a line"></p>

        **Figure 1.** Loss: "mean" of $\\alpha$

        <!-- /output -->

        ```swift
        b()
        ```

        <!-- output -->

        <p><img src="lab_files/cell-1.png" width="1" alt="a"></p>

        A long caption goes on

        <!-- /output -->
        """)
  }

  @Test func `Imports follow the title and scaffolding is not shown`() throws {
    let lab = Sample.file(
      """
      import Foundation
      import LabKit

      // A remark for programmers.
      //: # Title
      //: An abstract.

      private let secret = 1

      /// The lab.
      @main
      struct Lab: LabKit.Lab {
        @Option var epochs = 2

        //: Above the report.
        func report() throws {
          run()
        }

        func helper() -> Int { 1 }
      }

      //: At the end.
      """)
    #expect(
      difference(
        try Sample.markdown([lab]),
        """
        # Title

        An abstract.

        ```swift
        import Foundation
        import LabKit
        ```

        Above the report.

        ```swift
        run()
        ```

        At the end.

        """) == "")
  }

  @Test func `A declaration with options is shown`() throws {
    let lab = Sample.file(
      """
      //: # Title
      @main
      struct Lab: LabKit.Lab {
        //: The measure:
        //| code-fold: true
        func accuracy(_ count: Int) -> Int {
          print(count)

          return count
        }

        var other = 1

        func report() throws {
          accuracy(3)
        }
      }
      """)
    var recording = Recording()
    recording.record(
      .show(
        Shown(.text("3\n", .standardOutput), at: .init(fileID: "lab/Lab.swift", line: 7))))
    #expect(
      difference(
        try Sample.markdown([lab], recording),
        """
        # Title

        The measure:

        <details><summary>Code</summary>

        ```swift
        func accuracy(_ count: Int) -> Int {
          print(count)

          return count
        }
        ```

        </details>

        ```swift
        accuracy(3)
        ```

        <!-- output -->

        ```text
        3
        ```

        <!-- /output -->

        """) == "")
  }
}
