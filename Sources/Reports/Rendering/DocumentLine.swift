/// A line of a rendered document that remembers what may vary in it and where it comes from.
///
/// The check holds a committed document against these lines instead of against plain text, so it
/// needs nothing but the committed file.
struct DocumentLine: Hashable, Sendable {
  /// A piece of a line as a committed document may have it.
  enum Piece: Hashable, Sendable {
    /// Exactly this.
    case literal(String)

    /// A number with a tolerance.
    case number(Published)

    /// Anything: a value that differs from run to run, or one that is not known before the run.
    case anything

    /// A picture inside the document, as a data URI that decodes to the same pixels.
    case picture(RenderedReport.File)
  }

  /// What kind of line it is.
  enum Kind: Hashable, Sendable {
    /// Prose.
    case source

    /// Code, and what folds it.
    case code

    /// A row of a table: its padding means nothing.
    case tableRow

    /// What was shown.
    case output

    /// The place of outputs that are not known before a run: the line that opens them, if any.
    case slot(SlotName)
  }

  /// The line as it is written, without its line end.
  var text: String

  /// The line as it may be committed.
  var pieces: [Piece]

  /// The line of the source that it comes from.
  var location: SourceLocation?

  var kind: Kind

  /// On a slot: what has to stand somewhere among its outputs, because an option of the cell says
  /// so.
  var demands: [SlotDemand] = []

  /// A line that is exactly so.
  init(_ text: String, _ kind: Kind = .source, at location: SourceLocation? = nil) {
    self.text = text
    pieces = text.isEmpty ? [] : [.literal(text)]
    self.kind = kind
    self.location = location
  }

  /// A line with values in it.
  init(text: String, pieces: [Piece], kind: Kind, at location: SourceLocation?) {
    self.text = text
    self.pieces = pieces
    self.kind = kind
    self.location = location
  }
}

extension DocumentLine {
  /// The line, so that it is a paragraph whatever it begins with: a backslash keeps it from being a
  /// fence or a heading.
  ///
  /// - Parameter outline: The same line without the values that only a run knows. It alone decides:
  ///   before a run and after it, the line has to begin alike.
  func asParagraph(outline: DocumentLine) -> DocumentLine {
    // A value takes care of itself.
    guard case .literal(let first)? = outline.pieces.first, case .literal(let own)? = pieces.first
    else { return self }
    // Blanks before it mean nothing to a paragraph.
    let rest = first.drop { $0 == " " || $0 == "\t" }
    let isParagraph = ["x", "", " x"].allSatisfy { value in
      let pieces = outline.pieces.map { if case .literal(let text) = $0 { text } else { value } }
      return BlockParser.isParagraph(String(pieces.joined().drop { $0 == " " || $0 == "\t" }))
    }
    let start = isParagraph ? String(rest) : Escaping.lineStart(String(rest))
    var result = self
    result.text =
      start + String(decoding: Array(text.utf8.dropFirst(first.utf8.count)), as: UTF8.self)
    result.pieces[0] = .literal(
      start + String(decoding: Array(own.utf8.dropFirst(first.utf8.count)), as: UTF8.self))
    if case .literal("") = result.pieces[0] { result.pieces.removeFirst() }
    return result
  }
}

/// What the comment says that opens a stretch of outputs: `<!-- output fig-loss volatile -->`.
struct SlotName: Hashable, Sendable {
  var label: String?
  var isVolatile = false

  var opening: String {
    (["<!-- output"] + [label, isVolatile ? "volatile" : nil].compactMap(\.self) + ["-->"])
      .joined(separator: " ")
  }

  static let closing = "<!-- /output -->"

  /// Whether a line opens or closes a stretch of outputs.
  static func isMark(_ line: String) -> Bool { line == closing || SlotName(line) != nil }

  /// Reads the comment; `nil` when a line is none.
  init?(_ line: some StringProtocol) {
    // Of a hundred thousand lines hardly one is a comment.
    guard line.utf8.starts(with: "<!--".utf8) else { return nil }
    let words = line.split(separator: " ")
    guard words.count >= 3, words[0] == "<!--", words[1] == "output", words.last == "-->" else {
      return nil
    }
    var rest = words[2..<(words.count - 1)]
    if rest.last == "volatile" {
      isVolatile = true
      rest.removeLast()
    }
    guard rest.count <= 1 else { return nil }
    label = rest.first.map { String($0) }
  }

  init(label: String?, isVolatile: Bool = false) {
    self.label = label
    self.isVolatile = isVolatile
  }
}

/// Something that an option of a cell puts among its outputs.
struct SlotDemand: Hashable, Sendable {
  /// The option: `fig-cap`.
  var option: String

  /// How the form of the outputs begins that need it: `<p` for a figure, `table` for a table.
  var subject: String

  /// The line, or a part of one, that has to be there.
  var line: DocumentLine

  /// Whether ``line`` is only a part of a line.
  var isPart = false
}
