import Raster

/// A mark of lines or symbols, which are drawn whole where they lie on the edge of the plot area, beyond
/// it by half of their width, and over the axes' lines: what lies at 0 or at 1 is data like all else.
///
/// Other marks are cut at the edge: bars and areas begin there.
protocol WholeEdges {
  /// How far what stands on the edge reaches beyond it, in points.
  func overhang(_ theme: Theme) -> Double
}

extension Mark {
  /// What the mark draws beyond the edge; `nil` where it is cut there.
  var edge: (any WholeEdges)? { ((self as? SecondAxisMark)?.mark ?? self) as? any WholeEdges }
}

extension PlotArea {
  /// Rounding moves what stands on the edge by less than this, in points.
  static let hair = 1e-6
}
