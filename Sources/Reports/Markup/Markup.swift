/// A stretch of prose, parsed once into blocks and inlines.
///
/// GitHub's Markdown with what a lab adds to it: formulas in `$…$` and `$$…$$`, values `\(name)`,
/// references `@fig-loss`, and callouts `- Note: …`. Writers, the table of contents, cell names, link
/// checks and the notebook are functions of this tree; nothing else looks for a fence, a heading or a
/// link.
///
/// Every block knows its lines and every inline its place, so that a writer of Markdown passes on
/// what the author wrote and replaces only what means something.
public struct Markup: Hashable, Sendable {
  /// The lines that were parsed, without their line ends.
  public let lines: [String]

  /// The blocks, in order.
  public var blocks: [Block]

  /// What is wrong with names in it.
  var complaints: [Complaint] = []

  /// A place: the index of a line, and a column in bytes of UTF-8 from 0.
  public struct Position: Hashable, Comparable, Sendable {
    /// The index of the line.
    public var line: Int

    /// The column, in bytes from 0.
    public var column: Int

    /// A place in the lines.
    public init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }

    /// Whether a place comes before another.
    public static func < (first: Self, second: Self) -> Bool {
      (first.line, first.column) < (second.line, second.column)
    }
  }

  /// A mistake in prose.
  struct Complaint: Hashable, Sendable {
    var position: Position
    var message: String
  }
}

// MARK: - Blocks

extension Markup {
  /// A block with the lines that it stands on.
  public struct Block: Hashable, Sendable {
    /// What it is.
    public var kind: Kind

    /// Its lines, those of its markers included, without blank lines after it.
    public var lines: Range<Int>

    /// The label that the author gave a heading, `{#sec-…}`, or a formula, `{#eq-…}`.
    public var label: Label?
  }

  /// What a block can be.
  public enum Kind: Hashable, Sendable {
    /// `## Part 1`, or a line underlined with `===` or `---`; levels from 1 to 6.
    case heading(level: Int, [Inline])

    /// Text.
    case paragraph([Inline])

    /// A fence of backticks or tildes, or indented code.
    case code(Code)

    /// `$$ … $$` with its lines to itself: TeX.
    case math([Fragment])

    /// Items with bullets or numbers.
    case list(List)

    /// Lines after `>`.
    case quote([Block])

    /// `- Note: …`, or GitHub's `> [!NOTE]`.
    case callout(Callout, [Block])

    /// A table with bars.
    case table(Grid)

    /// HTML, passed on.
    case html([Fragment])

    /// `---`
    case thematicBreak
  }

  /// Code that stands as a block.
  public struct Code: Hashable, Sendable {
    /// What follows an opening fence, escapes decoded; `nil` for indented code.
    public var info: String?

    /// The code, each line with its line end.
    public var text: String

    /// The language: the first word of ``info``.
    public var language: String? {
      info?.split(separator: " ").first.map { String($0) }
    }
  }

  /// A list.
  public struct List: Hashable, Sendable {
    /// The number of the first item; `nil` for a list with bullets.
    public var start: Int?

    /// Whether no blank line sets its items apart: their paragraphs are written without a tag.
    public var isTight: Bool

    /// The items.
    public var items: [Item]
  }

  /// An item of a list.
  public struct Item: Hashable, Sendable {
    /// What it holds.
    public var blocks: [Block]

    /// Its lines.
    public var lines: Range<Int>

    /// `[ ]` and `[x]`: whether a task is done; `nil` where there is no box.
    public var isDone: Bool?
  }

  /// A table.
  public struct Grid: Hashable, Sendable {
    /// Where the text of a column stands; `nil` where the author did not say.
    public var alignments: [Table.Alignment?]

    /// The heads, as many as there are ``alignments``.
    public var head: [[Inline]]

    /// The rows, each with as many cells.
    public var rows: [[[Inline]]]
  }
}

// MARK: - Inlines

extension Markup {
  /// A piece of running text.
  public struct Inline: Hashable, Sendable {
    /// What it is.
    public var kind: InlineKind

    /// Where it begins and ends in ``Markup/lines``, its markers included.
    public var range: Range<Position>
  }

  /// What a piece of running text can be.
  public enum InlineKind: Hashable, Sendable {
    /// Text, escapes and entities decoded.
    case text(String)

    /// A code span: its code.
    case code(String)

    /// A formula: TeX.
    case math(Formula)

    /// `*…*`
    case emphasis([Inline])

    /// `**…**`
    case strong([Inline])

    /// `~~…~~`
    case strikethrough([Inline])

    /// A link: its destination without escapes, its title, and its text.
    case link(destination: [Fragment], title: [Fragment]?, [Inline])

    /// A picture: its source, its title, and its alternative text.
    case image(source: [Fragment], title: [Fragment]?, [Inline])

    /// HTML, passed on.
    case html([Fragment])

    /// The end of a line inside a paragraph.
    case softBreak

    /// A line break that the author asked for.
    case hardBreak

    /// `\(name)`: a published value or a parameter.
    case value(name: String)

    /// `@fig-loss`: a reference to something numbered; `-@fig-loss` is the number alone.
    case reference(Label, isNumberOnly: Bool)

    /// `@key`: a work of the bibliography.
    case citation(key: String, Citation)

    /// `[see @key, p. 5; @other]`, or the `[p. 5]` after a `@key`: citations with what is said of
    /// them, in parentheses.
    case citations([Inline], isLocator: Bool)
  }

  /// How a work is cited.
  public enum Citation: Hashable, Sendable {
    /// `@key`: Visin (2016)
    case inText

    /// `@key [p. 5]`: Visin (2016, p. 5)
    case beforeLocator

    /// `[@key]`: (Visin 2016)
    case inParentheses

    /// `-@key`: 2016
    case yearOnly
  }

  /// A formula in running text.
  public struct Formula: Hashable, Sendable {
    /// The TeX.
    public var tex: [Fragment]

    /// Whether it is `$$…$$`, set on a line of its own.
    public var isDisplay: Bool

    /// Whether it is written with backticks inside the dollars, GitHub's other notation.
    public var isQuoted: Bool

    /// Whether GitHub, which reads Markdown first and formulas after, would spoil it in plain dollars.
    public var isFragile: Bool
  }

  /// A piece of text in which nothing but values means anything: TeX, HTML, the destination of a link.
  public struct Fragment: Hashable, Sendable {
    /// What a fragment can be.
    public enum Kind: Hashable, Sendable {
      /// Text.
      case text(String)

      /// `\(name)`: a published value or a parameter.
      case value(name: String)
    }

    /// What it is.
    public var kind: Kind

    /// Where it stands; the place of decoded text is that of the whole.
    public var range: Range<Position>
  }
}

extension Markup.Inline {
  /// The inlines inside it.
  public var children: [Markup.Inline] {
    switch kind {
    case .emphasis(let inside), .strong(let inside), .strikethrough(let inside),
      .link(_, _, let inside), .image(_, _, let inside), .citations(let inside, _):
      inside
    case .text, .code, .math, .html, .softBreak, .hardBreak, .value, .reference, .citation: []
    }
  }

  /// The fragments inside it.
  public var fragments: [Markup.Fragment] {
    switch kind {
    case .math(let formula): formula.tex
    case .html(let html): html
    case .link(let destination, let title, _), .image(let destination, let title, _):
      destination + (title ?? [])
    case .text, .code, .emphasis, .strong, .strikethrough, .softBreak, .hardBreak, .value,
      .reference, .citation, .citations:
      []
    }
  }
}
