/// The files that a Markdown document links to.
enum DocumentLinks {
  /// The targets of pictures and links that name files: no addresses, no places inside the
  /// document, nothing inside code. In order, without repetition, `%20` decoded.
  static func files(in text: String) -> [String] {
    var result: [String] = []
    var fence: String?
    for line in text.split(separator: "\n") {
      let start = line.drop { $0 == " " || $0 == ">" }
      if let open = fence {
        if start == open { fence = nil }
        continue
      }
      if start.hasPrefix("```") {
        fence = String(start.prefix { $0 == "`" })
        continue
      }
      // Most lines hold no link; the exact search is for the few that may.
      guard line.utf8.contains(UInt8(ascii: "(")) || line.utf8.contains(UInt8(ascii: "\"")) else {
        continue
      }
      for (opening, closing) in [("src=\"", "\""), ("srcset=\"", "\""), ("](", ")")] {
        var rest = line[...]
        while let start = rest.firstRange(of: opening) {
          rest = rest[start.upperBound...]
          guard let end = rest.firstIndex(of: Character(closing)) else { break }
          if let file = file(rest[..<end]), !result.contains(file) { result.append(file) }
          rest = rest[end...]
        }
      }
    }
    return result
  }

  private static func file(_ target: Substring) -> String? {
    let path = target.prefix { $0 != "#" && $0 != "?" && $0 != " " }
    guard !path.isEmpty, !path.hasPrefix("//"), !path.hasPrefix("data:") else { return nil }
    if let colon = path.firstIndex(of: ":"), path[..<colon].allSatisfy(\.isLetter) { return nil }
    return String(path).replacing("%20", with: " ").replacing("%25", with: "%")
  }
}
