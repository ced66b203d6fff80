/// The files that a Markdown document links to.
enum DocumentLinks {
  /// The targets of pictures and links that name files: no addresses, no places inside the
  /// document, nothing inside code. In order, without repetition, `%20` decoded.
  static func files(in text: String) -> [String] {
    var result: [String] = []
    var seen: Set<String> = []
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
      let plain = withoutCodeAndMath(line)
      for (opening, closing) in [("src=\"", "\""), ("srcset=\"", "\""), ("](", ")")] {
        var rest = plain[...]
        while let start = rest.firstRange(of: opening) {
          rest = rest[start.upperBound...]
          guard let end = rest.firstIndex(of: Character(closing)) else { break }
          if let file = file(rest[..<end]), seen.insert(file).inserted { result.append(file) }
          rest = rest[end...]
        }
      }
    }
    return result
  }

  /// A line without code spans and inline math, where brackets make no links.
  private static func withoutCodeAndMath(_ line: Substring) -> String {
    guard line.utf8.contains(UInt8(ascii: "`")) || line.utf8.contains(UInt8(ascii: "$")) else {
      return String(line)
    }
    var result = ""
    var rest = line
    while let start = rest.firstIndex(where: { $0 == "`" || $0 == "$" }) {
      let mark = rest[start]
      result += rest[..<start]
      let run = rest[start...].prefix { $0 == mark }
      let after = rest[run.endIndex...]
      if let close = after.firstRange(of: String(run)) {
        rest = after[close.upperBound...]
      } else {
        result += run
        rest = after
      }
    }
    return result + rest
  }

  private static func file(_ target: Substring) -> String? {
    let path = target.prefix { $0 != "#" && $0 != "?" && $0 != " " }
    guard !path.isEmpty, !path.hasPrefix("//"), !path.hasPrefix("data:") else { return nil }
    if let colon = path.firstIndex(of: ":"), path[..<colon].allSatisfy(\.isLetter) { return nil }
    return String(path).replacing("%20", with: " ").replacing("%25", with: "%")
  }
}
