import Testing

@testable import Reports

@Suite struct HelpersTests {
  /// What a reader of the cells alone misses: parameters and functions that they use, in the order of
  /// use, and nothing else.
  @Test func `What cells use and do not show is named`() throws {
    let text = """
      import LabKit

      @main
      struct Pendulum: Lab {
        @Option(help: "Metres.") var length = 1.0
        @Option(help: "Kilograms.") var mass = 2.0

        func report() throws {
          //: How long does it swing?
          let shown = 2.0
          print(period(length) * shown)
        }

        func period(_ length: Double) -> Double { length }
        func unused() {}
      }

      struct Other { var shown = 1 }
      """
    let file = SourceFile(fileID: "pendulum/Pendulum.swift", path: "Pendulum.swift", text: text)
    #expect(try LabSource(files: [file]).helpers == ["period", "length"])
  }

  /// Results of comparing pictures are the same where all that they say is.
  @Test func `Comparisons of pictures differ`() {
    let some = PixelComparison.Result.different(count: 1, x: 0...1, y: 0...1)
    #expect(some == .different(count: 1, x: 0...1, y: 0...1))
    #expect(some != .different(count: 2, x: 0...1, y: 0...1))
    #expect(some != .different(count: 1, x: 0...2, y: 0...1))
    #expect(some != .different(count: 1, x: 0...1, y: 1...1))
    #expect(some != .equal && .unreadable("a") != PixelComparison.Result.unreadable("b"))
    #expect(
      PixelComparison.Result.resized(from: (1, 2), to: (3, 4)) != .resized(from: (1, 2), to: (3, 5))
    )
  }

  /// `expectError` calls its closure at once and shows the error itself: no call stack need tell where.
  @Test func `What expectError calls runs where it stands`() throws {
    let source = try LabSource(files: [
      Sample.lab(
        """
        expectError { try plan(0) }
        expectError {
          try plan(1)
        }
        expectError { later { print(1) } }
        let f = { expectError { try plan(2) } }
        values.forEach { print($0) }
        if all { print(2) }
        """)
    ])
    let standings = (1...8).map { source.standing(of: Sample.line($0)) }
    #expect(
      standings == [.direct, .direct, .direct, .direct, .nested, .nested, .nested, .direct])
  }
}
