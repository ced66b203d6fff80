import Testing

@testable import Reports

/// What a remembered value may depend on.
@Suite
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

  @Test(arguments: [("let a = 1", "let a = 2"), ("helper(a)", "helper(a + 1)"), ("x + 1", "x + 2")])
  func `Cells above, the cell itself and every declaration count`(_ old: String, _ new: String)
    throws
  {
    #expect(try code() != code(old, new))
  }

  /// knitr 592: a cell put between two did not invalidate the second. marimo 7977 and 8364: another
  /// default value, and another body that gives a number, were not noticed.
  @Test(arguments: [
    ("    let b =", "    let c = 2\n    //: between\n    let b ="),
    ("helper(_ x: Int)", "helper(_ x: Int, y: Int = 2)"),
    ("{ x + 1 }", "{ 11 + 19 }"),
  ])
  func `Public reports about other caches: what they overlooked counts`(
    _ old: String, _ new: String
  ) throws {
    #expect(try code() != code(old, new))
  }

  /// knitr 1141: a change of a script that a cell sources was not noticed. marimo 7455: a comment was.
  @Test
  func `A helper in another file counts, what is said about it does not`() throws {
    func code(_ helper: String) throws -> String {
      try LabSource(files: [
        SourceFile(fileID: "A/A.swift", path: "A.swift", text: Self.text),
        SourceFile(fileID: "A/B.swift", path: "B.swift", text: helper),
      ]).codeBehind(SourceLocation(fileID: "A/A.swift", line: 9))
    }
    #expect(
      try code("func more() -> Int { 1 }\n") != code("func more() -> Int { 2 }\n"))
    #expect(
      try code("func more() -> Int { 1 }\n") == code("// One.\nfunc more() -> Int { 1 }\n"))
  }

  @Test(arguments: [
    ("print(b)", "print(b, b)"), ("more prose", "other prose"), ("# Title", "# Other"),
  ])
  func `Cells below, prose and comments do not`(_ old: String, _ new: String) throws {
    #expect(try code() == code(old, new))
  }
}
