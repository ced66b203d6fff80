/// One line of a legend: a sample of the mark and its label.
public struct LegendEntry: Sendable, Hashable {
  /// How the mark looks.
  public enum Swatch: Sendable, Hashable {
    /// A stroke, with a symbol on it if given. An empty dash is the theme's choice.
    case line(Ink, width: Double?, dash: [Double], symbol: Symbol?)
    /// A symbol alone.
    case symbol(Symbol, Ink)
    /// A symbol of a given diameter in points.
    case sizedSymbol(Symbol, Ink, size: Double)
    /// A filled box, as for bars and areas.
    case box(Ink, opacity: Double)
    /// None: the label is a heading over the entries that follow.
    case heading

    /// Its colour alone: what tells apart whether two entries stand for one series.
    var plain: Swatch {
      switch self {
      case .line(let ink, _, _, _), .symbol(_, let ink), .box(let ink, _):
        .box(ink, opacity: 1)
      case .sizedSymbol, .heading: self
      }
    }
  }

  /// The label, with markup.
  public var label: String
  /// How the mark looks.
  public var swatch: Swatch

  /// Makes an entry.
  public init(_ label: String, _ swatch: Swatch) {
    self.label = label
    self.swatch = swatch
  }
}

/// Where a figure's legend stands.
public enum LegendPlacement: Sendable, Hashable {
  /// Inside of the plot area where no data is; if there is no such place, above the plot.
  case automatic
  /// Above the plot, in rows.
  case top
  /// To the right of the plot, in a column.
  case right
  /// Inside of the plot area, in a corner, whatever is there.
  case inside(Corner)
  /// There is none.
  case none

  /// A corner of the plot area.
  public enum Corner: Sendable, Hashable, CaseIterable {
    /// Above, right.
    case topRight
    /// Above, left.
    case topLeft
    /// Below, right.
    case bottomRight
    /// Below, left.
    case bottomLeft
  }
}
