import Testing

@testable import Reports

/// What a remembered value may depend on.
@Suite("The code behind a line")
struct CodeBehindTests {
  private static let text = """
    //: # Title
    import LabKit

    @main
    struct A: Lab {
      func report() throws {
        let a = 1
        //: prose
        let b = helper(a)
        //: more prose
        print(b)
      }

      func helper(_ x: Int) -> Int { x + 1 }
    }
    """

  /// The code behind `let b`, after a change.
  private func code(_ old: String = "", _ new: String = "") throws -> String {
    let text = old.isEmpty ? Self.text : Self.text.replacing(old, with: new)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(lines.firstIndex { $0.contains("let b") }) + 1
    let source = try LabSource(files: [SourceFile(fileID: "A/A.swift", path: "A.swift", text: text)]
    )
    return source.codeBehind(SourceLocation(fileID: "A/A.swift", line: line))
  }

  @Test(
    "Cells above, the cell itself and every declaration count",
    arguments: [("let a = 1", "let a = 2"), ("helper(a)", "helper(a + 1)"), ("x + 1", "x + 2")])
  func counts(_ old: String, _ new: String) throws {
    #expect(try code() != code(old, new))
  }

  @Test(
    "Cells below, prose and comments do not",
    arguments: [("print(b)", "print(b, b)"), ("more prose", "other prose"), ("# Title", "# Other")])
  func doesNotCount(_ old: String, _ new: String) throws {
    #expect(try code() == code(old, new))
  }
}
