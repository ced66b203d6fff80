import Reports
import Testing

/// Labs of several files.
struct ChapterTests {
  static let main = Sample.file(
    """
    //: # Title
    import LabKit

    @main
    struct Lab: LabKit.Lab {
      func report() throws {
        //: Beginning.
        let (network, losses) = try training(
          images)
        let a = 1
        try self.padding()
        show(a)
      }

      //: ## In the main file
      func closing() {
        //: Closing.
      }
    }
    """)

  static let padding = Sample.file(
    """
    import LabKit

    extension Lab {
      //: ## Padding
      func padding() throws {
        //: About padding.
        let p = 1
        closing()
      }
    }

    //: Below padding.
    """, name: "Padding")

  static let training = Sample.file(
    """
    //: ## Training
    extension Lab {
      func training(_ images: Int) throws -> (Int, Int) {
        //: About training.
        let n = 2
        return (n, n)  //hide
      }

      func helper() { print("helped") }
    }
    """, name: "Training")

  @Test func `Chapters stand where they are called`() throws {
    #expect(
      difference(
        try Sample.markdown([Self.padding, Self.training, Self.main]),
        """
        # Title

        ```swift
        import LabKit
        ```

        Beginning.

        ## Training

        About training.

        ```swift
        let n = 2
        ```

        ```swift
        let a = 1
        ```

        ## Padding

        About padding.

        ```swift
        let p = 1
        ```

        ## In the main file

        Closing.

        Below padding.

        ```swift
        show(a)
        ```

        """) == "")
  }

  @Test func `Outputs find their cell and others go to the one being run`() throws {
    var recording = Recording()
    func show(_ text: String, _ file: String?, _ line: Int) {
      recording.record(
        .show(
          Shown(
            .text(text + "\n", .standardOutput),
            at: file.map { Reports.SourceLocation(fileID: "lab/\($0).swift", line: line) })))
    }
    show("from C, before anything", nil, 0)
    show("training", "Training", 5)
    show("from a helper in a chapter's file", "Training", 9)
    show("from a file that is not woven", "Helper", 3)
    show("padding", "Padding", 7)
    show("a function of an earlier cell", "Training", 5)
    show("main", "Lab", 12)
    show("from C", nil, 0)
    let text = try Sample.markdown([Self.main, Self.training, Self.padding], recording)
    let blocks = text.split(separator: "```text\n").dropFirst().map {
      String($0[..<($0.firstRange(of: "```")?.lowerBound ?? $0.endIndex)])
    }
    #expect(
      blocks == [
        "from C, before anything\ntraining\nfrom a helper in a chapter's file\n"
          + "from a file that is not woven\n",
        "padding\na function of an earlier cell\n", "main\nfrom C\n",
      ])
  }
}
