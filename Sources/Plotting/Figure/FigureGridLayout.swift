import Raster

/// Where the figures of a grid stand: all plot areas have one size, those of a column share their
/// left edge, those of a row their lower edge.
struct FigureGridLayout {
  let grid: FigureGrid
  let theme: Theme
  private(set) var size: Size
  private let metrics = Metrics()
  private(set) var layouts: [FigureLayout] = []
  private(set) var origins: [Point] = []
  private var title: [Label] = []
  private var legend: LegendLayout?

  init(_ grid: FigureGrid, theme: Theme) {
    self.grid = grid
    self.theme = theme
    let figures = Self.lettered(grid)
    let count = figures.count
    let columns = max(1, min(grid.columns, max(1, count)))
    let rows = (count + columns - 1) / columns
    let cell = Self.cellSize(figures, columns: columns)
    size =
      grid.preferredSize
      ?? Size(width: cell.width * Double(columns), height: cell.height * Double(max(1, rows)))

    title = Label.wrapped(
      grid.title ?? "", size: theme.titleSize, isBold: true, width: max(20, size.width - 20),
      limit: 3)
    var top = title.isEmpty ? 0 : title.reduce(metrics.outer + 2) { $0 + $1.lineHeight }
    let shared = Self.sharedLegend(figures)
    let row = LegendLayout.rows(shared, width: .infinity, theme: theme)
    if let line = title.first, title.count == 1, !shared.isEmpty,
      case let width = LegendLayout.width(ofRow: shared, theme),
      line.width + width + 4 * metrics.outer + LegendLayout.columnGap <= size.width
    {
      // Beside a short title the legend takes no height from the figures.
      let height = LegendLayout.rowHeight(theme)
      legend = LegendLayout(
        entries: row,
        rect: Rect(
          x: size.width - metrics.outer - width,
          y: metrics.outer + line.lineHeight / 2 - height / 2 + 1, width: width + metrics.outer,
          height: height), isInside: false)
    } else if !shared.isEmpty {
      let lines = LegendLayout.rows(shared, width: size.width - 4 * metrics.outer, theme: theme)
      let height = Double(lines.count) * LegendLayout.rowHeight(theme)
      legend = LegendLayout(
        entries: lines,
        rect: Rect(
          x: metrics.outer + 6, y: top + metrics.outer, width: size.width - 2 * metrics.outer,
          height: height), isInside: false)
      top += height + metrics.outer
    }
    if grid.preferredSize == nil { size.height += top.rounded(.up) }
    guard count > 0 else { return }

    var constraints = Self.constraints(
      figures, grid: grid, columns: columns, hidesLegend: !shared.isEmpty)
    // Margins depend a little on the size of the plot area, so this is done more than once.
    var widths = [Double](repeating: size.width / Double(columns), count: columns)
    var heights = [Double](repeating: (size.height - top) / Double(rows), count: rows)
    for _ in 0..<3 {
      layouts = zip(figures, constraints).enumerated().map { index, item in
        FigureLayout(
          item.0, size: Size(width: widths[index % columns], height: heights[index / columns]),
          theme: theme, constraints: item.1)
      }
      var margins = [Margins](repeating: Margins(), count: count)
      for index in 0..<count {
        for other in 0..<count {
          if other % columns == index % columns {
            margins[index].left = max(margins[index].left, layouts[other].margins.left)
            margins[index].right = max(margins[index].right, layouts[other].margins.right)
          }
          if other / columns == index / columns {
            margins[index].top = max(margins[index].top, layouts[other].margins.top)
            margins[index].bottom = max(margins[index].bottom, layouts[other].margins.bottom)
          }
        }
        margins[index] = margins[index].rounded
        constraints[index].margins = margins[index]
      }
      let across = (0..<columns).map { margins[$0].left + margins[$0].right }
      let down = (0..<rows).map { margins[$0 * columns].top + margins[$0 * columns].bottom }
      let width = ((size.width - across.reduce(0, +)) / Double(columns)).rounded(.down)
      let height = ((size.height - top - down.reduce(0, +)) / Double(rows)).rounded(.down)
      widths = across.map { max(12, $0 + max(8, width)) }
      heights = down.map { max(12, $0 + max(8, height)) }
    }
    layouts = zip(figures, constraints).enumerated().map { index, item in
      FigureLayout(
        item.0, size: Size(width: widths[index % columns], height: heights[index / columns]),
        theme: theme, constraints: item.1)
    }
    for index in 0..<count {
      origins.append(
        Point(
          widths[..<(index % columns)].reduce(0, +),
          top.rounded(.up) + heights[..<(index / columns)].reduce(0, +)))
    }
  }

