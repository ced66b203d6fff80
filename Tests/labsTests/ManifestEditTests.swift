import Testing

@testable import labs

@Suite
struct ManifestEditTests {
  private func adding(_ name: String, to manifest: String) throws -> String? {
    ManifestEdit(manifest).adding(try LabName(name))
  }

  @Test
  func `A line is added below the others, and every other byte stays`() throws {
    let manifest = """
      // swift-tools-version: 6.2
      func lab(_ name: String, path: String) -> Target { .target(name: name) } // targets: [
      let package = Package(
        name: "a",
        products: [.library(name: "x", targets: ["x"])],
        targets: [
          lab("one", path: "Labs/One"),  // the first
          lab("two", path: "Labs/Two"),
        ]
      )

      """
    let edited = try #require(try adding("double-pendulum", to: manifest))
    #expect(
      edited
        == manifest.replacing(
          "Labs/Two\"),\n",
          with: "Labs/Two\"),\n    lab(\"double-pendulum\", path: \"Labs/DoublePendulum\"),\n"))
  }

  @Test
  func `Without a comma at the end one is put there`() throws {
    let manifest = """
      let package = Package(
        name: "a",
        dependencies: [.package(url: "https://example.org/LabKit.git", branch: "main")],
        targets: [
          .target(name: "x")
        ])
      """
    let edited = try #require(try adding("area", to: manifest))
    #expect(edited.contains(".target(name: \"x\"),\n    .executableTarget(\n      name: \"area\","))
    #expect(edited.contains(".product(name: \"LabKit\", package: \"LabKit\")"))
    #expect(edited.hasSuffix("package: \"LabKit\")]),\n  ])"))
  }

  @Test
  func `An empty list, a list on one line, Windows' line ends`() throws {
    let empty = try #require(
      try adding("area", to: "let package = Package(name: \"a\", targets: [])"))
    #expect(empty.contains("targets: [\n    .executableTarget("))
    let line = try #require(
      try adding("area", to: "let p = Package(name: \"a\", targets: [.target(name: \"x\")])"))
    #expect(line.contains("[.target(name: \"x\"),\n"))
    let windows = try #require(
      try adding("area", to: "let p = Package(\r\n  name: \"a\",\r\n  targets: [\r\n  ]\r\n)\r\n"))
    #expect(!windows.replacing("\r\n", with: "").contains("\n"))
  }

  @Test(arguments: [
    "let package = Package(name: \"targets: [\", products: makeProducts())",
    "// let package = Package(targets: [])\nlet package = make()",
    "let package = Package(name: \"a\", targets: kernels + labs)",
    "/* Package( targets: [ */", "",
  ])
  func `What looks like the list and is not is passed over`(_ manifest: String) throws {
    #expect(try adding("area", to: manifest) == nil)
  }
}

@Suite
struct LabNameTests {
  @Test(arguments: [
    ("pendulum", "Pendulum"), ("double-pendulum", "DoublePendulum"), ("lab11", "Lab11"),
    ("areaUnder", "AreaUnder"), ("a_b", "A_b"),
  ])
  func `Words become a type`(_ name: String, _ type: String) throws {
    #expect(try LabName(name).type == type)
  }

  @Test func `What no Swift type or command can be called is refused in a sentence with the name`()
  {
    let cases: [String] = [
      "", "10th", "-x", "x-", "a--b", "a b", "../x", "a/b", "x.y", "é", "lab", "figure", "labs",
      "test",
      "$x", "ünder",
    ]
    for name in cases {
      #expect { try LabName(name) } throws: { "\($0)".contains("'\(name)'") }
    }
  }
}
