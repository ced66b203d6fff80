import Requirements

/// A label: a string in a size and weight, ready to be measured and drawn.
///
/// Within the string `^{…}` raises and `_{…}` lowers what stands in the braces, in smaller letters:
/// `Text("x_{i}^{2}", size: 10)`. A newline begins a new line. Characters that the font does not
/// have show as a box.
public struct Text: Sendable {
  /// What stands there, with its markup.
  public let string: String
  /// The size of the letters: the length of an em in points.
  public let size: Double
  /// The font.
  public let font: Font
  /// How far apart the baselines of two lines are, in ems.
  public let lineSpacing: Double
  /// Whether `^{…}` and `_{…}` are markup.
  let hasMarkup: Bool

  /// A label in one of the embedded fonts.
  ///
  /// Traps when the size is not a finite positive number.
  public init(
    _ string: String, size: Double, weight: Font.Weight = .regular, lineSpacing: Double = 1.2
  ) {
    self.init(string, size: size, font: .weight(weight), lineSpacing: lineSpacing)
  }

  /// A label in any font.
  ///
  /// Traps when the size is not a finite positive number.
  public init(_ string: String, size: Double, font: Font, lineSpacing: Double = 1.2) {
    self.init(string, size, font, lineSpacing, hasMarkup: true)
  }

  /// A label that shows the string as it is, `^{` and `_{` included.
  public init(verbatim string: String, size: Double, weight: Font.Weight = .regular) {
    self.init(string, size, .weight(weight), 1.2, hasMarkup: false)
  }

  private init(
    _ string: String, _ size: Double, _ font: Font, _ lineSpacing: Double, hasMarkup: Bool
  ) {
    require(
      size.isFinite && size > 0, "the size of a text is a finite positive number, not \(size)")
    self.string = string
    self.size = size
    self.font = font
    self.lineSpacing = lineSpacing
    self.hasMarkup = hasMarkup
  }

  /// How much room the text takes.
  public func measure() -> TextMetrics { TextLayout(self).metricsWithInk }

  /// How far the longest line reaches, in points: the width of ``measure()`` alone, much cheaper.
  public var width: Double { TextLayout(self).metrics.width }
}

/// How much room a text takes, in points.
///
/// Distances count from the text's origin: the left end of its first baseline.
public struct TextMetrics: Sendable, Hashable {
  /// From the origin to where a following letter would stand, in the longest line.
  public let width: Double
  /// From the first baseline up to the top of tall letters (b, d), raised ones included.
  ///
  /// The same for all texts of a size without raised parts, so that labels line up; an accent on a
  /// capital letter rises above it (see ``bounds``).
  public let ascent: Double
  /// From the last baseline down to the foot of letters such as p, lowered ones included.
  public let descent: Double
  /// The height of capital letters and digits.
  public let capHeight: Double
  /// From the first baseline to the last.
  public let baselineDistance: Double
  /// The rectangle that the ink fills, seen from the origin; empty when there is none.
  public let bounds: Rect

  /// From the top of tall letters in the first line to the foot of letters in the last.
  public var height: Double { ascent + baselineDistance + descent }
}

/// Which point of a text lies where it is drawn.
public struct Anchor: Sendable, Hashable {
  /// Where the anchor lies across the text.
  public enum Horizontal: Sendable, Hashable {
    /// At the left end; lines start flush.
    case left
    /// In the middle; lines are centred.
    case center
    /// At the right end; lines end flush.
    case right
  }

  /// Where the anchor lies along the height of the text.
  public enum Vertical: Sendable, Hashable {
    /// At the top of tall letters in the first line.
    case top
    /// Halfway between the capital tops of the first line and the last baseline, so that digits
    /// look centred.
    case middle
    /// On the first baseline.
    case baseline
    /// At the foot of letters such as p in the last line.
    case bottom
  }

  /// Where the anchor lies across the text.
  public var horizontal: Horizontal
  /// Where the anchor lies along the height of the text.
  public var vertical: Vertical

  /// The anchor at the given place.
  public init(horizontal: Horizontal, vertical: Vertical) {
    self.horizontal = horizontal
    self.vertical = vertical
  }

  /// The anchor at the given place.
  public init(_ horizontal: Horizontal, _ vertical: Vertical) {
    self.init(horizontal: horizontal, vertical: vertical)
  }
}
