/// A block while its lines are being read.
final class BlockNode {
  enum Kind {
    case document
    case quote
    case list(ListMarker)
    case item(ListMarker)
    case paragraph
    case heading(level: Int)
    case fence(byte: UInt8, count: Int, indent: Int)
    case indentedCode
    case html(HTMLBlockStart)
    case math
    case table([Table.Alignment?])
    case thematicBreak
    /// Lines that only define links: nothing is shown, but they separate what surrounds them.
    case definitions
  }

  var kind: Kind
  var children: [BlockNode] = []
  var isOpen = true

  /// The index of its first line, and the one after its last.
  let start: Int
  var end: Int

  /// The label that the author gave it.
  var label: Label?

  /// What of each line is its text.
  var segments: [Segment] = []

  /// The text of each line of code or HTML is passed on as it stands; a paragraph's is not.
  init(_ kind: Kind, start: Int) {
    self.kind = kind
    self.start = start
    end = start + 1
  }

  var isParagraph: Bool { if case .paragraph = kind { true } else { false } }

  /// Whether lines are added to it without a look at what they begin.
  var isVerbatim: Bool {
    switch kind {
    case .fence, .indentedCode, .html, .math: true
    default: false
    }
  }

  var takesLines: Bool {
    if isVerbatim || isParagraph { return true }
    if case .table = kind { return true }
    return false
  }

  func canContain(_ child: Kind) -> Bool {
    switch kind {
    case .document, .quote, .item: if case .item = child { false } else { true }
    case .list: if case .item = child { true } else { false }
    default: false
    }
  }
}

/// A part of a line that belongs to a block's text.
struct Segment {
  /// The index of the line.
  var line: Int

  /// The bytes of the line.
  var range: Range<Int>

  /// Spaces before them: what is left of a tab that was partly indentation.
  var spaces = 0
}

/// What begins an item of a list.
struct ListMarker {
  /// `-`, `+`, `*`, or the `.` or `)` after a number.
  var byte: UInt8

  /// The number; `nil` for a bullet.
  var number: Int?

  /// The columns before the marker, and those of the marker with the spaces after it.
  var offset: Int
  var padding: Int

  func belongsWith(_ other: ListMarker) -> Bool {
    byte == other.byte && (number == nil) == (other.number == nil)
  }
}
