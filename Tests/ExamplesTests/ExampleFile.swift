/// The examples as one Swift file, `Examples.swift`, that the compiler reads with these tests.
///
/// The examples of a file become functions of a type of its own, so that `Context.swift` can give one
/// file's examples what others must not see.
enum ExampleFile {
  /// The text of the file.
  static func text(_ examples: [Example]) -> String {
    var text = """
      // Made from the documentation: `LABKIT_REGENERATE_EXAMPLES=1 swift test --filter ExamplesTests`.
      // What the examples leave to the reader to imagine stands in `Context.swift`.
      // swift-format-ignore-file

      import ArgumentParser
      import LabKit
      import PNGCoding
      import VectorCoding

      """
    var outside = ""
    for (name, members) in groups(examples) {
      text += "\nstruct \(name): Context {\n"
      for (index, example) in members.enumerated() {
        let code = example.code.split(separator: "\n", omittingEmptySubsequences: false)
          .filter { !$0.hasPrefix("import ") && !$0.hasPrefix("public import ") && $0 != "@main" }
        let indented = code.map { $0.isEmpty ? "" : "    \($0)\n" }.joined()
        if example.code.hasPrefix("extension ") {
          outside += "\n" + example.code
        } else if example.code.contains("@main\n") {
          text += "  enum Example\(index + 1) {\n\(indented)  }\n"
        } else {
          text += "  func example\(index + 1)() throws {\n\(indented)  }\n"
        }
      }
      text += "}\n"
    }
    return text + outside
  }

  /// The name of the type that a file's examples belong to: `Sources/Plotting/Axis.swift` becomes
  /// `Sources_Plotting_Axis_swift`.
  static func typeName(_ file: String) -> String {
    String(file.map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }

  private static func groups(_ examples: [Example]) -> [(String, [Example])] {
    var groups: [(String, [Example])] = []
    for example in examples {
      let name = typeName(example.file)
      if groups.last?.0 == name {
        groups[groups.count - 1].1.append(example)
      } else {
        groups.append((name, [example]))
      }
    }
    return groups
  }
}
