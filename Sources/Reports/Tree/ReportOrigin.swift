internal import Foundation

/// How a report was made: by which lab, with which options.
///
/// A report carries it where no reader sees it, so that whoever checks or regenerates reports needs
/// no list of them: a Markdown document and a page end in a comment, a notebook has it in its metadata,
/// a PDF and a DOCX behind what is shown.
public struct ReportOrigin: Codable, Hashable, Sendable {
  /// The lab's command: `lab10`.
  public var lab: String

  /// The arguments that differ from the defaults and shape the report: `["--seeds", "40"]`. Where it
  /// is written to, and how its run is watched, is not among them.
  public var options: [String]

  /// Whether its numbers are those of the machine that measured them, so that a check compares only
  /// what needs no run.
  public var isMeasurement: Bool

  /// How a report was made.
  public init(lab: String, options: [String] = [], isMeasurement: Bool = false) {
    self.lab = lab
    self.options = options
    self.isMeasurement = isMeasurement
  }

  private enum CodingKeys: String, CodingKey {
    case lab, options
    case isMeasurement = "measurement"
  }

  /// Reads what was written as JSON; options and measurement may be left out.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    lab = try container.decode(String.self, forKey: .lab)
    options = try container.decodeIfPresent([String].self, forKey: .options) ?? []
    isMeasurement = try container.decodeIfPresent(Bool.self, forKey: .isMeasurement) ?? false
  }

  /// Leaves out what says nothing, so that a plain report carries a plain comment.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(lab, forKey: .lab)
    if !options.isEmpty { try container.encode(options, forKey: .options) }
    if isMeasurement { try container.encode(true, forKey: .isMeasurement) }
  }
}

extension ReportOrigin {
  private static let opening = "<!-- made by "
  private static let closing = " -->"

  /// The members that say something, in a fixed order.
  var json: JSON {
    var members: [(key: String, value: JSON)] = [("lab", .string(lab))]
    if !options.isEmpty { members.append(("options", .array(options.map { .string($0) }))) }
    if isMeasurement { members.append(("measurement", .truth(true))) }
    return .object(members)
  }

  /// `<!-- made by {"lab": "lab10"} -->`: what a document ends in. Nothing in it can end the comment.
  public var comment: String {
    Self.opening + oneLine.replacing(">", with: #"\u003e"#) + Self.closing
  }

  /// What it says, as JSON on one line in which nothing is more than text.
  var oneLine: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    return JSON.plain(json)
  }

  /// Reads what ``oneLine`` says.
  init?(oneLine line: some Sequence<UInt8>) {
    guard let origin = try? JSONDecoder().decode(Self.self, from: Data(line)) else { return nil }
    self = origin
  }

  /// The comment as a line of a document. Before a run any will do: a check with other options finds
  /// out by running them.
  func line(hasRun: Bool) -> DocumentLine {
    hasRun
      ? DocumentLine(comment)
      : DocumentLine(
        text: comment, pieces: [.literal(Self.opening), .anything, .literal(Self.closing)],
        kind: .source, at: nil)
  }

  /// The origin that a report carries; `nil` where a document is no report of a lab.
  ///
  /// - Parameter document: The text of a Markdown document, an HTML page or a Jupyter notebook.
  ///   What a lab printed cannot be taken for the origin: the last such line counts, and the writer
  ///   writes its own below everything else.
  public init?(in document: String) {
    if document.utf8.first(where: { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D }) == 0x7B {
      struct Notebook: Decodable {
        struct Metadata: Decodable { var labkit: ReportOrigin? }
        var metadata: Metadata?
      }
      let notebook = try? JSONDecoder().decode(Notebook.self, from: Data(document.utf8))
      guard let origin = notebook?.metadata?.labkit else { return nil }
      self = origin
      return
    }
    guard let line = Self.comments(in: document).last else { return nil }
    self.init(oneLine: line.dropFirst(Self.opening.count).dropLast(Self.closing.count).utf8)
  }

  /// The lines that look like an origin's comment. In Markdown those that stand as code do not: a guide
  /// that shows a report is none.
  private static func comments(in document: String) -> [String] {
    let lines = document.documentLines.map { String($0).trimmingCharacters(in: .whitespaces) }
    func isComment(_ line: String) -> Bool {
      line.hasPrefix(Self.opening) && line.hasSuffix(Self.closing)
    }
    let found = lines.filter(isComment)
    let isPage = lines.first { !$0.isEmpty }?.lowercased().hasPrefix("<!doctype") == true
    // The usual place, below everything else, needs no reading of what stands above.
    if found.isEmpty || isPage || isComment(lines.last { !$0.isEmpty } ?? "") { return found }
    let markup = Markup(text: document)
    return markup.blocks.compactMap { block in
      guard case .html = block.kind else { return nil }
      return markup.lines[block.lines].map { $0.trimmingCharacters(in: .whitespaces) }
        .first(where: isComment)
    }
  }
}
