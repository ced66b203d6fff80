public import Raster
import Requirements

/// Colours for series, in order.
public struct Palette: Sendable, Hashable {
  /// The colours; series beyond them start again with the first.
  public let colors: [Color]

  /// Makes a palette. Traps on an empty list.
  public init(_ colors: [Color]) {
    require(!colors.isEmpty, "Palette: there are no colours")
    self.colors = colors
  }

  /// The colour of a series.
  public subscript(series: Int) -> Color {
    colors[((series % colors.count) + colors.count) % colors.count]
  }

  /// The palette of M. Okabe and K. Ito, "Color Universal Design" (2008), distinguishable with
  /// every kind of colour vision. Ordered so that the first two or three differ most, with yellow,
  /// which is faint on white, as the last before black.
  public static let okabeIto = Palette([
    Color(hex: 0x0072B2), Color(hex: 0xD55E00), Color(hex: 0x009E73), Color(hex: 0xCC79A7),
    Color(hex: 0xE69F00), Color(hex: 0x56B4E9), Color(hex: 0xF0E442), Color(hex: 0x000000),
  ])

  /// Okabe and Ito's hues, lightened until each has at least 4.5 : 1 contrast on the dark
  /// background; black becomes white.
  public static let okabeItoOnDark = Palette([
    Color(hex: 0x4DA9E0), Color(hex: 0xF08A42), Color(hex: 0x2FC49A), Color(hex: 0xDE98BE),
    Color(hex: 0xF0B53A), Color(hex: 0x8CCFF5), Color(hex: 0xF0E442), Color(hex: 0xFFFFFF),
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
