/// What a lab says about itself between `---` lines at its top, in YAML's notation.
///
/// ```swift
/// //: ---
/// //: title: "Lab 10. Padding layer"
/// //: author: I. Domrachev
/// //: date: 2023-11-10
/// //: keywords: [convolution, padding]
/// //: ---
/// ```
public struct FrontMatter: Hashable, Sendable {
  /// `title`
  public var title: String?

  /// `author`, one or several.
  public var authors: [String] = []

  /// `date`, as written: nothing here reads a clock.
  public var date: String?

  /// `keywords`
  public var keywords: [String] = []

  /// `bibliography`: the BibTeX files whose works prose may cite, from the lab's folder on.
  public var bibliography: [String] = []

  /// `toc`: whether a table of contents follows the title; `nil` where the lab does not say.
  public var tableOfContents: Bool?

  /// `echo`, `code-fold`, `max-lines`, `max-rows`: what holds for every cell that does not say
  /// otherwise; keys with their values.
  var cellDefaults: [CellDefault] = []

  /// `fig-width`: the width of figures on the page in points; `nil` leaves each as it is drawn.
  public var figureWidth: Double?

  /// The line of `title`, for the check.
  var location: SourceLocation?

  /// The line of `bibliography`.
  var bibliographyLocation: SourceLocation?

  /// Nothing said.
  public init() {}
}

/// An option that holds for every cell without one of its own.
struct CellDefault: Hashable, Sendable {
  var key: String
  var value: String
}

/// Reads the lines between the `---`.
struct FrontMatterParser {
  var result = FrontMatter()
  /// Complaints: line index, column within the line's text (from 0), message.
  var complaints: [(line: Int, column: Int, message: String)] = []

  /// The line that names the first bibliography.
  private(set) var bibliographyLine: Int?

  private var key: String?

  private static let cellKeys = ["echo", "code-fold", "max-lines", "max-rows"]
  private static let settings = cellKeys + ["toc", "fig-width"]
  private static let keys = ["title", "author", "date", "keywords", "bibliography"] + settings

  /// Sets what holds for the whole report.
  ///
  /// - Returns: A complaint, in one sentence.
  private mutating func set(_ key: String, to value: String) -> String? {
    switch key {
    case "toc":
      guard value == "true" || value == "false" else {
        return "'toc' is true or false, not '\(value)'"
      }
      result.tableOfContents = value == "true"
    case "fig-width":
      guard let width = Double(value), (16...4096).contains(width) else {
        return "'fig-width' is a width in points from 16 to 4096, not '\(value)'"
      }
      result.figureWidth = width
    case _ where Self.cellKeys.contains(key):
      var options = CellOptions()
      if let complaint = options.set(key, to: value) { return complaint.message }
      result.cellDefaults.append(CellDefault(key: key, value: value))
    default: break
    }
    return nil
  }

  init(_ lines: [String]) {
    for (index, line) in lines.enumerated() where !line.trimmed.isEmpty {
      read(line, at: index)
    }
  }

  private mutating func read(_ line: String, at index: Int) {
    if line.trimmed.hasPrefix("- "), let key {
      add(Yaml.scalar(String(line.trimmed.dropFirst(2))), to: key, at: index)
      return
    }
    guard let colon = line.firstIndex(of: ":") else {
      complaints.append((index, 0, "expected 'key: value' in the front matter"))
      return
    }
    let name = line[..<colon].trimmed
    let value = line[line.index(after: colon)...].trimmed
    guard Self.keys.contains(name) else {
      complaints.append(
        (
          index, 0,
          "unknown key '\(name)' in the front matter; the keys are "
            + Self.keys.joined(separator: ", ")
        ))
      key = nil
      return
    }
    key = name
    if value.isEmpty { return }
    if let message = set(name, to: Yaml.scalar(value)) {
      complaints.append((index, 0, message))
      return
    }
    if Self.settings.contains(name) { return }
    if value.hasPrefix("["), value.hasSuffix("]") {
      for item in Yaml.list(value) { add(item, to: name, at: index) }
    } else {
      add(Yaml.scalar(value), to: name, at: index)
    }
  }

  private mutating func add(_ value: String, to key: String, at line: Int) {
    switch key {
    case "title": result.title = value
    case "author": result.authors.append(value)
    case "date": result.date = value
    case "bibliography":
      result.bibliography.append(value)
      bibliographyLine = bibliographyLine ?? line
    default: result.keywords.append(value)
    }
  }
}

/// The little of YAML that options and front matter use.
enum Yaml {
  /// A plain or quoted scalar.
  static func scalar(_ text: String) -> String {
    let text = withoutComment(text.trimmed)
    if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
      var result = ""
      var isEscaped = false
      for character in text.dropFirst().dropLast() {
        if isEscaped {
          switch character {
          case "n": result.append("\n")
          case "t": result.append("\t")
          case "\"", "\\", "/": result.append(character)
          // YAML would refuse it. A caption's TeX (`"$\alpha$"`) reads better kept.
          default: result += "\\" + String(character)
          }
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else {
          result.append(character)
        }
      }
      return result
    }
    if text.count >= 2, text.hasPrefix("'"), text.hasSuffix("'") {
      return String(text.dropFirst().dropLast()).replacing("''", with: "'")
    }
    return text
  }

  /// A comment begins with `#` after a space, outside quotes.
  private static func withoutComment(_ text: String) -> String {
    var quote: Character?
    var previous: Character = " "
    for index in text.indices {
      let character = text[index]
      if let open = quote {
        // An escaped quote does not close, a doubled one opens again at once.
        if character == open, !(open == "\"" && previous == "\\") { quote = nil }
      } else if index == text.startIndex, character == "\"" || character == "'" {
        quote = character
      } else if character == "'", previous == "'" {
        quote = character
      } else if character == "#", previous == " " {
        return text[..<index].trimmed
      }
      previous = character
    }
    return text
  }

  /// The items of `[a, "b, c"]`.
  static func list(_ text: String) -> [String] {
    var items: [String] = []
    var item = ""
    var quote: Character?
    for character in text.dropFirst().dropLast() {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "," {
        items.append(scalar(item))
        item = ""
        continue
      }
      item.append(character)
    }
    if !item.trimmed.isEmpty { items.append(scalar(item)) }
    return items
  }
}
