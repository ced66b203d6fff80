import Foundation
import Reports

/// GitHub's Markdown as HTML, by pandoc.
struct SiteMarkdown {
  /// The body, without comments.
  var html: String

  /// - Throws: A sentence where pandoc is missing or fails.
  init(_ markdown: String, path: String) throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "labs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "page.md")
    try Data(Self.forPandoc(markdown).utf8).write(to: file)
    let result = try Command(
      "pandoc", "--from=gfm+tex_math_dollars+gfm_auto_identifiers", "--to=html5", "--mathml",
      "--wrap=preserve", file.path
    ).run()
    guard result.status != 127 else {
      throw Complaint(
        "a site is made by pandoc, which is not installed: 'sudo apt install pandoc' or 'brew "
          + "install pandoc' installs it")
    }
    guard result.status == 0 else {
      throw Complaint("pandoc cannot read \(path): \(result.errors)")
    }
    html = Self.fromPandoc(result.output)
  }

  /// GitHub's notations for formulas as pandoc knows them. Code stays as it is.
  static func forPandoc(_ markdown: String) -> String {
    var lines: [String] = []
    var fence: Substring?
    var isFormula = false
    for line in markdown.documentLines {
      let text = line.drop { $0 == " " }
      let marks = text.prefix { $0 == "`" }
      let tildes = text.prefix { $0 == "~" }
      let run = marks.count >= tildes.count ? marks : tildes
      if let open = fence {
        let isEnd =
          run.count >= open.count && run.first == open.first
          && text.dropFirst(run.count).allSatisfy(\.isWhitespace)
        if isEnd {
          lines.append(isFormula ? line.prefix(line.count - text.count) + "$$" : line)
          fence = nil
          isFormula = false
        } else {
          lines.append(isFormula ? formula(line) : line)
        }
        continue
      }
      if run.count >= 3 {
        fence = run
        isFormula = text.dropFirst(run.count).trimmingCharacters(in: .whitespaces) == "math"
        lines.append(isFormula ? line.prefix(line.count - text.count) + "$$" : line)
      } else {
        lines.append(line.replacing(/\$`([^`]+)`\$/) { "$\($0.1)$" })
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Numbers of formulas, which MathML has no word for.
  private static func formula(_ line: String) -> String {
    line.replacing(/\\tag\{([^}]*)\}/) { "\\qquad (\($0.1))" }
  }

  /// Alerts, and no comments: what the check reads is none of the reader's business.
  static func fromPandoc(_ html: String) -> String {
    html.replacing(/<!--[\s\S]*?-->/, with: "")
      .replacing(/<blockquote>\s*<p>\[!([A-Z]+)\]\s*(<br \/>\s*)?(<\/p>\s*<p>)?/) { match in
        let name = String(match.1).lowercased()
        let title = "\(name.prefix(1).uppercased())\(name.dropFirst())"
        return "<blockquote class=\"alert \(name)\"><p class=\"alert-title\">\(title)</p><p>"
      }
      .replacing(">✓ ", with: "><span class=\"holds\">✓</span> ")
      .replacing(">✗ ", with: "><span class=\"fails\">✗</span> ")
  }
}

/// Words of HTML.
enum HTML {
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }

  /// What a reader sees of HTML, in one line.
  static func text(_ html: some StringProtocol) -> String {
    String(html).replacing(/<annotation[\s\S]*?<\/annotation>/, with: "")
      .replacing(/<[^>]*>/, with: " ")
      .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
      .replacing("&#39;", with: "'").replacing("&nbsp;", with: " ").replacing("&amp;", with: "&")
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
      .replacing(" .", with: ".").replacing(" ,", with: ",")
  }
}
