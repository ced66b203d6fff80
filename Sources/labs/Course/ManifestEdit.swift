import Foundation

/// A target put into a manifest by hand, so to speak: one or a few lines are added, and every other
/// byte stays.
struct ManifestEdit {
  private let text: String

  init(_ text: String) { self.text = text }

  /// The manifest with a lab in its list of targets; `nil` where the list is not to be found.
  ///
  /// - Parameter excluded: Files in the lab's folder that are no source.
  func adding(_ lab: LabName, excluding excluded: [String] = []) -> String? {
    guard let list = targetList else { return nil }
    // The last element's end: the bracket stands on a line of its own, with or without a comma before.
    let body = text[list]
    var end = list.upperBound
    while end > list.lowerBound, text[text.index(before: end)].isWhitespace {
      end = text.index(before: end)
    }
    let isMultiline = body.contains { $0.isNewline }
    let indentation = indentation(in: body)
    let lines = lines(lab, excluding: excluded).map { indentation + $0 }.joined(separator: newline)
    let isEmpty = body.allSatisfy(\.isWhitespace)
    let hasComma = end > list.lowerBound && text[text.index(before: end)] == ","
    var result = String(text[..<end])
    if !isEmpty, !hasComma { result += "," }
    result += newline + lines + ","
    if !isMultiline { result += newline + "  " }
    result += text[end...]
    return result
  }

  /// The lines that describe a lab, without indentation.
  func lines(_ lab: LabName, excluding excluded: [String] = []) -> [String] {
    let exclude =
      excluded.isEmpty
      ? "" : ", exclude: [" + excluded.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    if hasLabFunction, excluded.isEmpty || labFunctionExcludes {
      return [#"lab("\#(lab.command)", path: "Labs/\#(lab.type)"\#(exclude))"#]
    }
    return [
      ".executableTarget(",
      "  name: \"\(lab.command)\",",
      "  dependencies: [.product(name: \"LabKit\", package: \"\(identity)\")],",
      "  path: \"Labs/\(lab.type)\"\(exclude),",
      "  plugins: [.plugin(name: \"SourceEmbedderPlugin\", package: \"\(identity)\")])",
    ]
  }

  /// Whether the manifest makes labs by a function of its own, as this package's does.
  private var hasLabFunction: Bool {
    text.firstRange(of: /(?m)^func lab\(\s*_ name: String, path: String/) != nil
  }

  /// Whether that function can be told of files that are no source.
  private var labFunctionExcludes: Bool {
    text.firstRange(of: /(?m)^func lab\([^{]*exclude: *\[String\]/) != nil
  }

  /// How the manifest names the package that LabKit comes from.
  private var identity: String {
    for match in text.matches(of: /\.package\((?:url|path): *"([^"]+)"/) {
      let last = match.1.split(separator: "/").last.map(String.init) ?? ""
      let name = last.hasSuffix(".git") ? String(last.dropLast(4)) : last
      if name.lowercased() == "labkit" { return name }
    }
    if let match = text.firstMatch(of: /package: *"([^"]+)"/), text.contains("\"LabKit\"") {
      return String(match.1)
    }
    return "LabKit"
  }

  private var newline: String { text.contains("\r\n") ? "\r\n" : "\n" }

  /// What the first element of the list is set in by.
  private func indentation(in body: Substring) -> String {
    for line in body.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
      return String(line.prefix { $0 == " " || $0 == "\t" })
    }
    return "    "
  }
}

// MARK: - Finding the list

extension ManifestEdit {
  /// What stands between the brackets of `targets: [ … ]` in the call of `Package(…)`.
  ///
  /// Comments and strings are passed over, and only the outermost argument counts: products have
  /// `targets:` too.
  private var targetList: Range<String.Index>? {
    var depth = 0
    var packageDepth: Int?
    var position = text.startIndex
    while position < text.endIndex {
      let rest = text[position...]
      if let end = endOfTrivia(rest) {
        position = end
        continue
      }
      let character = text[position]
      if packageDepth == nil, rest.hasPrefix("Package("), isWordStart(position) {
        position = text.index(position, offsetBy: "Package".count)
        depth += 1
        packageDepth = depth
      } else if "([{".contains(character) {
        depth += 1
      } else if ")]}".contains(character) {
        depth -= 1
      } else if depth == packageDepth, rest.hasPrefix("targets"), isWordStart(position),
        let open = opening(after: text.index(position, offsetBy: "targets".count))
      {
        return closing(of: open).map { text.index(after: open)..<$0 }
      }
      position = text.index(after: position)
    }
    return nil
  }

  private func isWordStart(_ position: String.Index) -> Bool {
    guard position > text.startIndex else { return true }
    let before = text[text.index(before: position)]
    return !before.isLetter && !before.isNumber && before != "_" && before != "."
  }

  /// The `[` of `: [`.
  private func opening(after position: String.Index) -> String.Index? {
    let rest = text[position...].drop { $0 == " " }
    guard rest.first == ":" else { return nil }
    let list = rest.dropFirst().drop { $0.isWhitespace }
    return list.first == "[" ? list.startIndex : nil
  }

  private func closing(of open: String.Index) -> String.Index? {
    var depth = 0
    var position = open
    while position < text.endIndex {
      if let end = endOfTrivia(text[position...]) {
        position = end
        continue
      }
      if "([{".contains(text[position]) { depth += 1 }
      if ")]}".contains(text[position]) {
        depth -= 1
        if depth == 0 { return position }
      }
      position = text.index(after: position)
    }
    return nil
  }

  /// Where a comment or a string that begins here ends; `nil` where none begins.
  private func endOfTrivia(_ rest: Substring) -> String.Index? {
    if rest.hasPrefix("//") { return rest.firstIndex { $0.isNewline } ?? rest.endIndex }
    if rest.hasPrefix("/*") { return rest.firstRange(of: "*/")?.upperBound ?? rest.endIndex }
    guard rest.first == "\"" else { return nil }
    let quote = rest.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
    var position = rest.index(rest.startIndex, offsetBy: quote.count)
    while position < rest.endIndex {
      if rest[position] == "\\" {
        position = rest.index(after: position)
        if position == rest.endIndex { break }
      } else if rest[position...].hasPrefix(quote) {
        return rest.index(position, offsetBy: quote.count)
      }
      position = rest.index(after: position)
    }
    return rest.endIndex
  }
}
