import Foundation
import Testing

/// Control characters and escape sequences in what a lab says reach neither the terminal nor the
/// report, whatever they come with.
@Suite struct OrdersTests {
  /// The bytes and characters that a terminal or a page would act upon.
  private static func orders(in text: String) -> [String] {
    text.unicodeScalars.filter { scalar in
      scalar.value < 32 && scalar != "\n" || (127..<160).contains(scalar.value)
        || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }.map { String($0.value, radix: 16) }
  }

  /// What the fixture puts in everything.
  private static let word = "\u{1B}[31m\u{1B}]0;title\u{7}\u{8}\u{7F}\u{9B}2J\u{202E}"

  @Test(arguments: [[], ["--in-process"]])
  func `Nothing a lab says is an order`(more: [String]) async throws {
    let folder = try Folder()
    let result = try await Program.fixture.run(
      ["--mode", "escapes", "--word", Self.word] + more, in: folder)
    #expect(result.status == 3)
    let words = [
      "printed", "shown", "column", "cell", "published", "table", "caption", "alternative", "claim",
      "mutant", "error", "from a program",
    ]
    for word in words { #expect(result.output.contains(word), "\(word): \(result.output)") }
    #expect(Self.orders(in: result.output) == [], "\(result.output)")
    #expect(result.errors.contains("claim"))
    // In the program itself, what a program complains goes to the terminal past LabKit.
    let said = result.errors.split(separator: "\n").filter { !$0.hasPrefix("complaint") }
    #expect(Self.orders(in: said.joined()) == [], "\(result.errors)")
  }

  @Test func `No notebook holds one`() async throws {
    let folder = try Folder()
    let result = try await Program.fixture.run(
      ["--mode", "escapes", "--word", Self.word, "--keep-partial", "--output", "report.ipynb"],
      in: folder)
    #expect(result.status == 3)
    #expect(Self.orders(in: try folder.text("report.ipynb")) == [])
    // JSON may hide them behind `\u001b`, as it does where it says how the report was made.
    _ = try await Program.fixture.run(
      ["--mode", "escapes", "--keep-partial", "--output", "report.ipynb"], in: folder)
    let text = try folder.text("report.ipynb").lowercased()
    for hidden in ["\\u001b", "\\u0007", "\\u0000", "\\u007f", "\\u009b", "\\b"] {
      #expect(!text.contains(hidden), "\(hidden)")
    }
  }

  @Test func `Errors are plain`() async throws {
    let folder = try Folder()
    for arguments in [
      ["--mode", "escapesInError"], ["--mode", Self.word], ["--output", "no/\(Self.word)/\u{0}"],
      ["--check", "gone \(Self.word).md"], ["--\(Self.word)"], ["--count", Self.word],
    ] {
      let result = try await Program.fixture.run(arguments, in: folder)
      #expect(result.status != 0, "\(arguments)")
      #expect(Self.orders(in: result.errors) == [], "\(arguments): \(result.errors)")
      #expect(Self.orders(in: result.output) == [], "\(arguments): \(result.output)")
    }
  }

  @Test func `What was committed is shown as text`() async throws {
    let folder = try Folder()
    _ = try await Program.fixture.run(["--output", "report.md"], in: folder)
    let sound = try folder.text("report.md")
    for (old, new) in [
      ("The end.", "The \(Self.word)."), ("the sum is 55", "the sum is \(Self.word)"),
      ("A ramp", "A \(Self.word)"), ("fig-ramp.png", "fig-\(Self.word).png"),
    ] {
      try folder.write(sound.replacingOccurrences(of: old, with: new), to: "report.md")
      let result = try await Program.fixture.run(["--check", "report.md", "--diff"], in: folder)
      #expect(result.status == 1, "\(old)")
      #expect(Self.orders(in: result.output) == [], "\(old): \(result.output)")
      #expect(Self.orders(in: result.errors) == [], "\(old): \(result.errors)")
    }
  }
}
