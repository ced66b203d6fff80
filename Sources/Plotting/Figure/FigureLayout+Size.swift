import Raster

extension FigureLayout {
  /// The size at which the cells of a heatmap or image are square and comfortable.
  static func naturalSize(of figure: Figure, ratio: Double) -> Size {
    let axes = ResolvedAxes(figure)
    let columns = (axes.x.domain.upperBound - axes.x.domain.lowerBound) * ratio
    let rows = axes.y.domain.upperBound - axes.y.domain.lowerBound
    guard columns > 0, rows > 0, columns.isFinite, rows.isFinite else {
      return Figure.standardSize
    }
    // Cells of a matrix need no more than this, unless they are so few that the names around them
    // would have no room; units of other axes may be of any length.
    let few = min(120 / columns, 90 / rows)
    let unit = min(400 / columns, 300 / rows, axes.hasCells ? max(44, few) : .infinity)
    // However long and low the plot area is, its figure has room for title, names and axes.
    let (width, height) = (max(columns * unit, 40), max(rows * unit, 40))
    var size = Size(width: width + 80, height: height + 60)
    for _ in 0..<3 {
      // The margins of everything: with those of a layout that had to leave parts out, there would
      // never be room for them.
      let layout = FigureLayout(figure, size, .light, .full, Constraints())
      size = Size(
        width: (width + layout.margins.left + layout.margins.right).rounded(.up),
        height: (height + layout.margins.top + layout.margins.bottom).rounded(.up))
    }
    return Size(width: min(max(size.width, 120), 2000), height: min(max(size.height, 80), 2000))
  }
}
