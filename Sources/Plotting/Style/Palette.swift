public import Raster
import Requirements

/// Colours for series, in order.
public struct Palette: Sendable, Hashable {
  /// The colours; series beyond them start again with the first, and with another dash, symbol or
  /// pattern.
  public let colors: [Color]

  /// Makes a palette. Traps on an empty list.
  public init(_ colors: [Color], fileID: StaticString = #fileID, line: UInt = #line) {
    require(
      !colors.isEmpty, "Palette: there are no colours", file: fileID, line: line)
    self.colors = colors
  }

  /// The colour of a series.
  public subscript(series: Int) -> Color {
    colors[((series % colors.count) + colors.count) % colors.count]
  }

  /// Seven colours for a white page, found by search: each has a contrast of at least 3 : 1 with it
  /// (WCAG 2.2, 1.4.11), and any two are at least 17 apart (CIEDE2000), also as people without one
  /// kind of cones see them (G. Machado and others, 2009). Started from M. Okabe and K. Ito's set,
  /// whose sky blue, orange and yellow are fainter than that.
  public static let standard = Palette([
    Color(hex: 0x064D6D), Color(hex: 0xE1750A), Color(hex: 0x008565), Color(hex: 0xC36BF5),
    Color(hex: 0xAB3F0B), Color(hex: 0x4D00F9), Color(hex: 0x8691A1),
  ])

  /// Seven colours for the dark page, by the same rules.
  public static let standardOnDark = Palette([
    Color(hex: 0x7DA2FF), Color(hex: 0xFF5C0A), Color(hex: 0x59FFC6), Color(hex: 0xFFF523),
    Color(hex: 0xAB939C), Color(hex: 0xD2E0F5), Color(hex: 0x7365A4),
  ])
}

/// The colour of a mark: one of the theme's, so that the figure works in every theme, or one of
/// your own.
public enum Ink: Sendable, Hashable {
  /// The theme's colour of a series: 0 is the first.
  case series(Int)
  /// The colour of text and axes.
  case foreground
  /// A quiet colour for what stands back: references, annotations.
  case muted
  /// The theme's background.
  case background
  /// This colour in every theme.
  case color(Color)
}
