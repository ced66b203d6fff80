public import Raster

/// Everything about a figure's looks that is not in the data: colours, weights, sizes.
///
/// The same figure is drawn in any theme; `.light` and `.dark` for screens, `.print` for paper and
/// photocopiers. Lengths are points. Change a copy for your own:
///
/// ```swift
/// var theme = Theme.light
/// theme.fontSize = 12
/// ```
///
/// A size or width that is no length in points traps where it is set.
public struct Theme: Sendable, Hashable, CustomStringConvertible {
  /// The name, for file names: “light”, “dark”, “print”.
  public var name: String
  /// The name.
  public var description: String { name }
  /// Whether light marks stand on a dark background.
  public var isDark: Bool
  /// Behind everything.
  public var background: Color
  /// Behind the data, inside of the axes.
  public var plotBackground: Color
  /// Titles, labels and numbers.
  public var foreground: Color
  /// Tick labels, captions, notes, references.
  public var muted: Color
  /// Axis lines and ticks.
  public var axis: Color
  /// Grid lines.
  public var grid: Color
  /// The colours of series.
  public var palette: Palette
  /// The size of tick labels, legends and annotations; titles and axis labels are scaled from it.
  public var fontSize: Double { didSet { check(fontSize, "fontSize") } }
  /// The width of data lines.
  public var lineWidth: Double { didSet { check(lineWidth, "lineWidth") } }
  /// The width of axis lines and ticks.
  public var axisWidth: Double { didSet { check(axisWidth, "axisWidth") } }
  /// The width of grid lines.
  public var gridWidth: Double { didSet { check(gridWidth, "gridWidth") } }
  /// The diameter of points.
  public var pointSize: Double { didSet { check(pointSize, "pointSize") } }
  /// Whether series also differ by dashes, symbols and hatching, for print without colour.
  public var distinguishesWithoutColor: Bool

  private func check(_ value: Double, _ property: String) {
    // Text has a size; lines may be nothing.
    let isSize = value.isFinite && value < 1e4 && (property == "fontSize" ? value > 0 : value >= 0)
    MarkChecks("Theme", name, #fileID, #line).require(
      isSize, "the \(property) is \(value), not a length in points")
  }

  /// The size of the figure's title.
  public var titleSize: Double { fontSize * 1.25 }
  /// The size of axis labels.
  public var labelSize: Double { fontSize * 1.05 }
  /// The size of captions and notes.
  public var noteSize: Double { fontSize * 0.9 }

  /// The colour that an ink has in this theme. Traps on a series below 0.
  public func color(_ ink: Ink) -> Color {
    switch ink {
    case .series(let index):
      MarkChecks("Theme", name, #fileID, #line).require(
        index >= 0, "series are counted from 0, and Ink.series(\(index)) is none")
      return palette[index]
    case .foreground: return foreground
    case .muted: return muted
    case .background: return background
    case .color(let color): return color
    }
  }

  /// Near black or white, whichever has more contrast on the given colour.
  public func textColor(on color: Color) -> Color {
    // WCAG's formula puts equal contrast to black and white at a luminance of 0.179, but on
    // saturated colours white letters read better still; up to here their contrast is above 3.5.
    color.luminance > 0.24 ? Color(hex: 0x111111) : .white
  }

  /// Dark on white, for screens.
  public static let light = Theme(
    name: "light", isDark: false, background: .white, plotBackground: .white,
    foreground: Color(hex: 0x1F2328), muted: Color(hex: 0x59636E), axis: Color(hex: 0x818B98),
    grid: Color(hex: 0xE4E8EC), palette: .standard, fontSize: 11, lineWidth: 1.75, axisWidth: 0.8,
    gridWidth: 0.8, pointSize: 5, distinguishesWithoutColor: false)

  /// Light on GitHub's dark page colour, for screens.
  public static let dark = Theme(
    name: "dark", isDark: true, background: Color(hex: 0x0D1117),
    plotBackground: Color(hex: 0x0D1117), foreground: Color(hex: 0xE6EDF3),
    muted: Color(hex: 0x9DA7B1), axis: Color(hex: 0x6E7781), grid: Color(hex: 0x262C34),
    palette: .standardOnDark, fontSize: 11, lineWidth: 1.75, axisWidth: 0.8, gridWidth: 0.8,
    pointSize: 5, distinguishesWithoutColor: false)

  /// Black on white with finer type; series differ by dashes, symbols and hatching as well as by
  /// colour.
  public static let print = Theme(
    name: "print", isDark: false, background: .white, plotBackground: .white, foreground: .black,
    muted: Color(hex: 0x333333), axis: .black, grid: Color(hex: 0xDDDDDD), palette: .standard,
    fontSize: 10, lineWidth: 1.4, axisWidth: 0.7, gridWidth: 0.5, pointSize: 4.5,
    distinguishesWithoutColor: true)
}
