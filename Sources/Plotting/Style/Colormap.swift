public import Raster
import Requirements

/// A map from 0…1 to colours, for heatmaps and images.
///
/// Where a map is anchored in the paper's white (`.blues`, `.diverging`), it has a second set of
/// colours for dark themes, anchored in the dark background: the same figure reads well in both.
public struct Colormap: Sendable, Hashable, CustomStringConvertible {
  /// The name, for descriptions.
  public let name: String
  /// The name.
  public var description: String { name }

  private let light: [Color]
  private let dark: [Color]
  /// Whether colours stand beside each other without mixtures.
  let isStepped: Bool
  /// Whether each colour stands for one of the numbers 0, 1, 2 … and none for others.
  let isOfClasses: Bool

  /// The values that a map has by itself: those of classes, which no data change.
  var ownDomain: ClosedRange<Double>? { isOfClasses ? -0.5...Double(light.count) - 0.5 : nil }

  /// Makes a map that runs evenly through the given colours, and through others in dark themes if
  /// given. Colours between two of them are mixed. Traps on an empty list.
  public init(
    _ name: String, colors: [Color], darkColors: [Color]? = nil, fileID: StaticString = #fileID,
    line: UInt = #line
  ) {
    require(
      !colors.isEmpty, "Colormap: “\(name)” has no colours", file: fileID, line: line)
    self.name = name
    light = colors
    dark = darkColors.flatMap { $0.isEmpty ? nil : $0 } ?? colors
    isStepped = false
    isOfClasses = false
  }

  private init(
    _ name: String, steps light: [Color], _ dark: [Color], isOfClasses: Bool = false
  ) {
    self.name = name
    self.light = light
    self.dark = dark
    isStepped = true
    self.isOfClasses = isOfClasses
  }

  /// The map in so many equal steps, each of one colour, from one end of the map to the other. Traps
  /// when there are fewer than one.
  public func steps(
    _ count: Int, fileID: StaticString = #fileID, line: UInt = #line
  ) -> Colormap {
    require(
      count > 0, "Colormap: “\(name)” cannot have \(count) steps", file: fileID, line: line)
    func colors(_ isDark: Bool) -> [Color] {
      (0..<count).map {
        self(count == 1 ? 0.5 : Double($0) / Double(count - 1), isDark: isDark)
      }
    }
    return Colormap("\(name) in \(count) steps", steps: colors(false), colors(true))
  }

  /// One colour for each of the numbers 0, 1, 2 …: classes, labels. The domain is −0.5…count − 0.5 whatever
  /// the data are; other values have no colour, and are hatched. Traps on an empty list, and when there
  /// are not as many dark colours.
  public static func classes(
    _ colors: [Color], darkColors: [Color]? = nil, fileID: StaticString = #fileID,
    line: UInt = #line
  ) -> Colormap {
    require(
      !colors.isEmpty, "Colormap: there are no colours for classes", file: fileID, line: line)
    require(
      darkColors == nil || darkColors?.count == colors.count,
      "Colormap: \(darkColors?.count ?? 0) dark colours for \(colors.count) classes", file: fileID,
      line: line)
    return Colormap("classes", steps: colors, darkColors ?? colors, isOfClasses: true)
  }

  /// The colour at a fraction of the way, clamped to 0…1. Not a number is transparent.
  public func callAsFunction(_ fraction: Double, isDark: Bool = false) -> Color {
    guard !fraction.isNaN else { return .clear }
    let colors = isDark ? dark : light
    if isStepped {
      let place = max(fraction, 0) * Double(colors.count)
      return colors[min(place, Double(colors.count - 1)).integer]
    }
    let position = min(max(fraction, 0), 1) * Double(colors.count - 1)
    let lower = min(position.integer, colors.count - 1)
    let upper = min(lower + 1, colors.count - 1)
    // With 256 colours the nearest is exact to the eye, and mixing costs more than drawing.
    if colors.count >= 128 { return colors[position - Double(lower) < 0.5 ? lower : upper] }
    return colors[lower].mixed(with: colors[upper], position - Double(lower))
  }

  /// How many colours stand beside each other in a map of steps.
  var stepCount: Int { light.count }

  /// The same map run backwards.
  public var reversed: Colormap {
    isStepped
      ? Colormap(
        name + " reversed", steps: light.reversed(), dark.reversed(), isOfClasses: isOfClasses)
      : Colormap(name + " reversed", colors: light.reversed(), darkColors: dark.reversed())
  }

  /// Blue over green to yellow; even in lightness, safe for all colour vision, readable in grey.
  public static let viridis = Colormap("viridis", table: ColormapTable.viridis)
  /// Blue over grey to yellow; looks the same to people with and without red-green blindness.
  public static let cividis = Colormap("cividis", table: ColormapTable.cividis)
  /// Black to white: for photographs and digits.
  public static let gray = Colormap("gray", colors: [.black, .white])
  /// From the background to deep (on dark themes: bright) blue: for counts, such as a confusion
  /// matrix.
  public static let blues = Colormap(
    "blues", table: ColormapTable.bluesLight, dark: ColormapTable.bluesDark)
  /// Blue over the background to red, the same lightness at the same distance from the middle:
  /// for values with a sign. Use a domain that is symmetric about the neutral value.
  public static let diverging = Colormap(
    "diverging", table: ColormapTable.divergingLight, dark: ColormapTable.divergingDark)

  /// From the colour of one series over the background to that of another, for the probability of one of two
  /// classes whose points are drawn in these colours: paler than they are, so that the points stand out.
  /// The colours are those of the standard palettes. Traps on a series below 0.
  public static func between(
    _ first: Int, _ second: Int, fileID: StaticString = #fileID, line: UInt = #line
  ) -> Colormap {
    require(
      first >= 0 && second >= 0,
      "Colormap: series are counted from 0, and \(min(first, second)) is none", file: fileID,
      line: line)
    func colors(_ theme: Theme) -> [Color] {
      let middle = theme.isDark ? Color(gray: 0.16) : Color(gray: 0.97)
      func pale(_ series: Int) -> Color { middle.mixed(with: theme.palette[series], 0.7) }
      return [pale(first), middle, pale(second)]
    }
    return Colormap(
      "between series \(first) and \(second)", colors: colors(.light), darkColors: colors(.dark))
  }

  private init(_ name: String, table: String, dark: String? = nil) {
    self.init(name, colors: Self.colors(table), darkColors: dark.map(Self.colors))
  }

  private static func colors(_ table: String) -> [Color] {
    let digits = Array(table.utf8)
    return stride(from: 0, to: digits.count - 5, by: 6).map { start in
      var hex: UInt32 = 0
      for digit in digits[start..<start + 6] {
        let value = digit <= UInt8(ascii: "9") ? digit - 48 : digit - 87
        hex = hex << 4 | UInt32(value)
      }
      return Color(hex: hex)
    }
  }
}
