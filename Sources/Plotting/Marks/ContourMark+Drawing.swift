import Numbers
public import Raster

extension ContourMark {
  /// Draws areas or lines with their levels.
  public func draw(on canvas: inout Canvas, in plot: PlotArea) {
    guard !isEmpty else { return }
    let grid = grid
    if isFilled, values.values.contains(where: { !$0.isFinite }) {
      drawMissing(grid, on: &canvas, in: plot)
    }
    if isFilled {
      drawAreas(grid, on: &canvas, in: plot)
    } else {
      drawLines(grid, on: &canvas, in: plot)
    }
  }

  /// Hatches the squares that have a corner without a value. Opaque areas hide what is under them, so
  /// there the whole place is, without seams; through others it would be seen.
  private func drawMissing(_ grid: ContourGrid, on canvas: inout Canvas, in plot: PlotArea) {
    func rect(_ x: (Double, Double), _ y: (Double, Double)) -> Rect? {
      guard let left = plot.x.reaching(x.0), let right = plot.x.reaching(x.1),
        let low = plot.y.reaching(y.0), let high = plot.y.reaching(y.1)
      else { return nil }
      let place = Rect(
        minX: min(left, right), minY: min(low, high), maxX: max(left, right), maxY: max(low, high))
      return canvas.aligned(place).intersection(plot.frame)
    }
    var path = Path()
    if opacity == 1 {
      rect((x.lowerBound, x.upperBound), (y.lowerBound, y.upperBound)).map {
        path.append(.rect($0))
      }
    } else {
      for row in 0..<values.rows - 1 {
        let holes = (0..<values.columns - 1).runs { column in
          [(0, 0), (0, 1), (1, 0), (1, 1)].contains {
            !values[row + $0.0, column + $0.1].isFinite
          }
        }
        for hole in holes {
          let across = (grid.x[hole.lowerBound], grid.x[hole.upperBound])
          if let part = rect(across, (grid.y[row], grid.y[row + 1])) { path.append(.rect(part)) }
        }
      }
    }
    if !path.isEmpty { canvas.hatchMissing(path, theme: plot.theme) }
  }

  private func drawAreas(_ grid: ContourGrid, on canvas: inout Canvas, in plot: PlotArea) {
    guard let mapping, let range = values.range else { return }
    let edges = edges
    for (low, high) in zip(edges, edges.dropFirst()) {
      // Opaque areas reach under those above them, so that no seam of background shines through.
      // A plain at the highest value belongs to the last area, with nothing above it.
      let top = opacity < 1 && high < range.upperBound ? high : .infinity
      var path = Path()
      for polygon in grid.polygons(from: low, to: top) {
        let points = polygon.compactMap { plot.point($0.x, $0.y) }
        if points.count > 2 { path.append(.polygon(plot.cut(polygon: Self.clockwise(points)))) }
      }
      guard let color = mapping.color(low / 2 + high / 2, isDark: plot.theme.isDark) else {
        continue
      }
      canvas.fill(path, color.opacity(opacity))
    }
  }

  /// All polygons turn the same way, so that their shares of a pixel add up.
  private static func clockwise(_ points: [Point]) -> [Point] {
    var area = 0.0
    for (a, b) in zip(points, points.dropFirst() + points.prefix(1)) {
      area += a.x * b.y - b.x * a.y
    }
    return area < 0 ? points.reversed() : points
  }

  private func drawLines(_ grid: ContourGrid, on canvas: inout Canvas, in plot: PlotArea) {
    let mapping = mapping
    var labels: [(Label, Point, Color)] = []
    let words = levelWords
    for (level, word) in zip(levels, words) {
      let color =
        mapping.flatMap { $0.color(level, isDark: plot.theme.isDark) } ?? plot.color(color)
      var longest: [Point] = []
      var length = 0.0
      for line in grid.lines(at: level) {
        let points = line.compactMap { plot.point($0.x, $0.y) }
        for piece in plot.cut(points) {
          canvas.stroke(
            .polyline(piece), Stroke(width: width, cap: .round, join: .round),
            color.opacity(opacity)
          )
        }
        let own = zip(points, points.dropFirst()).reduce(0) { $0 + $1.0.distance(to: $1.1) }
        if own > length { (longest, length) = (points, own) }
      }
      let label = Label(word, size: plot.theme.noteSize)
      guard showsLevels, length > label.width * 2, let place = free(longest, label, labels, plot)
      else { continue }
      labels.append((label, place, color))
    }
    for (label, place, color) in labels {
      label.drawWithHalo(
        on: &canvas, baseline: Point(place.x, place.y + label.capHeight / 2), side: .center,
        color: color, halo: plot.theme.plotBackground)
    }
  }

  /// How levels are written: as they are where that is a short number, else so that they differ.
  private var levelWords: [String] {
    zip(levels, NumberFormat.automatic.labels(telling: levels)).map { level, word in
      let digits = DecimalDigits(shortest: level).digits.count
      return (5...15).contains(digits) ? NumberFormat.shortest.string(level, .picture) : word
    }
  }

  /// The point of a line nearest to its middle at which its label lies within the plot and away from
  /// the others.
  private func free(
    _ line: [Point], _ label: Label, _ labels: [(Label, Point, Color)], _ plot: PlotArea
  ) -> Point? {
    let inside = plot.frame.inset(horizontal: label.width / 2 + 3, vertical: label.size)
    let middle = line.count / 2
    return line.indices.sorted { abs($0 - middle) < abs($1 - middle) }.map { line[$0] }
      .first { point in
        inside.contains(point)
          && labels.allSatisfy { other, place, _ in
            (place.x - point.x).magnitude > (other.width + label.width) / 2 + 4
              || (place.y - point.y).magnitude > label.lineHeight
          }
      }
  }
}
