/// Names derived from text.
enum Slug {
  /// A file name: lower-case ASCII letters and digits with `-` between words.
  static func file(_ text: String) -> String {
    var result = ""
    for scalar in text.lowercased().unicodeScalars {
      if ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) {
        result.unicodeScalars.append(scalar)
      } else if !result.isEmpty, !result.hasSuffix("-") {
        result.append("-")
      }
    }
    if result.hasSuffix("-") { result.removeLast() }
    // Long headings would make unwieldy names; cut between words.
    if result.count > 40 {
      let head = result.prefix(41)
      result = String(head.lastIndex(of: "-").map { head[..<$0] } ?? head.prefix(40))
    }
    return result
  }

  /// The target that GitHub gives a heading: lower case, spaces to `-`, punctuation dropped.
  static func gitHub(_ text: String) -> String {
    var result = ""
    for character in text.lowercased() {
      if character == " " {
        result.append("-")
      } else if character.isLetter || character.isNumber || character == "-" || character == "_" {
        result.append(character)
      }
    }
    return result
  }
}
