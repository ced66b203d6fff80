import Foundation
import Testing

@testable import SourceEmbedder

/// The file that carries a lab's source text.
@Suite struct SourceEmbedderTests {
  static let main = EmbeddedFile(
    fileID: "lab/Lab.swift", path: "Labs/Lab.swift", text: "@main\nstruct MyLab: Lab {}\n")

  @Test func `Main file comes first`() throws {
    let helper = EmbeddedFile(fileID: "lab/A.swift", path: "Labs/A.swift", text: "// helper\n")
    let text = try GeneratedSource([helper, Self.main]).text
    #expect(text.contains("\nextension MyLab {\n  static var sources: [SourceFile] {"))
    let first = try #require(text.firstRange(of: "lab/Lab.swift"))
    let second = try #require(text.firstRange(of: "lab/A.swift"))
    #expect(first.lowerBound < second.lowerBound)
  }

  /// A value that other code computed is not remembered, wherever that code stands.
  @Test func `Digest of foundations`() throws {
    func digest(_ texts: String...) -> String {
      var digest = CodeDigest()
      for text in texts { digest.add(Data(text.utf8)) }
      return digest.text
    }
    let before = digest("let a = 1\n", "let b = 2\n")
    #expect(before == digest("let a = 1\n", "let b = 2\n"))
    for (first, second) in [
      ("let a = 2\n", "let b = 2\n"), ("let a = 1\n", "let b = 2 "), ("let b = 2\n", "let a = 1\n"),
      ("let a = 1\nlet b = 2\n", ""), ("", "let a = 1\nlet b = 2\n"),
      ("let a = 1\nl", "et b = 2\n"),
    ] {
      #expect(digest(first, second) != before)
    }
    let text = try GeneratedSource([Self.main], foundations: before).text
    #expect(text.contains("static var foundations: String { #\"\(before)\"# }"))
  }

  @Test(arguments: [
    ("plain", "#"), ("a \"\"\" b", "#"), ("\"\"\"# b", "##"), ("\\#(x) ##", "###"),
    ("#sourceLocation", "##"),
  ])
  func `Fence is longer than any in the text`(text: String, fence: String) throws {
    let file = EmbeddedFile(
      fileID: Self.main.fileID, path: Self.main.path, text: Self.main.text + text)
    let generated = try GeneratedSource([file]).text
    #expect(generated.contains("text: \(fence)\"\"\"\n@main"))
    #expect(generated.contains("\n\"\"\"\(fence))"))
  }

  @Test func `Entry point`() throws {
    let cases: [(text: String, name: String, isPublic: Bool)] = [
      ("@main\nstruct A: Lab {", "A", false),
      ("@main struct A: Lab {", "A", false),
      ("@main\npublic struct A: Lab {", "A", true),
      ("@main\n// The lab.\n@available(macOS 15, *)\nfinal class Long_1<T> {", "Long_1", false),
      ("\r\n@main\r\nstruct A {\r\n", "A", false),
      ("//: `@main` marks the lab\n@main\nenum B {}", "B", false),
    ]
    for (text, name, isPublic) in cases {
      let entry = try #require(EntryPoint(in: text))
      #expect(entry.typeName == name)
      #expect(entry.isPublic == isPublic)
    }
  }

  @Test(arguments: ["", "//: @main\nstruct A {}", "struct A {}", "  let text = \"@main\""])
  func `No entry point`(text: String) {
    #expect(EntryPoint(in: text) == nil)
  }

  @Test func `None or two entry points are said`() {
    let other = EmbeddedFile(fileID: "lab/B.swift", path: "Labs/B.swift", text: Self.main.text)
    #expect(throws: EmbeddingError.self) { try GeneratedSource([Self.main, other]) }
    #expect(throws: EmbeddingError.self) {
      try GeneratedSource([EmbeddedFile(fileID: "a/b", path: "b", text: "")])
    }
  }
}
