import Testing

@testable import Reports

/// What the two editions of an exercise show, and what their sources are.
struct EditionTests {
  static let source = """
    //: # Exercise
    //: - Exercise: Find the slope.
    //: - Solution: Fit a line.
    //:
    //:   Then take its slope.
    //: More prose.
    import LabKit

    @main
    struct Slope: Lab {
      func report() throws {
        //: Look:
        let slope = try solution {
          try fit().slope
        } stub: {
          0.0  // your fit
        }
        let sum = solution {
          let first = 1
          return first + 2
        } stub: {
          0
        }
        func check() -> Bool {
          solution {
            let x = 1

            return x == 1
          } stub: {
            true
          }
        }
        print(slope, sum)
      }
    }

    """

  static func shown(_ edition: Edition, _ text: String = source) throws -> [String] {
    let file = SourceFile(fileID: "slope/Slope.swift", path: "Slope.swift", text: text)
    let source = try LabSource(files: [file], edition: edition)
    return source.blocks.flatMap { block -> [String] in
      switch block {
      case .cell(let cell): cell.code.map(\.text)
      case .prose(let prose): prose.lines.map { "//: " + $0.text }
      }
    }
  }

  @Test func `The student sees stubs`() throws {
    let lines = try Self.shown(.student)
    #expect(
      !lines.contains { $0.contains("fit()") || $0.contains("solution") || $0.contains("Solution") }
    )
    #expect(!lines.contains { $0.contains("take its slope") } && lines.contains("//: More prose."))
    #expect(lines.contains("let slope = 0.0  // your fit") && lines.contains("let sum = 0"))
    #expect(lines.contains("func check() -> Bool {") && lines.contains("  true"))
  }

  @Test func `The teacher sees solutions without the marks`() throws {
    let lines = try Self.shown(.teacher)
    #expect(!lines.contains { $0.contains("stub") || $0.contains("your fit") })
    #expect(lines.contains("//: - Solution: Fit a line."))
    #expect(lines.contains("let slope = try fit().slope"))
    #expect(
      lines.contains("let sum = {") && lines.contains("  return first + 2") && lines.contains("}()")
    )
    #expect(lines.contains("  let x = 1") && lines.contains("  return x == 1"))
  }

  /// Cells keep their lines, so that outputs find them in either edition.
  @Test func `Lines stay where they are`() throws {
    let file = SourceFile(fileID: "slope/Slope.swift", path: "Slope.swift", text: Self.source)
    let last = Self.source.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
      $0.contains("print(slope")
    }
    for edition in Edition.allCases {
      let source = try LabSource(files: [file], edition: edition)
      let line = try #require(last) + 1
      #expect(
        source.standing(of: SourceLocation(fileID: "slope/Slope.swift", line: line)) != .outside)
      #expect(
        source.standing(of: SourceLocation(fileID: "slope/Slope.swift", line: line - 4)) != .outside
      )
    }
  }

  @Test func `Sources of their own`() {
    let student = EditionText(Self.source, .student)
    #expect(student.hasSolutions && student.faults.isEmpty)
    #expect(
      student.text.contains(
        """
            let slope = 0.0  // your fit
            let sum = 0
            func check() -> Bool {
              true
            }
        """))
    #expect(!student.text.contains("Fit a line") && !student.text.contains("take its slope"))
    // Nothing is left to take out, and what has no marks stays byte for byte.
    #expect(!EditionText(student.text, .student).hasSolutions)
    #expect(EditionText(student.text, .student).text == student.text)
    let teacher = EditionText(Self.source, .teacher)
    #expect(teacher.text.contains("let slope = try fit().slope") && !teacher.text.contains("stub"))
  }

  @Test(arguments: [
    ("    let a = solution {\n      1\n    }\n", 1, 13),
    ("    let a = solution {\n      1\n    } stub: { 0 }\n", 1, 13),
    ("    solution {\n      1\n      } stub: {\n      0\n    }\n", 1, 5),
    ("    let a = solution {\n      1\n    } stub: {\n    }\n", 3, 5),
  ])
  func `Marks that stand otherwise`(text: String, line: Int, column: Int) {
    let faults = EditionText(text, .student).faults
    #expect(faults.map(\.line) == [line] && faults.map(\.column) == [column])
  }

  @Test func `Lines of windows`() throws {
    let text = Self.source.replacing("\n", with: "\r\n")
    let student = EditionText(text, .student)
    #expect(student.text == EditionText(Self.source, .student).text.replacing("\n", with: "\r\n"))
    #expect(try Self.shown(.student, text) == Self.shown(.student))
    let untouched = SourceFile(
      fileID: "a/A.swift", path: "A.swift",
      text: "//: # A\r\n@main\r\nstruct A: Lab {\r\n  func report() {\r\n    f()\r\n  }\r\n}\r\n")
    _ = try LabSource(files: [untouched])
  }

  @Test func `Words that only look like marks`() {
    let text = "// a solution {\nlet resolution = 1\nlet text = f(resolution {\n})\n"
    #expect(!EditionText(text, .student).hasSolutions && EditionText(text, .student).faults.isEmpty)
  }

  @Test func `A fault is a complaint of the source`() {
    let text = Self.source.replacing("} stub: {\n      0\n", with: "} stub: { 0\n")
    let error = #expect(throws: SourceDiagnostics.self) { try Self.shown(.student, text) }
    #expect(error.map { "\($0)" }?.contains("a solution stands between lines of their own") == true)
  }
}
