/// The name of an author or editor.
struct PersonName: Hashable, Sendable {
  /// What one is called and sorted by: `van den Oord`, `Barnes and Noble`.
  var family: String

  /// The rest: `Aäron`; empty for an institution.
  var given = ""

  /// `Jr.`, `III`.
  var suffix = ""

  /// `Dumoulin, Vincent`: as the first of a list.
  var inverted: String {
    [family, given, suffix].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// `Francesco Visin`: as the others.
  var straight: String {
    [given, family, suffix].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension PersonName {
  /// The names of a field, `A and B and others`, and whether there are others.
  static func list(_ field: String) -> (names: [PersonName], hasOthers: Bool) {
    var names: [PersonName] = []
    var hasOthers = false
    for part in split(field, at: " and ") {
      if part.trimmed == "others" {
        hasOthers = true
      } else if !part.trimmed.isEmpty {
        names.append(PersonName(part.trimmed))
      }
    }
    return (names, hasOthers)
  }

  /// Reads a name in one of BibTeX's three orders: `First von Last`, `von Last, First`,
  /// `von Last, Jr, First`. What stands in braces is one word.
  init(_ tex: String) {
    let parts = Self.split(tex, at: ",").map(\.trimmed)
    if parts.count > 1 {
      family = TeXText.plain(parts[0])
      suffix = parts.count > 2 ? TeXText.plain(parts[1]) : ""
      given = TeXText.plain(parts[parts.count > 2 ? 2 : 1])
      return
    }
    let words = Self.split(tex.replacing("~", with: " "), at: " ").filter { !$0.isEmpty }
    // The family begins with the first small word that is not the last, else with the last word.
    let small = words.dropLast().firstIndex { word in
      word.first.map { $0.isLowercase } ?? false
    }
    let start = small ?? max(0, words.count - 1)
    given = TeXText.plain(words[..<start].joined(separator: " "))
    family = TeXText.plain(words[start...].joined(separator: " "))
  }

  /// Splits where no brace is open.
  private static func split(_ text: String, at separator: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    var rest = text[...]
    while let character = rest.first {
      if depth == 0, rest.hasPrefix(separator) {
        parts.append(part)
        part = ""
        rest = rest.dropFirst(separator.count)
        continue
      }
      if character == "{" { depth += 1 } else if character == "}" { depth -= 1 }
      part.append(character)
      rest.removeFirst()
    }
    return parts + [part]
  }
}