  private static func lettered(_ grid: FigureGrid) -> [Figure] {
    guard grid.showsLetters else { return grid.figures }
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    return grid.figures.enumerated().map { index, figure in
      var figure = figure
      let letter = "(\(letters[index % letters.count]))"
      figure.title = figure.title.map { "\(letter) \($0)" } ?? letter
      return figure
    }
  }

  /// A cell that suits every figure: what heatmaps need, and the usual shape for the others.
  private static func cellSize(_ figures: [Figure], columns: Int) -> Size {
    var width = max(220, min(340, 720 / Double(columns)))
    var height = max(190, (width * 0.74).rounded())
    for figure in figures {
      if figure.preferredSize != nil || figure.cellRatio(of: ResolvedAxes(figure)) != nil {
        width = max(width, figure.size.width)
        height = max(height, figure.size.height)
      }
    }
    return Size(width: width.rounded(), height: height)
  }

  /// The one legend above the grid, when several figures have the same entries.
  private static func sharedLegend(_ figures: [Figure]) -> [LegendEntry] {
    let all = figures.map(\.legendEntries).filter { !$0.isEmpty }
    guard all.count > 1, let first = all.first, all.allSatisfy({ $0 == first }),
      figures.allSatisfy({ $0.legend == .automatic })
    else { return [] }
    return first
  }

  private static func constraints(
    _ figures: [Figure], grid: FigureGrid, columns: Int, hidesLegend: Bool
  ) -> [FigureLayout.Constraints] {
    let axes = figures.map(ResolvedAxes.init)
    var common = FigureLayout.Constraints()
    common.hidesLegend = hidesLegend
    common.isPanel = true
    if grid.shares.isX {
      (common.xDomain, common.xCategories) = shared(axes.map(\.x))
      common.xReach = reach(axes.map(\.x))
      common.xShown = hull(axes.map(\.x).filter(\.hasData).map(\.shown))
    }
    if grid.shares.isY {
      (common.yDomain, common.yCategories) = shared(axes.map(\.y))
      common.yReach = reach(axes.map(\.y))
      common.yShown = hull(axes.map(\.y).filter(\.hasData).map(\.shown))
      // Where only some figures have a second axis, it is labelled in each of them.
      let seconds = axes.compactMap(\.secondY)
      if seconds.count == axes.count {
        (common.secondDomain, common.secondReach) = (shared(seconds).0, reach(seconds))
      }
    }
    return figures.indices.map { index in
      var own = common
      // The lowest figure of every column is labelled, also when the last row is not full.
      own.hidesXLabels = common.xDomain != nil && index + columns < figures.count
      own.hidesYLabels = common.yDomain != nil && index % columns != 0
      // The last figure of every row is labelled on the right, also when the row is not full.
      own.hidesSecondLabels =
        common.secondDomain != nil && index % columns != columns - 1 && index + 1 < figures.count
      return own
    }
  }

  /// The domain and the categories of all axes together; nothing when their scales differ.
  private static func shared(_ axes: [ResolvedAxis]) -> (ClosedRange<Double>?, [String]?) {
    guard let first = axes.first, axes.allSatisfy({ $0.scale == first.scale }) else {
      return (nil, nil)
    }
    if first.scale == .categorical {
      let names = axes.reduce(into: []) { $0 = Categories.union($0, $1.categories) }
      return (-0.5...max(0.5, Double(names.count) - 0.5), names)
    }
    return (hull(axes.filter(\.hasData).map(\.domain)) ?? first.domain, nil)
  }

  /// From the least to the greatest of several stretches.
  private static func hull(_ ranges: [ClosedRange<Double>]) -> ClosedRange<Double>? {
    guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max()
    else { return nil }
    return low...high
  }

  /// What the ticks of all axes together must span.
  private static func reach(_ axes: [ResolvedAxis]) -> ClosedRange<Double>? {
    hull(axes.compactMap(\.reach))
  }

  func draw(on canvas: inout Canvas) {
    var top = metrics.outer
    for line in title {
      line.draw(
        on: &canvas, baseline: Point(metrics.outer + 6, top + line.ascent),
        color: theme.foreground)
      top += line.lineHeight
    }
    legend?.draw(on: &canvas, theme: theme)
    for (layout, origin) in zip(layouts, origins) {
      canvas.transformed(by: .translation(x: origin.x, y: origin.y)) {
        layout.figure.draw(on: &$0, layout: layout)
      }
    }
  }
}

extension Margins {
  fileprivate var rounded: Margins {
    Margins(
      top: top.rounded(.up), left: left.rounded(.up), bottom: bottom.rounded(.up),
      right: right.rounded(.up))
  }
}
