/// Whom a lab is for: an exercise has a form with its solutions and one without.
///
/// A solution stands in the source as a call, and the stub beside it compiles too:
///
/// ```text
///     let slope = solution {
///       LinearFit(table, x: "length", y: "T²").slope.value
///     } stub: {
///       0  // your fit
///     }
/// ```
///
/// The student's edition shows `let slope = 0  // your fit`, and runs it. Of the prose it leaves out
/// what is marked `- Solution:` or `- Answer:`.
public enum Edition: String, CaseIterable, Codable, Sendable {
  /// With the solutions.
  case teacher

  /// With the stubs in their places.
  case student
}

/// The text of a source file in one edition, line for line.
package struct EditionText: Sendable {
  /// The lines of the edition by the lines of the file, from 1; `nil` where a line falls away.
  package private(set) var lines: [String?]

  /// What is wrong with the marks, each with its line and column.
  package private(set) var faults: [(line: Int, column: Int, message: String)] = []

  /// Whether the file has anything that differs between editions.
  package private(set) var hasSolutions = false

  /// The lines of the file.
  let original: [String]
  private let whole: String
  private let newline: String

  /// Reads the marks of a file.
  package init(_ text: String, _ edition: Edition) {
    whole = text
    newline = text.holds(Array("\r\n".utf8)) ? "\r\n" : "\n"
    original = text.documentLines
    lines = original
    // Most files have no solution.
    guard Self.marks.contains(where: text.holds) else { return }
    var index = 0
    while index < original.count {
      if Self.opens(original[index]) {
        index = solution(at: index, edition)
      } else {
        index = prose(at: index, edition)
      }
    }
  }

  /// The text of a file of its own: the lines that are left.
  package var text: String { lines.compactMap(\.self).joined(separator: newline) }

  // MARK: Code

  /// What a file has that differs between editions.
  private static let marks = ["solution {", "Solution:", "Answer:"].map { Array($0.utf8) }

  /// Whether a line ends in `solution {`, and is code.
  private static func opens(_ line: String) -> Bool {
    let code = trimmed(line)
    guard code.hasSuffix("solution {"), !code.hasPrefix("//") else { return false }
    let before = code.dropLast("solution {".count).last
    return before == nil || before == " " || before == "("
  }

  private static func indentation(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  private static func trimmed(_ line: String) -> Substring {
    var rest = line.drop { $0 == " " || $0 == "\t" }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return rest
  }

  /// Puts one part of `solution { … } stub: { … }` into its place; the line after it.
  private mutating func solution(at start: Int, _ edition: Edition) -> Int {
    let depth = Self.indentation(original[start])
    let column = depth + Self.trimmed(original[start]).count - "solution {".count + 1
    func end(after index: Int) -> Int? {
      original[(index + 1)...].firstIndex { line in
        Self.indentation(line) == depth && Self.trimmed(line).hasPrefix("}")
      }
    }
    guard let middle = end(after: start), Self.trimmed(original[middle]) == "} stub: {",
      let close = end(after: middle), Self.trimmed(original[close]) == "}"
    else {
      faults.append(
        (
          start + 1, column,
          "a solution stands between lines of their own, set in alike: 'solution {', '} stub: {' and '}'"
        ))
      return start + 1
    }
    hasSolutions = true
    let teacher = (start + 1)..<middle
    let stub = (middle + 1)..<close
    guard stub.contains(where: { !Self.trimmed(original[$0]).isEmpty }) else {
      faults.append(
        (middle + 1, depth + 1, "the stub is empty, and the student's edition would not compile"))
      return close + 1
    }
    for index in start...close { lines[index] = nil }
    let shown = edition == .teacher ? teacher : stub
    place(Array(shown), depth, before: before(original[start]))
    return close + 1
  }

  /// What stands before `solution {`, without a `try` that the parts have themselves.
  private func before(_ line: String) -> String {
    var before = String(Self.trimmed(line).dropLast("solution {".count))
    for word in ["try ", "await "] where before.hasSuffix(word) { before.removeLast(word.count) }
    return before
  }

  private mutating func place(_ shown: [Int], _ depth: Int, before: String) {
    let margin = String(repeating: " ", count: depth)
    let inner =
      shown.map { original[$0] }.filter { !Self.trimmed($0).isEmpty }
      .map(Self.indentation).min() ?? depth
    func dedented(_ index: Int) -> String {
      Self.trimmed(original[index]).isEmpty ? "" : margin + original[index].dropFirst(inner)
    }
    if before.isEmpty {
      for index in shown { lines[index] = dedented(index) }
    } else if let only = shown.first, shown.count == 1 {
      lines[only] = margin + before + original[only].dropFirst(inner)
    } else if let first = shown.first, let last = shown.last {
      // Several statements are the body of a closure that is called at once.
      lines[first - 1] = margin + before + "{"
      for index in shown { lines[index] = original[index] }
      lines[last + 1] = margin + "}()"
    }
  }

  // MARK: Prose

  /// Leaves out a callout that gives the solution away; the line after it.
  private mutating func prose(at start: Int, _ edition: Edition) -> Int {
    guard let depth = Self.callout(original[start]) else { return start + 1 }
    hasSolutions = true
    var end = start + 1
    while end < original.count, let text = Self.prose(original[end]) {
      let isBlank = text.allSatisfy { $0 == " " }
      if !isBlank, Self.indentation(String(text)) <= depth { break }
      end += 1
    }
    if edition == .student { for index in start..<end { lines[index] = nil } }
    return end
  }

  /// The prose of a line, `nil` for code.
  private static func prose(_ line: String) -> Substring? {
    let rest = trimmed(line)
    guard rest.hasPrefix("//:") else { return nil }
    return rest.dropFirst(rest.hasPrefix("//: ") ? 4 : 3)
  }

  /// How far a callout named Solution or Answer is set in; `nil` for other lines.
  private static func callout(_ line: String) -> Int? {
    guard let text = prose(line) else { return nil }
    let rest = text.drop { $0 == " " }
    let isSolution = ["- Solution:", "- Answer:", "* Solution:", "* Answer:"].contains {
      rest.hasPrefix($0)
    }
    return isSolution ? text.count - rest.count : nil
  }
}

extension EditionText {
  /// The whole file for the weaver: prose that falls away leaves blank prose, code stays as it is.
  var withoutSolutionsInProse: String {
    guard hasSolutions else { return whole }
    return zip(original, lines).map { original, line in
      guard line == nil, let start = original.firstRange(of: "//:") else { return original }
      return original[..<start.lowerBound].allSatisfy { $0 == " " || $0 == "\t" }
        ? String(original[..<start.upperBound]) : original
    }
    .joined(separator: newline)
  }

  /// The lines of a cell as the edition shows them.
  func edited(_ code: [CodeLine]) -> [CodeLine] {
    guard hasSolutions else { return code }
    return code.compactMap { line in
      guard lines.indices.contains(line.line - 1) else { return line }
      let original = original[line.line - 1]
      guard let edited = lines[line.line - 1] else { return nil }
      if edited == original { return line }
      // The cell is set in by less than its function.
      let margin = max(0, original.count - line.text.count)
      var shown = line
      shown.text = String(edited.dropFirst(min(margin, edited.prefix { $0 == " " }.count)))
      return shown
    }
  }
}
