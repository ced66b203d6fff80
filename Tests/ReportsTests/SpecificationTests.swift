import Foundation
import Testing

@testable import Reports

/// The parser held against the examples of the specifications; `Fixtures/make-specification.py` says
/// where they come from.
struct SpecificationTests {
  struct Example: Decodable {
    var example: Int
    var section: String
    var markdown: String
    var html: String
  }

  static func examples(_ name: String) throws -> [Example] {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name).json")
    return try JSONDecoder().decode([Example].self, from: Data(contentsOf: path))
  }

  /// The examples on which the parser disagrees with cmark.
  static func disagreements(_ name: String, dialect: MarkupDialect) throws -> (Set<Int>, Int) {
    var result: Set<Int> = []
    let examples = try examples(name)
    for example in examples {
      var text = example.markdown
      if text.hasSuffix("\n") { text.removeLast() }
      let markup = Markup.parse([text.documentLines], dialect: dialect)[0]
      let html = SpecificationHTML(markup, isGitHub: dialect.isGitHub).text
      if html != example.html {
        result.insert(example.example)
        if ProcessInfo.processInfo.environment["LABKIT_SHOW_EXAMPLES"] != nil {
          print(
            "\(name) \(example.example), \(example.section)\n\(example.markdown)"
              + "expected:\n\(example.html)actual:\n\(html)\n")
        }
      }
    }
    return (result, examples.count)
  }

  /// The blocks of the examples, and their code, are the same for a lab, whose prose has more.
  @Test func `A lab's prose is Markdown too`() throws {
    for example in try Self.examples("gfm") {
      let text = example.markdown
      guard !text.contains("$"), !text.contains("\\("), !text.contains("@") else { continue }
      let lab = Markup.parse([text.documentLines], dialect: .lab)[0]
      let gitHub = Markup.parse([text.documentLines], dialect: .gitHub)[0]
      #expect(lab == gitHub, "\(example.example)")
    }
  }

  @Test func `CommonMark's examples agree`() throws {
    let (disagreements, count) = try Self.disagreements("commonmark", dialect: .commonMark)
    #expect(count == 652)
    // 25 names an entity that few write. On 28 and 354 cmark-gfm follows an older specification: eight
    // digits made a character, and a currency sign was no punctuation.
    #expect(disagreements == [25, 28, 354])
  }

  @Test func `GitHub's examples agree`() throws {
    let (disagreements, count) = try Self.disagreements("gfm", dialect: .gitHub)
    #expect(count == 672)
    // 321 is the entity again; the others are addresses of mail without brackets, which stay text, and
    // a bare address right after a `<`.
    #expect(disagreements == [321, 610, 614, 620, 629, 630, 631])
  }
}
